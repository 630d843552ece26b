package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/** Somebody whom the person knows. */
public record Contact(
        String id, String name, List<String> addresses, List<String> phones, Optional<String> organization) {
    public Contact {
        addresses = List.copyOf(addresses);
        phones = List.copyOf(phones);
    }
}
