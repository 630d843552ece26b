package dev.countersign.connector.microsoft;

import static dev.countersign.connector.microsoft.RecurrenceRule.CODES;
import static dev.countersign.connector.microsoft.RecurrenceRule.DAYS;
import static dev.countersign.connector.microsoft.RecurrenceRule.INDEXES;

import dev.countersign.connector.ToolException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * RFC 5545's {@code RRULE} as Graph's {@code patternedRecurrence}. Outlook knows six patterns; what a rule says beyond them is
 * refused, never dropped.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/recurrencepattern">recurrencePattern</a>
 */
final class RecurrenceWriting {
    private static final Pattern PLACED = Pattern.compile("([+-]?\\d)?(SU|MO|TU|WE|TH|FR|SA)");
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private RecurrenceWriting() {}

    /**
     * What Graph takes for these lines; empty for an event that happens once.
     *
     * @param first the day of the first occurrence
     * @param zone the zone that the series lives by, as Graph names it
     */
    static Optional<CalendarJson.Recurrence> of(List<String> lines, LocalDate first, Optional<String> zone) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (lines.size() > 1 || !lines.getFirst().toUpperCase(Locale.ROOT).startsWith("RRULE:")) {
            throw refused("more than one RRULE line");
        }
        var rule = parts(lines.getFirst());
        var pattern = pattern(rule, first);
        var range = range(rule, first, zone);
        rule.keySet().stream().findFirst().ifPresent(name -> {
            throw refused(name + " there");
        });
        return Optional.of(new CalendarJson.Recurrence(pattern, range));
    }

    private static Map<String, String> parts(String line) {
        var parts = new LinkedHashMap<String, String>();
        for (var part :
                line.substring("RRULE:".length()).toUpperCase(Locale.ROOT).split(";")) {
            var pair = part.strip().split("=", 2);
            if (pair.length == 2) {
                parts.put(pair[0], pair[1]);
            }
        }
        return parts;
    }

    private static Optional<String> taken(Map<String, String> rule, String name) {
        return Optional.ofNullable(rule.remove(name));
    }

    private static CalendarJson.Pattern pattern(Map<String, String> rule, LocalDate first) {
        var frequency = taken(rule, "FREQ").orElse("");
        var interval = taken(rule, "INTERVAL").map(RecurrenceWriting::number).orElse(1);
        return switch (frequency) {
            case "DAILY" ->
                new CalendarJson.Pattern("daily", Optional.of(interval), none(), none(), Optional.empty(), no(), no());
            case "WEEKLY" -> weekly(rule, interval, first);
            case "MONTHLY" -> monthly(rule, interval, first);
            case "YEARLY" -> yearly(rule, interval, first);
            default -> throw refused("FREQ=" + frequency);
        };
    }

    private static Optional<Integer> none() {
        return Optional.empty();
    }

    private static Optional<String> no() {
        return Optional.empty();
    }

    private static CalendarJson.Pattern weekly(Map<String, String> rule, int interval, LocalDate first) {
        var days = taken(rule, "BYDAY").map(RecurrenceWriting::days).orElse(List.of(day(first)));
        // RFC 5545 section 3.3.10: weeks begin on Monday unless the rule says otherwise
        var start = DAYS.get(
                CODES.indexOf(taken(rule, "WKST").filter(CODES::contains).orElse("MO")));
        return new CalendarJson.Pattern(
                "weekly", Optional.of(interval), none(), none(), Optional.of(days), Optional.of(start), no());
    }

    private static String day(LocalDate date) {
        return DAYS.get(date.getDayOfWeek().getValue() % DAYS.size());
    }

    private static List<String> days(String codes) {
        return List.of(codes.split(",")).stream()
                .map(code -> {
                    if (!CODES.contains(code)) {
                        throw refused("BYDAY=" + code + " in a week");
                    }
                    return DAYS.get(CODES.indexOf(code));
                })
                .toList();
    }

    private static CalendarJson.Pattern monthly(Map<String, String> rule, int interval, LocalDate first) {
        return rule.containsKey("BYDAY")
                ? relative("relativeMonthly", rule, interval, none())
                : new CalendarJson.Pattern(
                        "absoluteMonthly",
                        Optional.of(interval),
                        none(),
                        dayOfMonth(rule, first),
                        Optional.empty(),
                        no(),
                        no());
    }

    private static CalendarJson.Pattern yearly(Map<String, String> rule, int interval, LocalDate first) {
        var month = taken(rule, "BYMONTH").map(RecurrenceWriting::number).or(() -> Optional.of(first.getMonthValue()));
        return rule.containsKey("BYDAY")
                ? relative("relativeYearly", rule, interval, month)
                : new CalendarJson.Pattern(
                        "absoluteYearly",
                        Optional.of(interval),
                        month,
                        dayOfMonth(rule, first),
                        Optional.empty(),
                        no(),
                        no());
    }

    private static Optional<Integer> dayOfMonth(Map<String, String> rule, LocalDate first) {
        var day = taken(rule, "BYMONTHDAY").map(RecurrenceWriting::number).orElse(first.getDayOfMonth());
        if (day < 1) {
            throw refused("BYMONTHDAY=" + day);
        }
        return Optional.of(day);
    }

    private static CalendarJson.Pattern relative(
            String type, Map<String, String> rule, int interval, Optional<Integer> month) {
        var byDay = taken(rule, "BYDAY").orElse("");
        var position = taken(rule, "BYSETPOS").map(RecurrenceWriting::number);
        var days = new ArrayList<String>();
        for (var one : byDay.split(",")) {
            var placed = PLACED.matcher(one);
            if (!placed.matches()) {
                throw refused("BYDAY=" + one);
            }
            var own = Optional.ofNullable(placed.group(1)).map(RecurrenceWriting::number);
            if (own.isPresent() && (position.isPresent() || byDay.contains(","))) {
                throw refused("several places of days in a month");
            }
            position = position.or(() -> own);
            days.add(DAYS.get(CODES.indexOf(placed.group(2))));
        }
        var index = index(position.orElseThrow(() -> refused("every such weekday of a month")));
        return new CalendarJson.Pattern(
                type, Optional.of(interval), month, none(), Optional.of(days), no(), Optional.of(index));
    }

    private static String index(int position) {
        if (position == -1) {
            return "last";
        }
        if (position < 1 || position > INDEXES.size()) {
            throw refused("the place " + position + " of a day in a month");
        }
        return INDEXES.get(position - 1);
    }

    private static CalendarJson.Range range(Map<String, String> rule, LocalDate first, Optional<String> zone) {
        var start = Optional.of(first.toString());
        var count = taken(rule, "COUNT").map(RecurrenceWriting::number);
        var until = taken(rule, "UNTIL").map(text -> date(text, zone));
        if (count.isPresent()) {
            return new CalendarJson.Range("numbered", start, no(), zone, count);
        }
        return until.map(date -> new CalendarJson.Range("endDate", start, Optional.of(date.toString()), zone, none()))
                .orElseGet(() -> new CalendarJson.Range("noEnd", start, no(), zone, none()));
    }

    /** The last day in the zone of the series, which a moment in UTC may fall on another day of. */
    private static LocalDate date(String until, Optional<String> zone) {
        if (!until.matches("\\d{8}(T\\d{6}Z?)?")) {
            throw refused("UNTIL=" + until);
        }
        if (!until.endsWith("Z")) {
            return LocalDate.parse(until.replaceFirst("T.*", ""), DATE);
        }
        return LocalDateTime.parse(until.replace("Z", ""), MOMENT)
                .atZone(ZoneOffset.UTC)
                .withZoneSameInstant(zone.flatMap(Zones::zone).orElse(ZoneId.of(Zones.UTC)))
                .toLocalDate();
    }

    private static int number(String text) {
        if (!text.matches("[+-]?\\d{1,4}")) {
            throw refused("the number " + text);
        }
        return Integer.parseInt(text);
    }

    private static ToolException refused(String what) {
        return new ToolException(
                "Outlook cannot repeat an event with " + what + ". Use one RRULE with FREQ=DAILY, WEEKLY, MONTHLY or"
                        + " YEARLY, INTERVAL, and COUNT or UNTIL; in a month"
                        + " BYMONTHDAY, or BYDAY with one place like 2TU or"
                        + " -1FR.");
    }
}
