package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import dev.countersign.client.LegacyClient;
import dev.countersign.client.ModernClient;
import dev.countersign.client.OAuthLogin;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Two clients, one of each revision, get in. */
final class SignInChapter {
    private static final Set<String> SOME_TOOLS =
            Set.of("calendar_list_events", "mail_send", "mail_search", "search", "fetch", "accounts_list");

    private final Scene scene;
    private final Kept<OAuthLogin> login = new Kept<>();
    private final Kept<List<String>> tools = new Kept<>();
    private final Kept<LegacyClient> legacy;

    /** @param legacy where the client of 2025-11-25 is left for later chapters */
    SignInChapter(Scene scene, Kept<LegacyClient> legacy) {
        this.scene = scene;
        this.legacy = legacy;
    }

    Chapter chapter() {
        return new Chapter(
                "Two clients sign in",
                List.of(
                        new Step(
                                "A client with the address alone is refused, finds the sign-in and registers",
                                this::discover),
                        new Step("Alice signs in, reads what the client asks for, and allows it", this::allow),
                        new Step("The client asks in MCP 2026-07-28 what the server is and has", this::list),
                        new Step("The official Java client does the same in MCP 2025-11-25", this::listInOldRevision)));
    }

    private String discover() {
        var found = login.put(scene.register("Tour client"));
        Unmet.unless(
                found.challengedScopes().contains("calendar:read")
                        && !found.challengedScopes().contains("mail:send"),
                "to be told to begin with reading",
                found.challengedScopes().toString());
        return "it may ask for " + String.join(" ", found.challengedScopes());
    }

    private String allow() {
        var attached = scene.attach(scene.alice(), login.get(), login.get().challengedScopes());
        scene.keepAssistant(attached);
        var scopes = new TreeSet<>(attached.tokens().scopes());
        var asked = new TreeSet<>(login.get().challengedScopes());
        Unmet.unless(scopes.equals(asked), "tokens for " + asked, scopes.toString());
        return "it has tokens for " + String.join(" ", scopes);
    }

    private String list() {
        var client = scene.assistant().client();
        var versions = texts(client.discover().result().path("supportedVersions"));
        Unmet.unless(versions.contains(ModernClient.VERSION), "revision " + ModernClient.VERSION, versions.toString());
        var listed = tools.put(client.listTools()
                .result()
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString(""))
                .toList());
        Unmet.unless(listed.containsAll(SOME_TOOLS), "tools, among them " + SOME_TOOLS, listed.toString());
        return listed.size() + " tools";
    }

    private String listInOldRevision() {
        var registered = scene.register("Java SDK client");
        var tokens = scene.alice().authorize(registered, List.of("calendar:read", "mail:send"));
        var client = legacy.put(LegacyClient.takingPages(scene.mcp(), tokens.accessToken()));
        scene.atTheEnd(client::close);
        var listed = client.listTools();
        Unmet.unless(listed.equals(tools.get()), "the same tools as in 2026-07-28", listed.toString());
        return "the same " + listed.size() + " tools";
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(each -> each.asString("")).toList();
    }
}
