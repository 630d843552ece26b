package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.ToolException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5545 section 3.3.10, as far as Outlook has patterns for it. */
class RecurrenceRuleTest {
    /** A Tuesday. */
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 17);

    private static final Optional<String> ZONE = Optional.of("W. Europe Standard Time");

    private static CalendarJson.Recurrence written(String line) {
        return RecurrenceWriting.of(List.of(line), FIRST, ZONE).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        RRULE:FREQ=DAILY;COUNT=5                          | RRULE:FREQ=DAILY;COUNT=5
        RRULE:FREQ=DAILY;INTERVAL=3                       | RRULE:FREQ=DAILY;INTERVAL=3
        RRULE:FREQ=WEEKLY;COUNT=6                         | RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=MO;COUNT=6
        RRULE:FREQ=WEEKLY;BYDAY=MO,FR;WKST=SU             | RRULE:FREQ=WEEKLY;BYDAY=MO,FR;WKST=SU
        RRULE:FREQ=MONTHLY                                | RRULE:FREQ=MONTHLY;BYMONTHDAY=17
        RRULE:FREQ=MONTHLY;BYMONTHDAY=15;INTERVAL=3       | RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15
        RRULE:FREQ=MONTHLY;BYDAY=2TU                      | RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2
        RRULE:FREQ=MONTHLY;BYDAY=-1FR                     | RRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1
        RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1         | RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1
        RRULE:FREQ=YEARLY                                 | RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=17
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH            | RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4
        rrule:freq=daily;until=20260401                   | RRULE:FREQ=DAILY;UNTIL=20260401
        RRULE:FREQ=DAILY;UNTIL=20260401T220000Z           | RRULE:FREQ=DAILY;UNTIL=20260402
        RRULE:FREQ=DAILY;UNTIL=20260401T220000            | RRULE:FREQ=DAILY;UNTIL=20260401
        """)
    void rule_comesBackAsItsPattern(String line, String shown) {
        assertThat(RecurrenceRule.lines(written(line))).containsExactly(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RRULE:FREQ=HOURLY",
                "RRULE:FREQ=MONTHLY;BYDAY=TU",
                "RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO",
                "RRULE:FREQ=MONTHLY;BYDAY=5MO",
                "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
                "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15",
                "RRULE:FREQ=WEEKLY;BYDAY=1MO",
                "RRULE:FREQ=WEEKLY;BYMONTH=3",
                "RRULE:FREQ=DAILY;BYHOUR=9",
                "RRULE:FREQ=DAILY;UNTIL=soon",
                "EXDATE:20260324T090000Z"
            })
    void whatOutlookHasNoPatternFor_isRefusedWithWhatItHas(String line) {
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> written(line))
                .withMessageContaining("Use one RRULE");
    }

    @Test
    void severalLines_areRefused() {
        var lines = List.of("RRULE:FREQ=DAILY", "EXDATE:20260324T090000Z");
        assertThatExceptionOfType(ToolException.class).isThrownBy(() -> RecurrenceWriting.of(lines, FIRST, ZONE));
        assertThat(RecurrenceWriting.of(List.of(), FIRST, ZONE)).isEmpty();
    }

    @Test
    void seriesThatIsMoved_endsAsMuchLaterAndSaysNothingNeedless() {
        var there = new CalendarJson.Recurrence(
                new CalendarJson.Pattern(
                        "daily",
                        Optional.of(1),
                        Optional.of(0),
                        Optional.of(0),
                        Optional.of(List.of()),
                        Optional.of("sunday"),
                        Optional.of("first")),
                new CalendarJson.Range(
                        "endDate", Optional.of("2026-03-17"), Optional.of("2026-03-20"), ZONE, Optional.of(0)));
        var moved = RecurrenceRule.startingOn(there, LocalDate.of(2026, 3, 19));
        assertThat(moved.range().startDate()).contains("2026-03-19");
        assertThat(moved.range().endDate()).contains("2026-03-22");
        assertThat(moved.range().numberOfOccurrences()).isEmpty();
        assertThat(moved.pattern()).isEqualTo(written("RRULE:FREQ=DAILY").pattern());
    }
}
