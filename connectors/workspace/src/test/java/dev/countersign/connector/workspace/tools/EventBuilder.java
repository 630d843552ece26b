package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Events of tests. */
final class EventBuilder {
    private final String id;
    private final When when;
    private Optional<String> series = Optional.empty();
    private List<String> recurrence = List.of();
    private List<Attendee> attendees = List.of();
    private String organizer = "alice@work.example";
    private boolean own = true;

    private EventBuilder(String id, When when) {
        this.id = id;
        this.when = when;
    }

    static EventBuilder timed(String id, String start, String end, String zone) {
        return new EventBuilder(id, when(start, end, zone));
    }

    static When.Timed when(String start, String end, String zone) {
        var place = ZoneId.of(zone);
        return new When.Timed(
                LocalDateTime.parse(start).atZone(place).toOffsetDateTime(),
                LocalDateTime.parse(end).atZone(place).toOffsetDateTime(),
                place);
    }

    static EventBuilder days(String id, String from, String until) {
        return new EventBuilder(id, new When.AllDay(LocalDate.parse(from), LocalDate.parse(until)));
    }

    EventBuilder instanceOf(String seriesId) {
        series = Optional.of(seriesId);
        return this;
    }

    EventBuilder repeating(String rule) {
        recurrence = List.of(rule);
        return this;
    }

    EventBuilder inviting(String... addresses) {
        attendees = List.of(addresses).stream().map(Attendee::invited).toList();
        return this;
    }

    EventBuilder organizedBy(String address) {
        organizer = address;
        own = false;
        return this;
    }

    Event build() {
        return new Event(
                id,
                "main",
                series,
                "Title of " + id,
                when,
                "Room 4",
                "Details",
                Event.Status.CONFIRMED,
                Optional.of(Mailbox.of(organizer)),
                own,
                attendees,
                recurrence,
                true,
                Optional.empty(),
                Optional.of("1"));
    }
}
