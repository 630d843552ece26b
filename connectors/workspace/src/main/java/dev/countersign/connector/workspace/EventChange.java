package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * What shall be different about an event; what is empty stays.
 *
 * @param attendees all who shall be invited from now on, with the answers they gave
 */
public record EventChange(
        Optional<String> title,
        Optional<When> when,
        Optional<String> location,
        Optional<String> description,
        Optional<List<Attendee>> attendees,
        Optional<Boolean> busy) {
    public EventChange {
        attendees = attendees.map(List::copyOf);
    }
}
