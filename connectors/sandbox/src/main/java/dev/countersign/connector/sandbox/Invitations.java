package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Tells guests and organizers by mail what became of an event. It reaches people of the organisation only. */
final class Invitations {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.UK);

    private final MailBook mail;

    Invitations(MailBook mail) {
        this.mail = mail;
    }

    /** @param what e.g. {@code Invitation} */
    void send(Person organizer, Entry entry, String what) {
        var others = entry.guests().stream()
                .map(Entry.Guest::address)
                .filter(address -> !address.equals(organizer.address()))
                .toList();
        mail.notice(
                organizer,
                others,
                what + ": " + entry.title(),
                what + " from " + organizer.name() + "\n\n" + facts(entry));
    }

    void answer(Person guest, Entry entry, String response, String comment) {
        var text = guest.name() + " has answered: " + response + (comment.isBlank() ? "" : "\n\n" + comment) + "\n\n"
                + facts(entry);
        mail.notice(guest, List.of(entry.organizer()), capital(response) + ": " + entry.title(), text);
    }

    private static String facts(Entry entry) {
        var when = entry.starts().format(DAY)
                + (entry.allDay()
                        ? ""
                        : ", " + entry.starts().toLocalTime() + " to "
                                + entry.ends().toLocalTime() + " (" + entry.zone() + ")");
        return entry.title() + "\n" + when + (entry.location().isEmpty() ? "" : "\n" + entry.location());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
