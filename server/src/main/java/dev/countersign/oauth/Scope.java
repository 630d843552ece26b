package dev.countersign.oauth;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A right that a client may hold.
 *
 * @param value as it stands in tokens, RFC 6749 section 3.3
 * @param words in which people are asked for it
 */
public record Scope(String value, String words) {
    public static final Scope CALENDAR_READ = new Scope("calendar:read", "See your calendars and events");
    public static final Scope CALENDAR_WRITE =
            new Scope("calendar:write", "Change your calendars and answer invitations");
    public static final Scope MAIL_READ = new Scope("mail:read", "Read your mail");
    public static final Scope MAIL_WRITE = new Scope("mail:write", "Write drafts and move mail");
    public static final Scope MAIL_SEND = new Scope("mail:send", "Send mail as you, after you approve it");
    public static final Scope CONTACTS_READ = new Scope("contacts:read", "See your contacts");
    public static final Scope FILES_READ = new Scope("files:read", "See your files");
    public static final Scope SEARCH = new Scope("search", "Search your mail, events and shared documents");
    public static final Scope GITHUB_READ = new Scope("github:read", "See your repositories, issues and pull requests");
    public static final Scope GITHUB_WRITE = new Scope("github:write", "Change issues and pull requests");

    /** Those that no connector declares, in the order in which they are always named. */
    static final List<Scope> OWN = List.of(
            CALENDAR_READ,
            CALENDAR_WRITE,
            MAIL_READ,
            MAIL_WRITE,
            MAIL_SEND,
            CONTACTS_READ,
            FILES_READ,
            SEARCH,
            GITHUB_READ,
            GITHUB_WRITE);

    /** Values in the order in which they are always named: our own, then those of connectors by the alphabet. */
    public static final Comparator<String> ORDER =
            Comparator.comparingInt(Scope::place).thenComparing(Comparator.naturalOrder());

    private static int place(String value) {
        for (int i = 0; i < OWN.size(); i++) {
            if (OWN.get(i).value.equals(value)) {
                return i;
            }
        }
        return OWN.size();
    }

    /** Whether it is one of ours, which no connector may declare. */
    public static boolean isOwn(String value) {
        return place(value) < OWN.size();
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

    /** Whether those that are held, with what they imply, are all that is needed. */
    public static boolean covers(Set<String> held, Collection<String> needed) {
        return held.containsAll(needed) || implied(held).containsAll(needed);
    }
}
