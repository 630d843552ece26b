package dev.countersign.connector.microsoft;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Graph's event as ours. */
final class EventReading {
    private final Owner owner;

    /** @param owner asked for an event that another organizes */
    EventReading(Owner owner) {
        this.owner = owner;
    }

    Event event(CalendarJson.Event json, String calendarId) {
        return new Event(
                json.id(),
                calendarId,
                json.seriesMasterId(),
                json.subject().orElse(""),
                when(json),
                json.location().flatMap(CalendarJson.Location::displayName).orElse(""),
                description(json),
                status(json),
                organizer(json),
                own(json),
                attendees(json),
                json.recurrence().map(RecurrenceRule::lines).orElse(List.of()),
                busy(json.showAs()),
                json.webLink(),
                json.version());
    }

    static boolean cancelled(CalendarJson.Event json) {
        return json.isCancelled().orElse(false);
    }

    static boolean own(CalendarJson.Event json) {
        return json.isOrganizer().orElse(true);
    }

    /** {@code free} and {@code workingElsewhere} leave the time to others. */
    static boolean busy(Optional<String> status) {
        return switch (status.orElse("busy")) {
            case "free", "workingElsewhere" -> false;
            default -> true;
        };
    }

    /** An invitation that nobody answered shows as tentative, too: that says nothing of the event. */
    private static Event.Status status(CalendarJson.Event json) {
        if (cancelled(json)) {
            return Event.Status.CANCELLED;
        }
        return own(json) && json.showAs().equals(Optional.of("tentative"))
                ? Event.Status.TENTATIVE
                : Event.Status.CONFIRMED;
    }

    private static Optional<Mailbox> organizer(CalendarJson.Event json) {
        return json.organizer()
                .filter(person -> !json.attendees().isEmpty() || !own(json))
                .flatMap(CalendarJson.Recipient::emailAddress)
                .flatMap(EventReading::mailbox);
    }

    private static Optional<Mailbox> mailbox(CalendarJson.Address address) {
        return Absent.filled(address.address()).map(one -> new Mailbox(one, Absent.filled(address.name())));
    }

    private List<Attendee> attendees(CalendarJson.Event json) {
        return json.attendees().stream()
                .flatMap(one -> one.emailAddress().flatMap(EventReading::mailbox).stream()
                        .map(box -> attendee(json, one, box)))
                .toList();
    }

    /** Of the account itself only {@code responseStatus} is kept up to date. */
    private Attendee attendee(CalendarJson.Event json, CalendarJson.Attendee one, Mailbox box) {
        var self = !own(json) && owner.is(box.address());
        return new Attendee(
                box.address(),
                box.name(),
                answer(self ? json.responseStatus() : one.status()),
                one.type().equals(Optional.of("optional")),
                self);
    }

    static Attendee.Answer answer(Optional<CalendarJson.Response> response) {
        return switch (response.flatMap(CalendarJson.Response::response).orElse("none")) {
            case "accepted", "organizer" -> Attendee.Answer.ACCEPTED;
            case "tentativelyAccepted" -> Attendee.Answer.TENTATIVE;
            case "declined" -> Attendee.Answer.DECLINED;
            default -> Attendee.Answer.NONE;
        };
    }

    /** Plain text, with the address of the video call below where it does not name it. */
    private static String description(CalendarJson.Event json) {
        var text = json.body().map(EventReading::text).orElse("");
        return json.onlineMeeting()
                .flatMap(CalendarJson.OnlineMeeting::joinUrl)
                .filter(address -> !text.contains(address))
                .map(address -> (text.isBlank() ? "" : text + "\n\n") + "Video call: " + address)
                .orElse(text);
    }

    static String text(CalendarJson.Body body) {
        var content = body.content().orElse("");
        var text = body.contentType().equalsIgnoreCase("html") ? HtmlText.of(content) : content;
        return text.replace("\r\n", "\n").stripTrailing();
    }

    static When when(CalendarJson.Event json) {
        var start = json.start().orElseThrow(EventReading::timeless);
        var end = json.end().orElse(start);
        var zone = json.originalStartTimeZone().flatMap(Zones::zone).orElse(ZoneId.of(Zones.UTC));
        return json.isAllDay().orElse(false) ? days(start, end, zone) : timed(start, end, zone);
    }

    private static When timed(CalendarJson.Time start, CalendarJson.Time end, ZoneId zone) {
        var from = at(start, zone);
        var until = at(end, zone);
        return new When.Timed(from, until.isBefore(from) ? from : until, zone);
    }

    static OffsetDateTime at(CalendarJson.Time time, ZoneId zone) {
        return local(time)
                .atZone(time.timeZone().flatMap(Zones::zone).orElse(ZoneId.of(Zones.UTC)))
                .withZoneSameInstant(zone)
                .toOffsetDateTime();
    }

    private static LocalDateTime local(CalendarJson.Time time) {
        try {
            return LocalDateTime.parse(time.dateTime());
        } catch (DateTimeException e) {
            throw timeless();
        }
    }

    private static When days(CalendarJson.Time start, CalendarJson.Time end, ZoneId zone) {
        var from = day(start, zone);
        var until = day(end, zone);
        return new When.AllDay(from, from.isBefore(until) ? until : from.plusDays(1));
    }

    /** Whole days begin at midnight of whatever zone they are given in, or else at midnight of their own. */
    private static LocalDate day(CalendarJson.Time time, ZoneId zone) {
        var given = local(time);
        return given.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? given.toLocalDate()
                : at(time, zone).toLocalDate();
    }

    private static UpstreamException timeless() {
        return new UpstreamException(Kind.BROKEN, "Microsoft gave an event without a time. Open it in Outlook.");
    }
}
