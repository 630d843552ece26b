package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * One event, one instance of a recurring event, or the series itself.
 *
 * @param id takes one to it again, together with {@code calendarId}; an instance has an id of its own
 * @param seriesId for an instance: the id of its series, which is an event id too
 * @param description plain text; empty when there is none
 * @param organizer who called it; empty for an event that has no other people in it
 * @param own whether the linked account organizes it, so that changes reach every attendee
 * @param recurrence of a series: its {@code RRULE}, {@code EXDATE} … lines, RFC 5545 section 3.8.5; of all else: empty
 * @param busy whether it counts as busy time
 * @param url where the person can open it
 * @param version ETag or change key; it differs after every change
 */
public record Event(
        String id,
        String calendarId,
        Optional<String> seriesId,
        String title,
        When when,
        String location,
        String description,
        Status status,
        Optional<Mailbox> organizer,
        boolean own,
        List<Attendee> attendees,
        List<String> recurrence,
        boolean busy,
        Optional<String> url,
        Optional<String> version) {

    /** RFC 5545 section 3.8.1.11. */
    public enum Status {
        CONFIRMED,
        TENTATIVE,
        CANCELLED
    }

    public Event {
        attendees = List.copyOf(attendees);
        recurrence = List.copyOf(recurrence);
    }
}
