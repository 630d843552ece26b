package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;

/**
 * One stored event: a single one, or a series with the instances that differ from it. RFC 4791 section 4.1.
 *
 * @param name of the resource in its calendar
 * @param etag absent of one that is not stored yet
 */
record CalendarObject(String name, Optional<String> etag, Calendar calendar) {
    static Calendar parse(String text) {
        try {
            return new CalendarBuilder().build(new StringReader(text));
        } catch (IOException | ParserException | RuntimeException e) {
            throw new UpstreamException(
                    Kind.BROKEN,
                    "The calendar holds an event that cannot be read. Open it in the calendar program.",
                    Optional.empty(),
                    Optional.of(e));
        }
    }

    List<VEvent> events() {
        return calendar.getComponents("VEVENT");
    }

    /** The event itself; absent where only single instances of another's series were shared. */
    Optional<VEvent> master() {
        return events().stream()
                .filter(event -> event.getProperty("RECURRENCE-ID").isEmpty())
                .findFirst();
    }

    List<VEvent> overrides() {
        return events().stream()
                .filter(event -> event.getProperty("RECURRENCE-ID").isPresent())
                .toList();
    }

    boolean recurs() {
        return master().filter(event -> event.getProperty("RRULE").isPresent()
                        || event.getProperty("RDATE").isPresent())
                .isPresent();
    }
}
