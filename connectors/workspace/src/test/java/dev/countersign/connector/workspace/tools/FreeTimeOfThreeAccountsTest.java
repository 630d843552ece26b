package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Account;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One person with accounts in Berlin, New York and Tokyo, each with a series that has an exception, from 20 October to 3
 * November 2026: clocks go back in Berlin on 25 October, in New York on 1 November, in Tokyo never.
 */
class FreeTimeOfThreeAccountsTest {
    private static final Account BERLIN = FakeCall.account("berlin");
    private static final Account NEW_YORK = FakeCall.account("newyork");
    private static final Account TOKYO = FakeCall.account("tokyo");
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 19);
    private static final LocalDate LAST = LocalDate.of(2026, 11, 8);

    /**
     * A series by the wall clock of its zone.
     *
     * @param moved where an instance is instead; absent from the day when it is cancelled
     */
    private record Series(
            ZoneId zone,
            Set<DayOfWeek> days,
            LocalTime start,
            int minutes,
            Map<LocalDate, Optional<LocalDateTime>> moved) {
        Stream<LocalDateTime> instances() {
            return FIRST.datesUntil(LAST)
                    .filter(date -> days.contains(date.getDayOfWeek()))
                    .flatMap(date -> moved.getOrDefault(date, Optional.of(date.atTime(start))).stream());
        }

        FakeCalendar in(Account account) {
            var calendar = new FakeCalendar(account);
            instances().forEach(local -> {
                var from = local.atZone(zone).toInstant();
                calendar.busy(
                        account.address(),
                        from.toString(),
                        from.plusSeconds(60L * minutes).toString());
            });
            return calendar;
        }
    }

    /** On 27 October it is at two o'clock instead. */
    private static final Series TUESDAYS = new Series(
            ZoneId.of("Europe/Berlin"),
            Set.of(DayOfWeek.TUESDAY),
            LocalTime.of(10, 0),
            60,
            Map.of(LocalDate.of(2026, 10, 27), Optional.of(LocalDateTime.of(2026, 10, 27, 14, 0))));

    /** On 28 October it is cancelled. */
    private static final Series WORKDAYS = new Series(
            ZoneId.of("America/New_York"),
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            LocalTime.of(9, 0),
            30,
            Map.of(LocalDate.of(2026, 10, 28), Optional.empty()));

    /** On 5 November it is a day earlier. */
    private static final Series THURSDAYS = new Series(
            ZoneId.of("Asia/Tokyo"),
            Set.of(DayOfWeek.THURSDAY),
            LocalTime.of(17, 0),
            120,
            Map.of(LocalDate.of(2026, 11, 5), Optional.of(LocalDateTime.of(2026, 11, 4, 17, 0))));

    private static FakeCall call() {
        return new FakeCall()
                .and(BERLIN, TUESDAYS.in(BERLIN))
                .and(NEW_YORK, WORKDAYS.in(NEW_YORK))
                .and(TOKYO, THURSDAYS.in(TOKYO))
                .at("2026-10-19T06:00:00Z");
    }

    private static List<String> free(
            String zone, String from, String until, String start, String end, DayOfWeek... days) {
        var in = new CalendarFindFreeTime.Input(
                60,
                List.of(),
                Optional.of(from),
                Optional.of(until),
                Optional.of(zone),
                Optional.of(start),
                Optional.of(end),
                List.of(days),
                List.of(),
                Optional.empty());
        var out = CalendarFindFreeTime.tool().run().call(in, call());
        assertThat(out.checked()).containsExactlyInAnyOrder(BERLIN.address(), NEW_YORK.address(), TOKYO.address());
        assertThat(out.unknown()).isEmpty();
        return out.free().stream()
                .map(slot -> slot.start() + "/" + slot.minutes())
                .toList();
    }

    @Test
    void berlin_seesNewYorkAnHourEarlierUntilItsClocksFollow() {
        assertThat(free("Europe/Berlin", "2026-10-23", "2026-11-02", "09:00", "17:00"))
                .containsExactly(
                        "2026-10-23T09:00+02:00/360",
                        "2026-10-23T15:30+02:00/90",
                        "2026-10-26T09:00+01:00/300",
                        "2026-10-26T14:30+01:00/150",
                        "2026-10-27T09:00+01:00/300",
                        "2026-10-27T15:00+01:00/120",
                        "2026-10-28T09:00+01:00/480",
                        "2026-10-29T11:00+01:00/180",
                        "2026-10-29T14:30+01:00/150",
                        "2026-10-30T09:00+01:00/300",
                        "2026-10-30T14:30+01:00/150",
                        "2026-11-02T09:00+01:00/360",
                        "2026-11-02T15:30+01:00/90");
    }

    @Test
    void newYork_keepsItsOwnSeriesOnTheWall() {
        assertThat(free("America/New_York", "2026-10-28", "2026-11-04", "03:00", "12:00"))
                .containsExactly(
                        "2026-10-28T03:00-04:00/540",
                        "2026-10-29T03:00-04:00/60",
                        "2026-10-29T06:00-04:00/180",
                        "2026-10-29T09:30-04:00/150",
                        "2026-10-30T03:00-04:00/360",
                        "2026-10-30T09:30-04:00/150",
                        "2026-11-02T03:00-05:00/360",
                        "2026-11-02T09:30-05:00/150",
                        "2026-11-03T03:00-05:00/60",
                        "2026-11-03T05:00-05:00/240",
                        "2026-11-03T09:30-05:00/150",
                        "2026-11-04T05:00-05:00/240",
                        "2026-11-04T09:30-05:00/150");
    }

    @Test
    void tokyo_seesBothMoveAtTheirOwnTime() {
        assertThat(free("Asia/Tokyo", "2026-10-20", "2026-11-03", "15:00", "24:00", DayOfWeek.TUESDAY))
                .containsExactly(
                        "2026-10-20T15:00+09:00/120",
                        "2026-10-20T18:00+09:00/240",
                        "2026-10-20T22:30+09:00/90",
                        "2026-10-27T15:00+09:00/420",
                        "2026-10-27T23:00+09:00/60",
                        "2026-11-03T15:00+09:00/180",
                        "2026-11-03T19:00+09:00/240");
    }

    @Test
    void nightOfTheChange_hasAnHourMore() {
        assertThat(free("Europe/Berlin", "2026-10-25", "2026-10-25", "00:00", "24:00", DayOfWeek.SUNDAY))
                .containsExactly("2026-10-25T00:00+02:00/1500");
        assertThat(free("America/New_York", "2026-11-01", "2026-11-01", "00:00", "24:00", DayOfWeek.SUNDAY))
                .containsExactly("2026-11-01T00:00-04:00/1500");
    }
}
