package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;

/** The address that the account is signed in to with: whom its mail is from. */
final class Own {
    private Own() {}

    static String address(Upstream upstream) {
        return upstream.address()
                .orElseThrow(() -> new ToolException("This account's address is not known. Link the account again."));
    }
}
