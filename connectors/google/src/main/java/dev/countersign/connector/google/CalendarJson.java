package dev.countersign.connector.google;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calendar v3 as far as it is used here. */
final class CalendarJson {
    private CalendarJson() {}

    record CalendarList(List<Entry> items, Optional<String> nextPageToken) {}

    record Entry(
            String id,
            Optional<String> summary,
            Optional<String> summaryOverride,
            Optional<String> timeZone,
            String accessRole,
            Optional<Boolean> primary) {}

    record Events(List<Event> items, Optional<String> timeZone, Optional<String> nextPageToken) {}

    record Event(
            String id,
            Optional<String> etag,
            Optional<String> status,
            Optional<String> htmlLink,
            Optional<String> summary,
            Optional<String> description,
            Optional<String> location,
            Optional<Person> organizer,
            Optional<Time> start,
            Optional<Time> end,
            List<String> recurrence,
            Optional<String> recurringEventId,
            Optional<String> transparency,
            List<Attendee> attendees,
            Optional<String> hangoutLink,
            Optional<Conference> conferenceData) {}

    record Person(Optional<String> email, Optional<String> displayName, Optional<Boolean> self) {}

    /** Empty values are written as null: a patch of whole days into times has to take the date away. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Time(Optional<String> date, Optional<String> dateTime, Optional<String> timeZone) {}

    /** All that may be written of an attendee, so that nothing is lost when the list is written back. */
    record Attendee(
            Optional<String> id,
            String email,
            Optional<String> displayName,
            Optional<Boolean> organizer,
            Optional<Boolean> self,
            Optional<Boolean> resource,
            Optional<Boolean> optional,
            Optional<String> responseStatus,
            Optional<String> comment,
            Optional<Integer> additionalGuests) {}

    record Conference(List<EntryPoint> entryPoints) {}

    record EntryPoint(Optional<String> entryPointType, Optional<String> uri) {}

    record NewEvent(
            String id,
            String summary,
            String description,
            String location,
            Time start,
            Time end,
            String transparency,
            List<Attendee> attendees,
            List<String> recurrence) {}

    record Change(
            Optional<String> summary,
            Optional<String> description,
            Optional<String> location,
            Optional<Time> start,
            Optional<Time> end,
            Optional<String> transparency,
            Optional<List<Attendee>> attendees) {}

    /** The answer of one attendee; {@code attendeesOmitted} leaves the others as they are. */
    record Response(boolean attendeesOmitted, List<Attendee> attendees) {}

    record FreeBusyQuery(String timeMin, String timeMax, List<Item> items) {}

    record Item(String id) {}

    record FreeBusy(Map<String, FreeBusyCalendar> calendars) {}

    record FreeBusyCalendar(List<Span> busy, List<Problem> errors) {}

    record Span(String start, String end) {}

    record Problem(Optional<String> reason) {}
}
