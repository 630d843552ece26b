package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import dev.countersign.client.LegacyClient;
import dev.countersign.client.LegacyClient.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The same in 2025-11-25, in both of its ways to ask. */
final class LegacyMailChapter {
    private static final String TOOL = "mail_send";
    private static final String APPROVED = "Slides for the board";
    private static final String DECLINED = "A joke for everybody";

    /** A form names the page without a scheme, so that no client makes a link of it. */
    private static final Pattern PAGE = Pattern.compile("/approvals/[A-Za-z0-9_-]+");

    private final Scene scene;
    private final Kept<LegacyClient> legacy;
    private final Kept<URI> page = new Kept<>();

    LegacyMailChapter(Scene scene, Kept<LegacyClient> legacy) {
        this.scene = scene;
        this.legacy = legacy;
    }

    Chapter chapter() {
        return new Chapter(
                "The same in MCP 2025-11-25",
                List.of(
                        new Step(
                                "The Java client wants to send a mail and gets the address of the page (-32042)",
                                this::ask),
                        new Step(
                                "Alice approves; the same call again gives the result, Bob has one mail",
                                this::approve),
                        new Step(
                                "A client that shows forms only asks her too; she declines, and nothing leaves",
                                this::decline)));
    }

    private Map<String, Object> mail(String subject) {
        return MailChapter.mail(scene.bob(), subject, "As promised.");
    }

    private String ask() {
        return switch (legacy.get().callTool(TOOL, mail(APPROVED))) {
            case Reply.PageRequired required -> page.put(required.page()).getPath();
            case Reply.Result result -> throw new Unmet("error -32042 with the address of a page", result.text());
        };
    }

    private String approve() {
        scene.alice().press(scene.alice().open(page.get()), "Approve");
        return switch (legacy.get().callTool(TOOL, mail(APPROVED))) {
            case Reply.Result result -> {
                Unmet.unless(!result.isError(), "the mail is sent", result.text());
                long arrived = scene.bob().received(APPROVED);
                Unmet.unless(arrived == 1, "one mail in Bob's mailbox", arrived + " mails");
                yield "";
            }
            case Reply.PageRequired again -> throw new Unmet("the mail is sent", "the page again: " + again.message());
        };
    }

    private String decline() {
        var tokens = scene.alice().authorize(scene.register("Java SDK client with forms"), List.of("mail:send"));
        try (var client = LegacyClient.takingForms(scene.mcp(), tokens.accessToken(), this::declineAsTold)) {
            return switch (client.callTool(TOOL, mail(DECLINED))) {
                case Reply.Result result -> {
                    Unmet.unless(result.isError(), "to be told that she declined", result.text());
                    long left = scene.alice().sent(DECLINED) + scene.bob().received(DECLINED);
                    Unmet.unless(left == 0, "no mail after she declined", left + " copies");
                    yield result.text().lines().findFirst().orElse("");
                }
                case Reply.PageRequired required ->
                    throw new Unmet("a form that names the page", "the address " + required.page());
            };
        }
    }

    private void declineAsTold(String message) {
        var named = PAGE.matcher(message);
        Unmet.unless(named.find(), "a form that names the page", message);
        scene.alice().press(scene.alice().open(named.group()), "Decline");
    }
}
