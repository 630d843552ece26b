package dev.countersign.connector.google;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Google's event as ours. */
final class EventReading {
    private EventReading() {}

    /** @param zone of the calendar, for an event that names none */
    static Event event(CalendarJson.Event json, String calendarId, Optional<String> zone) {
        return new Event(
                json.id(),
                calendarId,
                json.recurringEventId(),
                json.summary().orElse(""),
                when(json, zone),
                json.location().orElse(""),
                description(json),
                status(json),
                organizer(json),
                own(json),
                json.attendees().stream().map(EventReading::attendee).toList(),
                json.recurrence(),
                !json.transparency().equals(Optional.of("transparent")),
                json.htmlLink(),
                json.etag());
    }

    static boolean cancelled(CalendarJson.Event json) {
        return json.status().equals(Optional.of("cancelled"));
    }

    private static Event.Status status(CalendarJson.Event json) {
        return switch (json.status().orElse("confirmed")) {
            case "tentative" -> Event.Status.TENTATIVE;
            case "cancelled" -> Event.Status.CANCELLED;
            default -> Event.Status.CONFIRMED;
        };
    }

    private static boolean own(CalendarJson.Event json) {
        return json.organizer()
                .flatMap(CalendarJson.Person::self)
                .orElse(json.organizer().isEmpty());
    }

    private static Optional<Mailbox> organizer(CalendarJson.Event json) {
        return json.organizer()
                .filter(person -> !json.attendees().isEmpty() || !own(json))
                .flatMap(person -> person.email().map(address -> new Mailbox(address, person.displayName())));
    }

    private static Attendee attendee(CalendarJson.Attendee json) {
        return new Attendee(
                json.email(),
                json.displayName(),
                answer(json.responseStatus().orElse("")),
                json.optional().orElse(false),
                json.self().orElse(false));
    }

    private static Attendee.Answer answer(String word) {
        return switch (word) {
            case "accepted" -> Attendee.Answer.ACCEPTED;
            case "tentative" -> Attendee.Answer.TENTATIVE;
            case "declined" -> Attendee.Answer.DECLINED;
            default -> Attendee.Answer.NONE;
        };
    }

    /** Plain text, whatever it was written in, with the address of the video call below. */
    private static String description(CalendarJson.Event json) {
        var text = HtmlText.ifMarkup(json.description().orElse(""));
        var link = json.hangoutLink().or(() -> video(json)).filter(address -> !text.contains(address));
        return link.map(address -> (text.isBlank() ? "" : text.stripTrailing() + "\n\n") + "Video call: " + address)
                .orElse(text);
    }

    private static Optional<String> video(CalendarJson.Event json) {
        return json.conferenceData().map(CalendarJson.Conference::entryPoints).orElse(List.of()).stream()
                .filter(entry -> entry.entryPointType().equals(Optional.of("video")))
                .flatMap(entry -> entry.uri().stream())
                .findFirst();
    }

    private static When when(CalendarJson.Event json, Optional<String> zone) {
        var start = json.start().orElseThrow(EventReading::timeless);
        var end = json.end().orElse(start);
        try {
            if (start.date().isPresent()) {
                return days(LocalDate.parse(start.date().get()), end.date().map(LocalDate::parse));
            }
            var from = OffsetDateTime.parse(start.dateTime().orElseThrow(EventReading::timeless));
            var until = end.dateTime().map(OffsetDateTime::parse).orElse(from);
            return new When.Timed(
                    from,
                    until.isBefore(from) ? from : until,
                    zone(start.timeZone().or(() -> zone), from));
        } catch (DateTimeException e) {
            throw timeless();
        }
    }

    private static When days(LocalDate from, Optional<LocalDate> until) {
        return new When.AllDay(from, until.filter(from::isBefore).orElse(from.plusDays(1)));
    }

    private static ZoneId zone(Optional<String> name, OffsetDateTime at) {
        return name.flatMap(EventReading::zone).orElse(at.getOffset());
    }

    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static UpstreamException timeless() {
        return new UpstreamException(Kind.BROKEN, "Google gave an event without a time. Open it in Google Calendar.");
    }
}
