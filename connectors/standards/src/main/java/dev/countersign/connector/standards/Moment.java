package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.Optional;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.parameter.TzId;
import net.fortuna.ical4j.model.property.DateListProperty;
import net.fortuna.ical4j.model.property.DateProperty;

/**
 * A date or a time of a calendar, RFC 5545 sections 3.3.4 and 3.3.5.
 *
 * @param local on the clock there
 * @param wholeDay whether it is a date
 * @param zone of a date or of a time that names none: the calendar's
 */
record Moment(LocalDateTime local, boolean wholeDay, ZoneId zone) implements Comparable<Moment> {
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static Moment of(DateProperty<?> property, ZoneId floating) {
        try {
            return of(property.getDate(), property, floating);
        } catch (DateTimeException e) {
            throw timeless(e);
        }
    }

    static java.util.List<Moment> of(DateListProperty<?> property, ZoneId floating) {
        try {
            return property.getDates().stream()
                    .map(date -> of(date, property, floating))
                    .toList();
        } catch (DateTimeException e) {
            throw timeless(e);
        }
    }

    private static Moment of(Temporal value, Property property, ZoneId floating) {
        var zone = property.<TzId>getParameter("TZID").flatMap(tzid -> Zones.named(tzid.getValue()));
        return switch (value) {
            case LocalDate date -> new Moment(date.atStartOfDay(), true, floating);
            case Instant instant -> new Moment(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), false, ZoneOffset.UTC);
            case OffsetDateTime at -> new Moment(at.toLocalDateTime(), false, at.getOffset());
            case ZonedDateTime at -> new Moment(at.toLocalDateTime(), false, zone.orElse(at.getZone()));
            case LocalDateTime at -> new Moment(at, false, zone.orElse(floating));
            default -> throw new DateTimeException("no date: " + value);
        };
    }

    private static UpstreamException timeless(DateTimeException cause) {
        return new UpstreamException(
                Kind.BROKEN,
                "The calendar holds an event without a time that can be read. Open it in the calendar program.",
                Optional.empty(),
                Optional.of(cause));
    }

    static Moment at(OffsetDateTime at, ZoneId zone) {
        return new Moment(at.atZoneSameInstant(zone).toLocalDateTime(), false, zone);
    }

    Instant instant() {
        return local.atZone(zone).toInstant();
    }

    Moment plus(java.time.temporal.TemporalAmount amount) {
        return new Moment(local.plus(amount), wholeDay, zone);
    }

    /** Names one instance of a series. */
    String key() {
        return wholeDay ? DATE.format(local) : UTC.format(instant());
    }

    @Override
    public int compareTo(Moment other) {
        return instant().compareTo(other.instant());
    }
}
