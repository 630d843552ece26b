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
 * @param scheduleTag where the host schedules it: it stays when only the answers of attendees change, RFC 6638 section 3.2.10
 */
record CalendarObject(String name, Optional<String> etag, Optional<String> scheduleTag, Calendar calendar) {
    private static final String SCHEDULED = "schedule-tag ";

    /** Not stored yet. */
    static CalendarObject unstored(Calendar calendar) {
        return new CalendarObject("", Optional.empty(), Optional.empty(), calendar);
    }

    /** Which state of it this is: an answer that comes in meanwhile makes no other. */
    Optional<String> version() {
        return scheduleTag.map(tag -> SCHEDULED + tag).or(() -> etag);
    }

    /** The header that makes a change depend on a version. RFC 6638 section 8.3, RFC 9110 section 13.1.1. */
    static String condition(String version) {
        return version.startsWith(SCHEDULED) ? "If-Schedule-Tag-Match" : "If-Match";
    }

    /** Its value. */
    static String tag(String version) {
        return version.startsWith(SCHEDULED) ? version.substring(SCHEDULED.length()) : version;
    }

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
