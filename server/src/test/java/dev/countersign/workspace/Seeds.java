package dev.countersign.workspace;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.workspace.PlayedProvider.Letter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the people of the tests find in their accounts. */
final class Seeds {
    static final Letter PLAN = new Letter("Zinnia plan", "plan.txt", "Week one: measure the hall");

    private Seeds() {}

    static Outgoing letter(Letter letter, String to) {
        var file =
                new FileContent(letter.fileName(), "text/plain", letter.words().getBytes(StandardCharsets.UTF_8));
        return new Outgoing(
                List.of(Mailbox.of(to)),
                List.of(),
                List.of(),
                letter.subject(),
                "The plan is attached.",
                List.of(file),
                Optional.empty());
    }

    /** Sends the plan from another account, past the server. */
    static Letter send(Connector connector, Upstream sender, String to) {
        var service = connector.services().get(MailService.class);
        ((MailService) service.apply(sender)).send(letter(PLAN, to), "0seed0seed0seed0seed0seed0");
        return PLAN;
    }
}
