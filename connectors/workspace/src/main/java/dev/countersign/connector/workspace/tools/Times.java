package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the times that tools take: with an offset, local in a zone, or whole days. */
final class Times {
    private Times() {}

    /** What an argument can be. */
    sealed interface Point {
        record Day(LocalDate date) implements Point {}

        record Moment(OffsetDateTime time) implements Point {}
    }

    /** The named zone, or the person's. */
    static ZoneId zone(Optional<String> name, Call call) {
        return name.map(Times::zone).orElseGet(call::zone);
    }

    static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new ToolException("'zone' is not known. Use an IANA name such as Europe/Berlin or America/New_York.");
        }
        return ZoneId.of(name);
    }

    static Point point(String field, String text, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                return new Point.Day(bounded(field, LocalDate.parse(text)));
            }
            var moment = hasOffset(text) ? OffsetDateTime.parse(text) : local(field, LocalDateTime.parse(text), zone);
            bounded(field, moment.toLocalDate());
            return new Point.Moment(moment);
        } catch (DateTimeParseException e) {
            var told = new ToolException("'" + field + "' is not a time. Use 2026-11-24T15:00 (local in 'zone'),"
                    + " 2026-11-24T15:00:00+01:00, or 2026-11-24 for a whole day.");
            told.addSuppressed(e);
            throw told;
        }
    }

    private static boolean hasOffset(String text) {
        var time = text.substring(text.indexOf('T'));
        return time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0;
    }

    private static OffsetDateTime local(String field, LocalDateTime time, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            throw new ToolException("'" + field + "': " + time + " does not exist in " + zone
                    + ", where clocks go forward then. Choose another time.");
        }
        if (offsets.size() > 1) {
            throw new ToolException("'" + field + "': " + time + " happens twice in " + zone
                    + ", where clocks go back then. Give it with an offset, " + offsets.get(0) + " or " + offsets.get(1)
                    + ".");
        }
        return time.atOffset(offsets.get(0));
    }

    private static LocalDate bounded(String field, LocalDate date) {
        if (date.getYear() < 1970 || date.getYear() > 2200) {
            throw new ToolException("'" + field + "' must be in a year from 1970 to 2200.");
        }
        return date;
    }

    /** When an event shall be; both ends are of one kind. */
    static When when(String start, String end, ZoneId zone) {
        return when(point("start", start, zone), point("end", end, zone), zone);
    }

    static When when(Point start, Point end, ZoneId zone) {
        return switch (start) {
            case Point.Day first when end instanceof Point.Day last -> days(first.date(), last.date());
            case Point.Moment first when end instanceof Point.Moment last -> timed(first.time(), last.time(), zone);
            case Point.Day first ->
                throw new ToolException("'start' is a day and 'end' a time. Give two dates, or two times.");
            case Point.Moment first ->
                throw new ToolException("'start' is a time and 'end' a day. Give two times, or two dates.");
        };
    }

    private static When days(LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            throw new ToolException("'end' is before 'start'. Give the last day of the event, or the same day.");
        }
        return new When.AllDay(first, last.plusDays(1));
    }

    private static When timed(OffsetDateTime start, OffsetDateTime end, ZoneId zone) {
        if (!start.isBefore(end)) {
            throw new ToolException("'end' is not after 'start'. Give an end that is later than the start.");
        }
        return new When.Timed(in(zone, start), in(zone, end), zone);
    }

    private static OffsetDateTime in(ZoneId zone, OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    /** The stretch that a search covers; a day that is named last is part of it. */
    static Window window(
            Optional<String> from,
            Optional<String> until,
            ZoneId zone,
            Instant now,
            Duration otherwise,
            Duration most) {
        var start = from.map(text -> startOf(point("from", text, zone), zone)).orElse(now);
        var end = until.map(text -> endOf(point("until", text, zone), zone)).orElseGet(() -> start.plus(otherwise));
        if (!start.isBefore(end)) {
            throw new ToolException("'until' is not after 'from'. Give a later 'until'.");
        }
        if (Duration.between(start, end).compareTo(most) > 0) {
            throw new ToolException(
                    "From 'from' to 'until' may be at most " + most.toDays() + " days. Ask in several calls.");
        }
        return new Window(start, end);
    }

    static Instant startOf(Point point, ZoneId zone) {
        return switch (point) {
            case Point.Day day -> day.date().atStartOfDay(zone).toInstant();
            case Point.Moment moment -> moment.time().toInstant();
        };
    }

    static Instant endOf(Point point, ZoneId zone) {
        return switch (point) {
            case Point.Day day -> day.date().plusDays(1).atStartOfDay(zone).toInstant();
            case Point.Moment moment -> moment.time().toInstant();
        };
    }
}
