package dev.countersign.connector.sandbox;

import java.util.List;
import java.util.Optional;

/** What the calendar API reads and writes. Times are RFC 3339 with offset and an IANA zone beside it, or a date. */
final class CalendarJson {
    private CalendarJson() {}

    /** @param time with offset; exactly one of {@code time} and {@code date} is there */
    record Time(Optional<String> time, Optional<String> date, Optional<String> zone) {}

    record Party(String address, String name) {}

    /** @param response {@code needs-action}, {@code accepted}, {@code declined} or {@code tentative} */
    record Attendee(String address, String name, String response, boolean optional, boolean self) {}

    record Calendar(String id, String name, String zone, boolean main) {}

    record Calendars(List<Calendar> items) {}

    /**
     * @param end exclusive, for dates too
     * @param recurrence RFC 5545 RRULE lines; empty for a single event and for an occurrence
     * @param own whether the reader organizes it
     * @param series the id of the series, for an occurrence
     */
    record Event(
            String id,
            String etag,
            String calendar,
            String title,
            String description,
            String location,
            Time start,
            Time end,
            String status,
            boolean busy,
            Party organizer,
            boolean own,
            List<Attendee> attendees,
            List<String> recurrence,
            Optional<String> series,
            Optional<String> originalStart,
            String link,
            String meetingUrl,
            String created,
            String updated) {}

    record Events(List<Event> items, Optional<String> next) {}

    record Invitee(String address, Optional<String> name, Optional<Boolean> optional) {}

    /** A new event, or what shall change about one: what is absent stays. */
    record Change(
            Optional<String> id,
            Optional<String> title,
            Optional<String> description,
            Optional<String> location,
            Optional<Time> start,
            Optional<Time> end,
            Optional<Boolean> busy,
            Optional<List<Invitee>> attendees,
            Optional<List<String>> recurrence) {}

    record Response(String response, Optional<String> comment) {}

    record FreeBusyQuery(String from, String to, List<String> people) {}

    record Span(String from, String to) {}

    /** @param known false for somebody outside the organisation */
    record Busy(String address, boolean known, List<Span> busy) {}

    record FreeBusy(List<Busy> people) {}
}
