package dev.countersign.connector.standards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.testkit.TestUpstream;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Busy times of series as other programs write them, over changes of the clocks. */
class FreeTimeTest {
    private final Host host = new Host();
    private TestUpstream upstream;

    @BeforeEach
    void link() {
        upstream = host.newPerson();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void store(String name, String... events) {
        var text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Another//Program//EN\n" + String.join("", events)
                + "END:VCALENDAR\n";
        upstream.at(CalendarFolders.SERVER)
                .request("PUT", upstream.address().orElseThrow() + "/main/" + name + ".ics")
                .body(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "text/calendar; charset=utf-8")
                .send();
    }

    private static String event(String uid, String... lines) {
        return "BEGIN:VEVENT\nUID:" + uid + "\nDTSTAMP:20260101T000000Z\n" + String.join("\n", lines)
                + "\nEND:VEVENT\n";
    }

    private List<Window> busy(LocalDate from, LocalDate until) {
        var window = new Window(
                from.atStartOfDay(ZoneId.of("UTC")).toInstant(),
                until.atStartOfDay(ZoneId.of("UTC")).toInstant());
        var busy =
                new StandardsCalendar(upstream).busy(List.of(upstream.address().orElseThrow()), window);
        assertThat(busy).extracting(Busy::problem).allMatch(problem -> problem.isEmpty());
        return busy.getFirst().times();
    }

    /** The days are the ones before and after the change of the clocks there. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2031-03-29, 2031-03-30, 2031-03-31",
        "America/New_York, 2031-03-08, 2031-03-09, 2031-03-10",
        "Australia/Sydney, 2031-10-04, 2031-10-05, 2031-10-06"
    })
    void dailySeries_keepsItsHourAndItsExceptions(String zone, LocalDate before, LocalDate change, LocalDate after) {
        var basic = before.toString().replace("-", "");
        var moved = change.toString().replace("-", "");
        var left = after.toString().replace("-", "");
        store(
                "daily",
                event(
                        "daily",
                        "DTSTART;TZID=" + zone + ":" + basic + "T090000",
                        "DTEND;TZID=" + zone + ":" + basic + "T093000",
                        "RRULE:FREQ=DAILY;COUNT=5",
                        "EXDATE;TZID=" + zone + ":" + left + "T090000"),
                event(
                        "daily",
                        "RECURRENCE-ID;TZID=" + zone + ":" + moved + "T090000",
                        "DTSTART;TZID=" + zone + ":" + moved + "T150000",
                        "DTEND;TZID=" + zone + ":" + moved + "T160000"));
        assertThat(busy(before.minusDays(2), after.plusDays(6)).stream().map(Window::from))
                .containsExactlyInAnyOrder(
                        at(before, 9, zone),
                        at(change, 15, zone),
                        at(after.plusDays(1), 9, zone),
                        at(after.plusDays(2), 9, zone));
    }

    private static Instant at(LocalDate day, int hour, String zone) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(ZoneId.of(zone)).toInstant();
    }

    @Test
    void windowsZone_isTheOneItStandsFor() {
        store(
                "windows",
                event(
                        "windows",
                        "DTSTART;TZID=W. Europe Standard Time:20310325T090000",
                        "DTEND;TZID=W. Europe Standard Time:20310325T100000",
                        "RRULE:FREQ=WEEKLY;COUNT=2"));
        assertThat(busy(LocalDate.of(2031, 3, 20), LocalDate.of(2031, 4, 10)).stream()
                        .map(Window::from))
                .containsExactlyInAnyOrder(
                        Instant.parse("2031-03-25T08:00:00Z"), Instant.parse("2031-04-01T07:00:00Z"));
    }

    @Test
    void endOfARuleInUtc_takesTheLastInstanceWithIt() {
        store(
                "until",
                event(
                        "until",
                        "DTSTART;TZID=Europe/Berlin:20310325T090000",
                        "DURATION:PT1H",
                        "RRULE:FREQ=WEEKLY;UNTIL=20310401T070000Z"));
        assertThat(busy(LocalDate.of(2031, 3, 20), LocalDate.of(2031, 4, 20))).hasSize(2);
    }

    @Test
    void freeAndCancelledEvents_leaveTimeFree() {
        store("free", event("free", "DTSTART:20310325T090000Z", "DTEND:20310325T100000Z", "TRANSP:TRANSPARENT"));
        store("gone", event("gone", "DTSTART:20310325T090000Z", "DTEND:20310325T100000Z", "STATUS:CANCELLED"));
        assertThat(busy(LocalDate.of(2031, 3, 20), LocalDate.of(2031, 4, 1))).isEmpty();
    }

    /** Not through Radicale, which counts it out and answers no more. */
    @Test
    void ruleByTheSecond_isOneEvent() {
        var text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Another//Program//EN\n"
                + event("bomb", "DTSTART:19700101T000000Z", "DTEND:19700101T000001Z", "RRULE:FREQ=SECONDLY")
                + "END:VCALENDAR\n";
        var bomb = new CalendarObject(
                "bomb", Optional.empty(), Optional.empty(), CalendarObject.parse(text.replace("\n", "\r\n")));
        var day = new Window(Instant.parse("2031-03-20T00:00:00Z"), Instant.parse("2031-03-21T00:00:00Z"));
        assertThat(new Occurrences(bomb, ZoneId.of("UTC")).within(day)).isEmpty();
    }
}
