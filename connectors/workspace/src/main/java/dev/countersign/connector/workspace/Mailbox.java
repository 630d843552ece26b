package dev.countersign.connector.workspace;

import java.util.Optional;

/** A mail address and the name that stands beside it. RFC 5322 section 3.4. */
public record Mailbox(String address, Optional<String> name) {
    public static Mailbox of(String address) {
        return new Mailbox(address, Optional.empty());
    }

    /** For people: {@code Name <address>}, or the address alone. */
    public String shown() {
        return name.filter(given -> !given.isBlank())
                .map(given -> given + " <" + address + ">")
                .orElse(address);
    }
}
