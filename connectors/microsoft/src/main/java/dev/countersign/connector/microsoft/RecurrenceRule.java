package dev.countersign.connector.microsoft;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Graph's {@code patternedRecurrence} as RFC 5545's {@code RRULE}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/recurrencepattern">recurrencePattern</a>
 */
final class RecurrenceRule {
    static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    static final List<String> CODES = List.of("SU", "MO", "TU", "WE", "TH", "FR", "SA");
    static final List<String> INDEXES = List.of("first", "second", "third", "fourth");
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;

    private RecurrenceRule() {}

    /** The lines of a series. */
    static List<String> lines(CalendarJson.Recurrence recurrence) {
        var parts = new ArrayList<String>();
        var pattern = recurrence.pattern();
        parts.add("FREQ=" + frequency(pattern.type()));
        pattern.interval().filter(every -> every > 1).ifPresent(every -> parts.add("INTERVAL=" + every));
        switch (pattern.type()) {
            case "weekly" -> {
                parts.add("BYDAY=" + codes(pattern.daysOfWeek().orElse(List.of())));
                pattern.firstDayOfWeek().ifPresent(day -> parts.add("WKST=" + code(day)));
            }
            case "absoluteMonthly" -> pattern.dayOfMonth().ifPresent(day -> parts.add("BYMONTHDAY=" + day));
            case "absoluteYearly" -> {
                pattern.month().ifPresent(month -> parts.add("BYMONTH=" + month));
                pattern.dayOfMonth().ifPresent(day -> parts.add("BYMONTHDAY=" + day));
            }
            case "relativeMonthly", "relativeYearly" -> {
                pattern.month().filter(month -> month > 0).ifPresent(month -> parts.add("BYMONTH=" + month));
                parts.add("BYDAY=" + codes(pattern.daysOfWeek().orElse(List.of())));
                parts.add("BYSETPOS=" + position(pattern.index().orElse("first")));
            }
            default -> {}
        }
        switch (recurrence.range().type()) {
            case "numbered" -> recurrence.range().numberOfOccurrences().ifPresent(count -> parts.add("COUNT=" + count));
            case "endDate" ->
                recurrence
                        .range()
                        .endDate()
                        .ifPresent(date ->
                                parts.add("UNTIL=" + LocalDate.parse(date).format(BASIC)));
            default -> {}
        }
        return List.of("RRULE:" + String.join(";", parts));
    }

    private static String frequency(String type) {
        return switch (type) {
            case "daily" -> "DAILY";
            case "weekly" -> "WEEKLY";
            case "absoluteMonthly", "relativeMonthly" -> "MONTHLY";
            default -> "YEARLY";
        };
    }

    private static String codes(List<String> days) {
        return days.stream().map(RecurrenceRule::code).collect(Collectors.joining(","));
    }

    private static String code(String day) {
        return CODES.get(DAYS.indexOf(day.toLowerCase(Locale.ROOT)));
    }

    private static int position(String index) {
        return index.equals("last") ? -1 : INDEXES.indexOf(index) + 1;
    }

    /** The same rule for a series that was moved to begin on another day. */
    static CalendarJson.Recurrence startingOn(CalendarJson.Recurrence rule, LocalDate first) {
        var range = rule.range();
        var moved = range.startDate()
                .map(LocalDate::parse)
                .map(before -> ChronoUnit.DAYS.between(before, first))
                .orElse(0L);
        return new CalendarJson.Recurrence(
                plain(rule.pattern()),
                new CalendarJson.Range(
                        range.type(),
                        Optional.of(first.toString()),
                        range.endDate()
                                .filter(date -> range.type().equals("endDate"))
                                .map(date ->
                                        LocalDate.parse(date).plusDays(moved).toString()),
                        range.recurrenceTimeZone(),
                        range.numberOfOccurrences().filter(count -> range.type().equals("numbered"))));
    }

    /** Graph gives what does not matter as zero, and takes nothing that does not matter. */
    private static CalendarJson.Pattern plain(CalendarJson.Pattern pattern) {
        var weekly = pattern.type().equals("weekly");
        var relative = pattern.type().startsWith("relative");
        return new CalendarJson.Pattern(
                pattern.type(),
                pattern.interval(),
                pattern.month().filter(month -> month > 0),
                pattern.dayOfMonth().filter(day -> day > 0),
                pattern.daysOfWeek().filter(days -> !days.isEmpty()),
                pattern.firstDayOfWeek().filter(day -> weekly),
                pattern.index().filter(index -> relative));
    }
}
