package dev.countersign.connector.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A calendar host that tells attendees itself. RFC 6638. The account has no mail, so nothing here could be told by mail. */
class SchedulingTest {
    private static final String KEY = "0123456789abcdefghijklmnop";
    private static final String BOB = "bob@example.com";
    private static final String CAROL = "carol@example.com";
    private static final Window DAY =
            new Window(Instant.parse("2026-03-20T00:00:00Z"), Instant.parse("2026-03-21T00:00:00Z"));

    private final SchedulingHost host = new SchedulingHost();
    private final StandardsCalendar calendar = host.calendar();

    @AfterEach
    void stop() {
        host.close();
    }

    private Event meeting() {
        var start = OffsetDateTime.parse("2026-03-20T09:00:00+01:00");
        var draft = new EventDraft(
                "Meeting",
                new When.Timed(start, start.plusHours(1), ZoneId.of("Europe/Berlin")),
                "Room 1",
                "",
                List.of(Attendee.invited(BOB)),
                List.of(),
                true);
        return calendar.create(CalendarService.PRIMARY, draft, true, KEY);
    }

    private static EventChange titled(String title) {
        return new EventChange(
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Window window(String from, String until) {
        return new Window(Instant.parse("2026-03-20T" + from + "Z"), Instant.parse("2026-03-20T" + until + "Z"));
    }

    private static Kind kind(org.junit.jupiter.api.function.Executable act) {
        return catchThrowableOfType(UpstreamException.class, act::execute).kind();
    }

    @Test
    void timesOfOthers_areAskedOfTheOutbox() {
        host.times("""
            <C:schedule-response xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:response>
            <C:recipient><D:href>mailto:BOB@example.com</D:href></C:recipient>
            <C:request-status>2.0;Success</C:request-status><C:calendar-data>BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Example Corp.//CalDAV Server//EN
            METHOD:REPLY
            BEGIN:VFREEBUSY
            UID:4FD3AD926350
            DTSTAMP:20260318T200733Z
            DTSTART:20260320T000000Z
            DTEND:20260321T000000Z
            ORGANIZER:mailto:alice@example.com
            ATTENDEE:mailto:bob@example.com
            FREEBUSY;FBTYPE=BUSY:20260320T110000Z/20260320T120000Z,20260320T140000Z/PT30M
            FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260320T160000Z/20260320T170000Z
            FREEBUSY;FBTYPE=FREE:20260320T180000Z/20260320T190000Z
            END:VFREEBUSY
            END:VCALENDAR
            </C:calendar-data></C:response><C:response>
            <C:recipient><D:href>mailto:carol@example.com</D:href></C:recipient>
            <C:request-status>3.7;Invalid calendar user</C:request-status></C:response></C:schedule-response>
            """);
        var busy = calendar.busy(List.of(CAROL, SchedulingHost.ALICE, BOB), DAY);
        assertThat(busy).extracting(Busy::address).containsExactly(CAROL, SchedulingHost.ALICE, BOB);
        assertThat(busy.get(2).problem()).isEmpty();
        assertThat(busy.get(2).times())
                .containsExactly(
                        window("11:00:00", "12:00:00"), window("14:00:00", "14:30:00"), window("16:00:00", "17:00:00"));
        assertThat(busy.get(0).problem()).isPresent();
        assertThat(busy.get(1).problem()).isEmpty();
        assertThat(host.said())
                .singleElement()
                .asString()
                .contains(
                        "text/calendar",
                        "METHOD:REQUEST",
                        "BEGIN:VFREEBUSY",
                        "DTSTART:20260320T000000Z",
                        "DTEND:20260321T000000Z",
                        "ORGANIZER:mailto:alice@example.com",
                        "ATTENDEE:mailto:carol@example.com",
                        "ATTENDEE:mailto:bob@example.com");
    }

    @Test
    void hostThatSaysNothingOfOthers_isNoFailure() {
        assertThat(calendar.busy(List.of(BOB), DAY))
                .singleElement()
                .satisfies(bob -> assertThat(bob.problem()).isPresent());
    }

    @Test
    void nobodyElse_isNotAskedOfTheOutbox() {
        assertThat(calendar.busy(List.of(SchedulingHost.ALICE), DAY)).hasSize(1);
        assertThat(host.said()).isEmpty();
    }

    @Test
    void invitation_isLeftToTheHost() {
        var event = meeting();
        assertThat(calendar.alwaysNotifies()).isTrue();
        assertThat(host.event()).contains("ORGANIZER:mailto:alice@example.com", "mailto:bob@example.com");
        assertThat(calendar.created(CalendarService.PRIMARY, KEY)).contains(event);
    }

    @Test
    void answerThatComesMeanwhile_isNoConflictAndStays() {
        var event = meeting();
        host.accepted();
        var changed = calendar.update(CalendarService.PRIMARY, event.id(), titled("Later"), event.version(), true, KEY);
        assertThat(changed.title()).isEqualTo("Later");
        assertThat(changed.attendees())
                .filteredOn(one -> one.address().equals(BOB))
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.ACCEPTED);
        assertThat(host.said().getLast())
                .contains("If-Schedule-Tag-Match: \"s1\"")
                .doesNotContain("If-Match:");
    }

    @Test
    void changeMeanwhile_isAConflict() {
        var event = meeting();
        host.changed();
        assertThat(kind(() -> calendar.update(
                        CalendarService.PRIMARY, event.id(), titled("Later"), event.version(), true, KEY)))
                .isEqualTo(Kind.CONFLICT);
        assertThat(kind(() -> calendar.delete(CalendarService.PRIMARY, event.id(), event.version(), true, KEY)))
                .isEqualTo(Kind.CONFLICT);
        assertThat(host.event()).contains("SUMMARY:Other Meeting");
    }

    @Test
    void cancelling_isLeftToTheHost() {
        var event = meeting();
        host.accepted();
        calendar.delete(CalendarService.PRIMARY, event.id(), event.version(), true, KEY);
        assertThat(host.event()).isEmpty();
        assertThat(host.said().getLast()).startsWith("DELETE").contains("If-Schedule-Tag-Match: \"s1\"");
    }

    @Test
    void answer_isWrittenAndToldByTheHost() {
        host.store("""
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Example Corp.//CalDAV Client//EN
            BEGIN:VEVENT
            UID:9263504FD3AD
            SEQUENCE:0
            DTSTAMP:20260302T185254Z
            DTSTART:20260320T160000Z
            DTEND:20260320T170000Z
            SUMMARY:Lunch
            ORGANIZER:mailto:bob@example.com
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@example.com
            ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:alice@example.com
            END:VEVENT
            END:VCALENDAR
            """);
        var event = calendar.respond(
                CalendarService.PRIMARY,
                "invitation.ics",
                Attendee.Answer.TENTATIVE,
                Optional.of("Perhaps"),
                Optional.empty(),
                true,
                KEY);
        assertThat(event.attendees())
                .filteredOn(Attendee::self)
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.TENTATIVE);
        assertThat(host.event()).contains("PARTSTAT=TENTATIVE", "COMMENT:Perhaps");
        assertThat(host.said()).singleElement().asString().contains("If-Schedule-Tag-Match: \"s1\"");
    }
}
