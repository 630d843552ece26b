package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.tools.CalendarFindFreeTime.Input;
import dev.countersign.connector.workspace.tools.CalendarFindFreeTime.Output;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindFreeTimeTest {
    private static final String ALICE = "alice@work.example";
    private static final String BOB = "bob@example.com";

    private static Output find(FakeCall call, Input in) {
        return FakeCall.<Input, Output>tool("calendar_find_free_time").run().call(in, call);
    }

    private static Input input(int minutes, String from, String until, List<String> attendees) {
        return new Input(
                minutes,
                attendees,
                Optional.of(from),
                Optional.of(until),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static List<String> starts(Output out) {
        return out.free().stream()
                .map(slot -> slot.start() + "/" + slot.minutes())
                .toList();
    }

    private static FakeCalendar alice() {
        return new FakeCalendar(FakeCall.WORK).busy(ALICE, "2020-01-01T00:00:00Z", "2020-01-01T01:00:00Z");
    }

    @Test
    void overlappingTimes_countOnce() {
        var calendar = alice().busy(ALICE, "2026-11-24T11:00:00Z", "2026-11-24T12:00:00Z")
                .busy(ALICE, "2026-11-24T09:00:00Z", "2026-11-24T11:30:00Z")
                .busy(ALICE, "2026-11-24T09:30:00Z", "2026-11-24T10:00:00Z");
        var out = find(FakeCall.with(calendar), input(30, "2026-11-24", "2026-11-24", List.of()));
        assertThat(starts(out)).containsExactly("2026-11-24T09:00+01:00/60", "2026-11-24T13:00+01:00/240");
    }

    @Test
    void gapShorterThanTheMeeting_isLeftOut() {
        var calendar = alice().busy(ALICE, "2026-11-24T08:00:00Z", "2026-11-24T10:00:00Z")
                .busy(ALICE, "2026-11-24T10:29:00Z", "2026-11-24T15:30:00Z");
        var out = find(FakeCall.with(calendar), input(30, "2026-11-24", "2026-11-24", List.of()));
        assertThat(starts(out)).containsExactly("2026-11-24T16:30+01:00/30");
    }

    @Test
    void weekend_isNoWorkingTimeUnlessAsked() {
        var friday = input(60, "2026-11-27", "2026-11-30", List.of());
        assertThat(starts(find(FakeCall.with(alice()), friday)))
                .containsExactly("2026-11-27T09:00+01:00/480", "2026-11-30T09:00+01:00/480");
        var saturday = new Input(
                60,
                List.of(),
                friday.from(),
                friday.until(),
                Optional.empty(),
                Optional.of("10:00"),
                Optional.of("12:00"),
                List.of(DayOfWeek.SATURDAY),
                List.of(),
                Optional.empty());
        assertThat(starts(find(FakeCall.with(alice()), saturday))).containsExactly("2026-11-28T10:00+01:00/120");
    }

    @Test
    void clocksChange_workingHoursStayOnTheWall() {
        // 25 October 2026, a Sunday: clocks go back in Berlin
        var out = find(FakeCall.with(alice()), input(60, "2026-10-23", "2026-10-26", List.of()));
        assertThat(starts(out)).containsExactly("2026-10-23T09:00+02:00/480", "2026-10-26T09:00+01:00/480");
    }

    @Test
    void dayWithoutAnHour_isShorterAroundTheClock() {
        // 29 March 2026: 23 hours in Berlin
        var in = new Input(
                60,
                List.of(),
                Optional.of("2026-03-29"),
                Optional.of("2026-03-29"),
                Optional.empty(),
                Optional.of("00:00"),
                Optional.of("24:00"),
                List.of(DayOfWeek.SUNDAY),
                List.of(),
                Optional.empty());
        assertThat(starts(find(FakeCall.with(alice()), in))).containsExactly("2026-03-29T00:00+01:00/1380");
    }

    @Test
    void zone_movesTheWorkingHours() {
        var in = new Input(
                60,
                List.of(),
                Optional.of("2026-11-24"),
                Optional.of("2026-11-24"),
                Optional.of("America/New_York"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
        var calendar = alice().busy(ALICE, "2026-11-24T14:00:00Z", "2026-11-24T15:00:00Z");
        assertThat(starts(find(FakeCall.with(calendar), in))).containsExactly("2026-11-24T10:00-05:00/420");
    }

    @Test
    void wholeDayBusy_leavesNothing() {
        var calendar = alice().busy(ALICE, "2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z");
        var out = find(FakeCall.with(calendar), input(30, "2026-11-24", "2026-11-24", List.of()));
        assertThat(out.free()).isEmpty();
    }

    @Test
    void everyAccountAndAttendee_mustBeFree() {
        var work = alice().busy(ALICE, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z")
                .busy(BOB, "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z");
        var home = new FakeCalendar(FakeCall.HOME)
                .busy("alice@home.example", "2026-11-24T10:00:00Z", "2026-11-24T15:00:00Z");
        var call = FakeCall.with(work).and(FakeCall.HOME, home);
        var out = find(call, input(30, "2026-11-24", "2026-11-24", List.of(BOB)));
        assertThat(starts(out)).containsExactly("2026-11-24T16:00+01:00/60");
        assertThat(out.checked()).containsExactlyInAnyOrder(ALICE, BOB, "alice@home.example");
        assertThat(out.unknown()).isEmpty();
    }

    @Test
    void attendeeWhomOneAccountKnows_isKnown() {
        var home = new FakeCalendar(FakeCall.HOME)
                .busy("alice@home.example", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00Z")
                .busy(BOB, "2026-11-24T08:00:00Z", "2026-11-24T15:00:00Z");
        var call = FakeCall.with(alice()).and(FakeCall.HOME, home);
        var out = find(call, input(30, "2026-11-24", "2026-11-24", List.of("Bob <" + BOB + ">")));
        assertThat(starts(out)).containsExactly("2026-11-24T16:00+01:00/60");
        assertThat(out.unknown()).isEmpty();
    }

    @Test
    void attendeeWhoSharesNothing_isNamedAsUnknown() {
        var out = find(FakeCall.with(alice()), input(30, "2026-11-24", "2026-11-24", List.of(BOB)));
        assertThat(out.checked()).containsExactly(ALICE);
        assertThat(out.unknown())
                .extracting(CalendarFindFreeTime.Unknown::address)
                .containsExactly(BOB);
    }

    @Test
    void accountThatFails_isNamedAsUnknown() {
        var home = new FakeCalendar(FakeCall.HOME);
        home.failure = Optional.of(new UpstreamException(UpstreamException.Kind.UNAVAILABLE, "down"));
        var out =
                find(FakeCall.with(alice()).and(FakeCall.HOME, home), input(30, "2026-11-24", "2026-11-24", List.of()));
        assertThat(out.free()).isNotEmpty();
        assertThat(out.unknown())
                .extracting(CalendarFindFreeTime.Unknown::address)
                .containsExactly("alice@home.example");
    }

    @Test
    void withoutFrom_startsAtTheNextQuarterOfAnHour() {
        var in = new Input(
                30,
                List.of(),
                Optional.empty(),
                Optional.of("2026-11-23"),
                Optional.empty(),
                Optional.of("08:00"),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
        assertThat(starts(find(FakeCall.with(alice()), in))).containsExactly("2026-11-23T08:15+01:00/525");
    }

    @Test
    void hoursThatEndBeforeTheyStart_areRefused() {
        var in = new Input(
                30,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("17:00"),
                Optional.of("09:00"),
                List.of(),
                List.of(),
                Optional.empty());
        assertThatThrownBy(() -> find(FakeCall.with(alice()), in))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("dayEnd");
    }

    @Test
    void longWindow_isRefused() {
        assertThatThrownBy(() -> find(FakeCall.with(alice()), input(30, "2026-01-01", "2026-12-31", List.of())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("60 days");
    }
}
