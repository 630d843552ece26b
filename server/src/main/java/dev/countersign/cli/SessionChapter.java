package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import dev.countersign.client.ClientException;
import dev.countersign.client.OAuthLogin;
import java.util.List;
import java.util.Map;

/** A stolen refresh token ends one session; the record of everything holds. */
final class SessionChapter {
    private static final String CLIENT = "Copied client";

    private final Scene scene;
    private final Kept<OAuthLogin> login = new Kept<>();
    private final Kept<Assistant> copied = new Kept<>();
    private final Kept<OAuthLogin.Tokens> newest = new Kept<>();

    SessionChapter(Scene scene) {
        this.scene = scene;
    }

    Chapter chapter() {
        return new Chapter(
                "A refresh token is stolen",
                List.of(
                        new Step("Alice attaches another client, which refreshes its tokens twice", this::refresh),
                        new Step("Somebody uses its first refresh token again: that session ends", this::replay),
                        new Step("Alice's other clients go on", this::others),
                        new Step("Her page on security says why", this::reason),
                        new Step("The record of all this is unbroken", this::audit)));
    }

    private String refresh() {
        login.put(scene.register(CLIENT));
        copied.put(scene.attach(scene.alice(), login.get(), List.of("calendar:read")));
        var first = copied.get().tokens().refreshToken();
        Unmet.unless(!first.isEmpty(), "a refresh token", "none");
        var second = login.get().refresh(first);
        newest.put(login.get().refresh(second.refreshToken()));
        return "";
    }

    private String replay() {
        refused(copied.get().tokens().refreshToken());
        refused(newest.get().refreshToken());
        int status = copied.get().call("calendar_list_events", Map.of()).status();
        Unmet.unless(status == 401, "401 for its access token too", "status " + status);
        return "no token of it is taken any more";
    }

    private void refused(String refreshToken) {
        OAuthLogin.Tokens given;
        try {
            given = login.get().refresh(refreshToken);
        } catch (ClientException e) {
            Unmet.unless(
                    String.valueOf(e.getMessage()).contains("invalid_grant"),
                    "the answer invalid_grant",
                    String.valueOf(e.getMessage()));
            return;
        }
        throw new Unmet("the answer invalid_grant", "new tokens for " + given.scopes());
    }

    private String others() {
        scene.assistant().read("calendar_list_events", Map.of());
        return "";
    }

    private String reason() {
        var noticed = scene.alice()
                .open("/security")
                .document()
                .select(".signals li strong")
                .eachText();
        return noticed.stream()
                .filter(words -> words.contains("refresh token of " + CLIENT))
                .findFirst()
                .orElseThrow(() -> new Unmet("a word about the refresh token of " + CLIENT, noticed.toString()));
    }

    private String audit() {
        var told = scene.stage().verifyAudit();
        Unmet.unless(told.matches("\\d+\\b.*"), "every link of the audit chain to hold", told);
        return told;
    }
}
