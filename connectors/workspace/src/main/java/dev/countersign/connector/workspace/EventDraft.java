package dev.countersign.connector.workspace;

import java.util.List;

/**
 * An event to be.
 *
 * @param attendees without the linked account itself
 * @param recurrence RFC 5545 lines, e.g. {@code RRULE:FREQ=WEEKLY;COUNT=4}; empty for an event that happens once
 */
public record EventDraft(
        String title,
        When when,
        String location,
        String description,
        List<Attendee> attendees,
        List<String> recurrence,
        boolean busy) {
    public EventDraft {
        attendees = List.copyOf(attendees);
        recurrence = List.copyOf(recurrence);
    }
}
