package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.People.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The mail and the calendar of the signed-in person, to look at. Nothing can be changed here. */
final class MailboxPages {
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);
    private static final int SHOWN = 100;
    private static final Duration AHEAD = Duration.ofDays(14);

    private final AccountPages pages;
    private final MailBook mail;
    private final CalendarBook calendar;
    private final Clock clock;

    MailboxPages(AccountPages pages, MailBook mail, CalendarBook calendar, Clock clock) {
        this.pages = pages;
        this.mail = mail;
        this.calendar = calendar;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                pages.page("/", "Inbox", (person, request) -> folder(person, "Inbox", Letter.INBOX)),
                pages.page("/sent", "Sent", (person, request) -> folder(person, "Sent", Letter.SENT)),
                pages.page("/calendar", "Calendar", (person, request) -> calendar(person)),
                pages.page("/mail/{id}", "Message", this::message));
    }

    private Html folder(Person person, String title, String folder) {
        var filter = new MailFilter(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(folder),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var letters = mail.search(person, filter, Optional.empty(), SHOWN);
        if (letters.isEmpty()) {
            return Html.of("<h1>{}</h1><section class=\"card\"><p>Nothing here yet.</p></section>", title);
        }
        return Html.of(
                "<h1>{}</h1><ul class=\"list\">{}</ul>",
                title,
                letters.stream().map(letter -> line(person, letter)).toList());
    }

    private static Html line(Person person, Letter letter) {
        var other = letter.outgoing() ? "To " + names(letter.recipients().to()) : name(letter.from());
        return Html.of(
                """
                <li class="{}"><a href="/mail/{}"><span class="other">{}</span><time>{}</time>\
                <span class="subject">{}</span><span class="snippet">{}</span></a></li>
                """,
                letter.read() ? "read" : "unread",
                letter.id(),
                other,
                letter.at().atZone(person.zone()).format(DAY_AND_TIME),
                letter.subject(),
                letter.snippet());
    }

    private Html message(Person person, Incoming request) {
        var letter = mail.find(person, request.value("id")).orElseThrow(MailBook::unknown);
        return Html.of(
                """
                <article class="card">
                <h1>{}</h1>
                <dl><dt>From</dt><dd>{}</dd><dt>To</dt><dd>{}</dd>{}<dt>When</dt><dd>{}</dd></dl>
                <div class="text">{}</div>
                {}
                </article>
                """,
                letter.subject(),
                full(letter.from()),
                letter.recipients().to().stream().map(MailboxPages::full).collect(Collectors.joining(", ")),
                letter.recipients().cc().isEmpty()
                        ? Html.NONE
                        : Html.of(
                                "<dt>Cc</dt><dd>{}</dd>",
                                letter.recipients().cc().stream()
                                        .map(MailboxPages::full)
                                        .collect(Collectors.joining(", "))),
                letter.at().atZone(person.zone()).format(DAY_AND_TIME),
                letter.text(),
                letter.files().stream()
                        .map(file ->
                                Html.of("<p class=\"file\">{} <small>{} bytes</small></p>", file.name(), file.bytes()))
                        .toList());
    }

    private Html calendar(Person person) {
        var from = clock.instant()
                .atZone(person.zone())
                .toLocalDate()
                .atStartOfDay(person.zone())
                .toInstant();
        var days = calendar.between(person, from, from.plus(AHEAD)).stream()
                .collect(Collectors.groupingBy(
                        entry -> shownDay(entry, from, person), java.util.TreeMap::new, Collectors.toList()));
        return Html.of(
                "<h1>Calendar</h1>{}",
                days.entrySet().stream()
                        .map(day -> Html.of(
                                "<section class=\"day\"><h2>{}</h2><ul class=\"list\">{}</ul></section>",
                                day.getKey().format(DAY),
                                day.getValue().stream()
                                        .map(entry -> line(person, entry))
                                        .toList()))
                        .toList());
    }

    private static java.time.LocalDate shownDay(Entry entry, Instant from, Person person) {
        var start = entry.from().isBefore(from) ? from : entry.from();
        return start.atZone(person.zone()).toLocalDate();
    }

    private static Html line(Person person, Entry entry) {
        var when = entry.allDay()
                ? "all day"
                : entry.from().atZone(person.zone()).format(TIME) + " to "
                        + entry.until().atZone(person.zone()).format(TIME);
        return Html.of("""
            <li id="{}"><div class="entry"><time>{}</time><span class="subject">{}</span>\
            <span class="snippet">{}</span></div></li>
            """, entry.id(), when, entry.title(), entry.location());
    }

    private static String names(List<Party> parties) {
        return parties.stream().map(MailboxPages::name).collect(Collectors.joining(", "));
    }

    static String name(Party party) {
        return party.name().isEmpty() ? party.address() : party.name();
    }

    static String full(Party party) {
        return party.name().isEmpty() ? party.address() : party.name() + " <" + party.address() + ">";
    }
}
