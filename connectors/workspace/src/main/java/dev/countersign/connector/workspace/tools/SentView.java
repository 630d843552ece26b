package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Doc;
import dev.countersign.connector.workspace.Sent;
import java.util.List;
import java.util.Optional;

/** A message that left. */
public record SentView(
        String account,
        @Doc("id of the copy among the sent mail") Optional<String> id,
        Optional<String> threadId,
        @Doc("Message-ID header") String messageId,
        @Doc("recipients that were not taken") List<String> refused) {
    static SentView of(Sent sent, Account account) {
        return new SentView(account.id(), sent.id(), sent.threadId(), sent.messageId(), sent.refused());
    }

    String text() {
        return "Sent"
                + id.map(copy -> " [id " + copy + ", account " + account + "]").orElse("") + "."
                + (refused.isEmpty() ? "" : " Not taken: " + String.join(", ", refused) + ".");
    }
}
