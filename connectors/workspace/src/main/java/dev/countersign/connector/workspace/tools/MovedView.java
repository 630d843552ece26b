package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Doc;
import dev.countersign.connector.workspace.Message;
import java.util.List;

/** A message that lies elsewhere now. */
public record MovedView(
        String account,
        @Doc("its id from now on") String id,
        @Doc("folder ids") List<String> folders) {
    static MovedView of(Message message, Account account) {
        return new MovedView(account.id(), message.id(), message.folders());
    }

    String text() {
        return "Moved to %s [id %s, account %s].".formatted(String.join(", ", folders), id, account);
    }
}
