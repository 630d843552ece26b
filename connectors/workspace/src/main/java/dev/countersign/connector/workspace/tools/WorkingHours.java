package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The hours of each day in which people meet, by the clock on the wall: a day on which clocks change keeps them.
 *
 * @param start minutes of the day
 * @param end minutes of the day, at most 1440
 * @param days empty for Monday to Friday
 */
record WorkingHours(ZoneId zone, int start, int end, Set<DayOfWeek> days) {
    WorkingHours(ZoneId zone, int start, int end, List<DayOfWeek> days) {
        this(
                zone,
                start,
                end,
                days.isEmpty() ? EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY) : EnumSet.copyOf(days));
    }

    WorkingHours {
        if (start >= end) {
            throw new ToolException("'dayEnd' must be later than 'dayStart'.");
        }
    }

    /** The working hours of every day, as far as they lie in the window. */
    List<Window> within(Window window) {
        var hours = new ArrayList<Window>();
        var last = window.until().atZone(zone).toLocalDate();
        for (var day = window.from().atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            var from = later(at(day, start), window.from());
            var until = earlier(at(day, end), window.until());
            if (days.contains(day.getDayOfWeek()) && from.isBefore(until)) {
                hours.add(new Window(from, until));
            }
        }
        return hours;
    }

    private Instant at(LocalDate day, int minutes) {
        return day.atStartOfDay().plusMinutes(minutes).atZone(zone).toInstant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
