package dev.countersign.connector.google;

import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Our event as Google's. */
final class EventWriting {
    private static final int SECONDS_IN_HOUR = 3600;

    private EventWriting() {}

    static CalendarJson.NewEvent event(EventDraft draft, String id) {
        return new CalendarJson.NewEvent(
                id,
                draft.title(),
                draft.description(),
                draft.location(),
                start(draft.when()),
                end(draft.when()),
                transparency(draft.busy()),
                draft.attendees().stream().map(EventWriting::attendee).toList(),
                draft.recurrence());
    }

    /** @param there the attendees as Google has them; those who stay keep all that is said of them */
    static CalendarJson.Change change(EventChange change, List<CalendarJson.Attendee> there) {
        return new CalendarJson.Change(
                change.title(),
                change.description(),
                change.location(),
                change.when().map(EventWriting::start),
                change.when().map(EventWriting::end),
                change.busy().map(EventWriting::transparency),
                change.attendees()
                        .map(all -> all.stream()
                                .map(one -> same(there, one.address()).orElseGet(() -> attendee(one)))
                                .toList()));
    }

    private static Optional<CalendarJson.Attendee> same(List<CalendarJson.Attendee> there, String address) {
        return there.stream()
                .filter(one -> one.email().equalsIgnoreCase(address))
                .findFirst();
    }

    private static CalendarJson.Attendee attendee(Attendee one) {
        return new CalendarJson.Attendee(
                Optional.empty(),
                one.address(),
                one.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                one.optional() ? Optional.of(true) : Optional.empty(),
                one.answer() == Attendee.Answer.NONE ? Optional.empty() : Optional.of(response(one.answer())),
                Optional.empty(),
                Optional.empty());
    }

    /** The attendee with another answer. */
    static CalendarJson.Attendee answering(CalendarJson.Attendee one, String response, Optional<String> comment) {
        return new CalendarJson.Attendee(
                one.id(),
                one.email(),
                one.displayName(),
                one.organizer(),
                one.self(),
                one.resource(),
                one.optional(),
                Optional.of(response),
                comment.or(one::comment),
                one.additionalGuests());
    }

    static String response(Attendee.Answer answer) {
        return switch (answer) {
            case NONE -> "needsAction";
            case ACCEPTED -> "accepted";
            case TENTATIVE -> "tentative";
            case DECLINED -> "declined";
        };
    }

    private static String transparency(boolean busy) {
        return busy ? "opaque" : "transparent";
    }

    private static CalendarJson.Time start(When when) {
        return switch (when) {
            case When.AllDay days -> date(days.from());
            case When.Timed timed -> time(timed.start(), timed.zone());
        };
    }

    private static CalendarJson.Time end(When when) {
        return switch (when) {
            case When.AllDay days -> date(days.until());
            case When.Timed timed -> time(timed.end(), timed.zone());
        };
    }

    private static CalendarJson.Time date(LocalDate date) {
        return new CalendarJson.Time(Optional.of(date.toString()), Optional.empty(), Optional.empty());
    }

    private static CalendarJson.Time time(OffsetDateTime at, ZoneId zone) {
        return new CalendarJson.Time(
                Optional.empty(), Optional.of(at.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)), name(zone));
    }

    /** Google takes names of the IANA database only; of a bare offset only whole hours have one. */
    private static Optional<String> name(ZoneId zone) {
        if (!(zone.normalized() instanceof ZoneOffset offset) || zone.getId().contains("/")) {
            return Optional.of(zone.getId());
        }
        var seconds = offset.getTotalSeconds();
        if (seconds == 0) {
            return Optional.of("UTC");
        }
        // the sign of these names is the other way round
        return seconds % SECONDS_IN_HOUR == 0
                ? Optional.of("Etc/GMT%+d".formatted(-seconds / SECONDS_IN_HOUR))
                : Optional.empty();
    }
}
