package dev.countersign.connector.sandbox;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A family of requests that a fault can be told for. */
enum Operation {
    CALENDAR_READ("calendar-read"),
    CALENDAR_WRITE("calendar-write"),
    MAIL_READ("mail-read"),
    MAIL_WRITE("mail-write"),
    MAIL_SEND("mail-send"),
    CONTACTS_READ("contacts-read"),
    FILES_READ("files-read"),
    TOKEN("token"),
    REVOKE("revoke"),
    USERINFO("userinfo");

    /** The name that stands for all of them. */
    static final String ALL = "all";

    private final String word;

    Operation(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** The operation of that name, or empty for {@code all}. Fails with {@link IllegalArgumentException}. */
    static Optional<Operation> named(String word) {
        if (word.equals(ALL)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(operation -> operation.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("sandbox operation '" + word + "' is unknown; use one of "
                                + Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", ")) + ", "
                                + ALL)));
    }
}
