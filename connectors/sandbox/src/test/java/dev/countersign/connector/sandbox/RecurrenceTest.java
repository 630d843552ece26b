package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 5545 section 3.3.10, as far as calendars here use it. */
class RecurrenceTest {
    private static final LocalDateTime FIRST = LocalDateTime.parse("2026-01-07T09:00");

    private static List<String> days(String rule, LocalDateTime first, String before) {
        return Recurrence.parse(rule, ZoneId.of("Europe/Berlin"))
                .startsBefore(first, LocalDate.parse(before).atStartOfDay())
                .stream()
                .map(start -> start.toLocalDate().toString())
                .toList();
    }

    @Test
    void everySecondWeekOnTwoDays_startsWithTheFirstOne() {
        assertThat(days("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", FIRST, "2026-02-01"))
                .containsExactly("2026-01-07", "2026-01-19", "2026-01-21");
    }

    @Test
    void secondTuesdayAndLastFriday_areFoundInEachMonth() {
        assertThat(days("RRULE:FREQ=MONTHLY;BYDAY=2TU,-1FR", FIRST, "2026-03-01"))
                .containsExactly("2026-01-13", "2026-01-30", "2026-02-10", "2026-02-27");
    }

    @Test
    void dayThatAMonthLacks_isLeftOut() {
        assertThat(days("RRULE:FREQ=MONTHLY", LocalDateTime.parse("2026-01-31T09:00"), "2026-06-01"))
                .containsExactly("2026-01-31", "2026-03-31", "2026-05-31");
        assertThat(days("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", FIRST, "2026-03-02"))
                .containsExactly("2026-01-31", "2026-02-28");
        assertThat(days("RRULE:FREQ=YEARLY", LocalDateTime.parse("2024-02-29T09:00"), "2029-01-01"))
                .containsExactly("2024-02-29", "2028-02-29");
    }

    @Test
    void countAndUntil_endTheSeries() {
        assertThat(days("RRULE:FREQ=DAILY;COUNT=3", FIRST, "2026-03-01")).hasSize(3);
        assertThat(days("RRULE:FREQ=DAILY;UNTIL=20260109", FIRST, "2026-03-01")).hasSize(3);
        assertThat(days("RRULE:FREQ=DAILY;UNTIL=20260109T080000Z", FIRST, "2026-03-01"))
                .hasSize(3);
        assertThat(days("RRULE:FREQ=DAILY;UNTIL=20260109T075959Z", FIRST, "2026-03-01"))
                .hasSize(2);
    }

    @Test
    void whatIsNotUnderstood_isRefusedAndNamed() {
        for (var rule : List.of("FREQ=HOURLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYSETPOS=1", "x")) {
            assertThatThrownBy(() -> Recurrence.parse(rule, ZoneId.of("UTC"))).isInstanceOf(Refusal.class);
        }
    }
}
