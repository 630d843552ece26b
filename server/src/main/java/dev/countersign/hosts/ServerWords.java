package dev.countersign.hosts;

/** What the servers of an account are called where people read of them. */
public final class ServerWords {
    private ServerWords() {}

    /** @param name as connectors have it, e.g. {@code caldav} */
    public static String of(String name) {
        return switch (name) {
            case "caldav" -> "calendar server";
            case "carddav" -> "contacts server";
            case "imap" -> "mail server";
            case "smtp" -> "server for sending mail";
            default -> name + " server";
        };
    }
}
