package dev.countersign.connector.sandbox;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The part of RFC 5545 section 3.3.10 that calendars use: DAILY, WEEKLY, MONTHLY and YEARLY with INTERVAL, COUNT, UNTIL,
 * BYDAY and BYMONTHDAY. It counts in local time, so that nine o'clock stays nine o'clock when the clocks change.
 */
record Recurrence(
        Frequency frequency,
        int interval,
        Optional<Integer> count,
        Optional<LocalDateTime> until,
        List<Day> days,
        List<Integer> monthDays) {
    /** More periods than any calendar shows; ends a rule that never meets a day. */
    private static final int MAX_PERIODS = 20_000;

    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "MO",
            DayOfWeek.MONDAY,
            "TU",
            DayOfWeek.TUESDAY,
            "WE",
            DayOfWeek.WEDNESDAY,
            "TH",
            DayOfWeek.THURSDAY,
            "FR",
            DayOfWeek.FRIDAY,
            "SA",
            DayOfWeek.SATURDAY,
            "SU",
            DayOfWeek.SUNDAY);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);

    enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY
    }

    /** @param ordinal 2 for the second such day of the month, -1 for the last, 0 for every one */
    record Day(int ordinal, DayOfWeek day) {}

    /** Reads {@code RRULE:FREQ=…} of an event in this zone. Fails with {@link Refusal} that names the part. */
    static Recurrence parse(String line, ZoneId zone) {
        var parts = new HashMap<String, String>();
        for (var part : line.replaceFirst("^RRULE:", "").split(";")) {
            var pair = part.split("=", 2);
            if (pair.length != 2) {
                throw wrong(part);
            }
            parts.put(pair[0], pair[1]);
        }
        try {
            var rule = new Recurrence(
                    Frequency.valueOf(Optional.ofNullable(parts.remove("FREQ")).orElse("")),
                    Integer.parseInt(
                            Optional.ofNullable(parts.remove("INTERVAL")).orElse("1")),
                    Optional.ofNullable(parts.remove("COUNT")).map(Integer::valueOf),
                    Optional.ofNullable(parts.remove("UNTIL")).map(text -> until(text, zone)),
                    Optional.ofNullable(parts.remove("BYDAY"))
                            .map(Recurrence::days)
                            .orElse(List.of()),
                    Optional.ofNullable(parts.remove("BYMONTHDAY"))
                            .map(Recurrence::numbers)
                            .orElse(List.of()));
            parts.remove("WKST");
            if (!parts.isEmpty() || rule.interval() < 1) {
                throw wrong(String.join(", ", parts.keySet()));
            }
            return rule;
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw wrong(line);
        }
    }

    /** The starts before {@code to}, in order, beginning with the event's own. */
    List<LocalDateTime> startsBefore(LocalDateTime first, LocalDateTime to) {
        var found = new ArrayList<LocalDateTime>();
        var end = until.filter(last -> last.isBefore(to))
                .map(last -> last.plusSeconds(1))
                .orElse(to);
        for (var period = 0; period < MAX_PERIODS; period++) {
            for (var start : period(first, period)) {
                if (start.isBefore(first)) {
                    continue;
                }
                if (!start.isBefore(end)
                        || count.filter(most -> found.size() >= most).isPresent()) {
                    return found;
                }
                found.add(start);
            }
        }
        return found;
    }

    private Iterable<LocalDateTime> period(LocalDateTime first, int number) {
        var steps = (long) number * interval;
        var starts = new TreeSet<LocalDateTime>();
        switch (frequency) {
            case DAILY -> {
                var start = first.plusDays(steps);
                if (days.isEmpty() || days.stream().anyMatch(day -> day.day() == start.getDayOfWeek())) {
                    starts.add(start);
                } else {
                    return List.of();
                }
            }
            case WEEKLY -> {
                var monday = first.plusWeeks(steps).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                if (days.isEmpty()) {
                    starts.add(first.plusWeeks(steps));
                }
                days.forEach(day -> starts.add(monday.with(TemporalAdjusters.nextOrSame(day.day()))));
            }
            case MONTHLY -> {
                var month = first.toLocalDate().withDayOfMonth(1).plusMonths(steps);
                inMonth(first, month).forEach(date -> starts.add(date.atTime(first.toLocalTime())));
            }
            case YEARLY -> {
                var date = first.toLocalDate().plusYears(steps);
                // 29 February has no day in other years
                if (date.getDayOfMonth() == first.getDayOfMonth()) {
                    starts.add(date.atTime(first.toLocalTime()));
                }
            }
        }
        return starts;
    }

    private List<LocalDate> inMonth(LocalDateTime first, LocalDate month) {
        var dates = new ArrayList<LocalDate>();
        for (var day : days) {
            if (day.ordinal() != 0) {
                dates.add(month.with(TemporalAdjusters.dayOfWeekInMonth(day.ordinal(), day.day())));
                continue;
            }
            for (var date = month.with(TemporalAdjusters.nextOrSame(day.day()));
                    sameMonth(date, month);
                    date = date.plusWeeks(1)) {
                dates.add(date);
            }
        }
        var numbers = monthDays.isEmpty() && days.isEmpty() ? List.of(first.getDayOfMonth()) : monthDays;
        for (var number : numbers) {
            var day = number > 0 ? number : month.lengthOfMonth() + 1 + number;
            if (day >= 1 && day <= month.lengthOfMonth()) {
                dates.add(month.withDayOfMonth(day));
            }
        }
        dates.removeIf(date -> !sameMonth(date, month));
        return dates;
    }

    private static boolean sameMonth(LocalDate a, LocalDate b) {
        return ChronoUnit.MONTHS.between(a.withDayOfMonth(1), b.withDayOfMonth(1)) == 0;
    }

    /** A date includes its whole day; a time in UTC is turned into the event's zone. */
    private static LocalDateTime until(String text, ZoneId zone) {
        if (!text.contains("T")) {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).atTime(23, 59, 59);
        }
        var time = LocalDateTime.parse(text.replace("Z", ""), TIME);
        return text.endsWith("Z")
                ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalDateTime()
                : time;
    }

    private static List<Day> days(String text) {
        var found = new ArrayList<Day>();
        for (var part : text.split(",")) {
            var name = part.substring(Math.max(0, part.length() - 2));
            var ordinal = part.substring(0, part.length() - name.length());
            found.add(new Day(
                    ordinal.isEmpty() ? 0 : Integer.parseInt(ordinal),
                    Optional.ofNullable(DAYS.get(name)).orElseThrow(() -> wrong(part))));
        }
        return found;
    }

    private static List<Integer> numbers(String text) {
        return List.of(text.split(",")).stream().map(Integer::valueOf).toList();
    }

    private static Refusal wrong(String part) {
        return Refusal.invalid("The recurrence is not understood at '" + part + "'. Use for example"
                + " RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10.");
    }
}
