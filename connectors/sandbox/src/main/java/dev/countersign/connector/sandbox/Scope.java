package dev.countersign.connector.sandbox;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client may be allowed. */
enum Scope {
    PROFILE("profile", "See your name and mail address"),
    CALENDAR_READ("calendar.read", "See your calendars and when colleagues are busy"),
    CALENDAR_WRITE("calendar.write", "Make, change and delete events, and answer invitations"),
    MAIL_READ("mail.read", "Read your mail and its attachments"),
    MAIL_WRITE("mail.write", "Write drafts, move mail and put it in the trash"),
    MAIL_SEND("mail.send", "Send mail as you"),
    CONTACTS_READ("contacts.read", "See your contacts and the people of your organisation"),
    FILES_READ("files.read", "Read your files and those shared with you");

    private final String word;
    private final String sentence;

    Scope(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    String word() {
        return word;
    }

    /** What the consent page says. */
    String sentence() {
        return sentence;
    }

    boolean changesSomething() {
        return this == CALENDAR_WRITE || this == MAIL_WRITE || this == MAIL_SEND;
    }

    static Scope named(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        400, "invalid_scope", "A scope is unknown. Use some of " + join(Set.of(values())) + "."));
    }

    /** Reads a space-separated list. RFC 6749 section 3.3. */
    static Set<Scope> parse(String list) {
        var found = EnumSet.noneOf(Scope.class);
        for (var word : list.split(" ")) {
            if (!word.isEmpty()) {
                found.add(named(word));
            }
        }
        return found;
    }

    static String join(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
    }
}
