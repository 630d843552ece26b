package dev.countersign.oauth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The scopes of Countersign, each in the words in which people are asked for it. */
public enum Scope {
    CALENDAR_READ("calendar:read", "See your calendars and events"),
    CALENDAR_WRITE("calendar:write", "Change your calendars and answer invitations"),
    MAIL_READ("mail:read", "Read your mail"),
    MAIL_WRITE("mail:write", "Write drafts and move mail"),
    MAIL_SEND("mail:send", "Send mail as you, after you approve it"),
    CONTACTS_READ("contacts:read", "See your contacts"),
    FILES_READ("files:read", "See your files"),
    SEARCH("search", "Search your mail, events and shared documents"),
    GITHUB_READ("github:read", "See your repositories, issues and pull requests"),
    GITHUB_WRITE("github:write", "Change issues and pull requests");

    private final String value;
    private final String words;

    Scope(String value, String words) {
        this.value = value;
        this.words = words;
    }

    public String value() {
        return value;
    }

    public String words() {
        return words;
    }

    public static Optional<Scope> of(String value) {
        return Arrays.stream(values())
                .filter(scope -> scope.value.equals(value))
                .findFirst();
    }

    public static List<String> all() {
        return Arrays.stream(values()).map(Scope::value).toList();
    }

    /** What holding these allows: write implies read within a product; {@code mail:send} implies nothing. */
    public static Set<String> implied(Set<String> held) {
        var all = new LinkedHashSet<>(held);
        for (var scope : held) {
            if (scope.endsWith(":write")) {
                all.add(scope.replace(":write", ":read"));
            }
        }
        return Set.copyOf(all);
    }
}
