package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleCalendarTest {
    private static final String MAIN = CalendarService.PRIMARY;
    private static final String KEY = "zzzzzzzzzzzzzzzzzzzzzzzzzz";
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-03-20T09:00:00+01:00");
    private static final When.Timed MORNING = new When.Timed(START, START.plusHours(1), ZoneId.of("Europe/Berlin"));

    private final FakeGoogle google = new FakeGoogle();
    private final GoogleCalendar alice = new GoogleCalendar(google.upstream(FakeGoogle.ALICE));
    private final GoogleCalendar bob = new GoogleCalendar(google.upstream(FakeGoogle.BOB));

    @AfterEach
    void stop() {
        google.close();
    }

    private static EventDraft draft(When when, String... guests) {
        return new EventDraft(
                "Plan",
                when,
                "",
                "",
                List.of(guests).stream().map(Attendee::invited).toList(),
                List.of(),
                true);
    }

    private static EventChange to(When when) {
        return new EventChange(
                Optional.empty(),
                Optional.of(when),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static EventChange guests(List<Attendee> guests) {
        return new EventChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(guests),
                Optional.empty());
    }

    private long requests(String line) {
        return google.lines().stream().filter(one -> one.startsWith(line)).count();
    }

    @Test
    void eventId_isOfTheAlphabetThatGoogleTakesAndOfOneLength() {
        assertThat(CallKey.of(KEY).eventId()).matches("cs[0-9a-v]{27}");
        assertThat(CallKey.of("0".repeat(26)).eventId()).matches("cs0{27}");
        assertThat(CallKey.of("0".repeat(25) + "z").eventId()).endsWith("013");
    }

    @Test
    void createdAgainAfterALostAnswer_isTheSameEvent() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        google.fail("/calendar", 409, Refused.classic(409, "global", "duplicate", "Exists"), Map.of());
        assertThat(alice.create(MAIN, draft(MORNING), false, KEY)).isEqualTo(made);
    }

    @Test
    void createdAndDeletedMeanwhile_stillCountsAsMade() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        alice.delete(MAIN, made.id(), Optional.empty(), false, KEY);
        assertThat(alice.event(MAIN, made.id())).isEmpty();
        assertThat(alice.created(MAIN, KEY)).isPresent();
    }

    @Test
    void notify_saysWhetherPeopleAreWrittenTo() {
        var made = alice.create(MAIN, draft(MORNING, FakeGoogle.BOB), true, KEY);
        alice.update(MAIN, made.id(), to(MORNING), made.version(), false, KEY);
        alice.delete(MAIN, made.id(), Optional.empty(), true, KEY);
        assertThat(google.calendar.updates).containsExactly("all", "none", "all");
    }

    @Test
    void timesBecomeDaysAndDaysTimes() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        var days = new When.AllDay(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 21));
        assertThat(alice.update(MAIN, made.id(), to(days), Optional.empty(), false, KEY)
                        .when())
                .isEqualTo(days);
        assertThat(alice.update(MAIN, made.id(), to(MORNING), Optional.empty(), false, KEY)
                        .when())
                .isEqualTo(MORNING);
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin, Europe/Berlin", "UTC, UTC", "Z, UTC", "+05:00, Etc/GMT-5", "-03:00, Etc/GMT+3"})
    void zone_isNamedAsGoogleKnowsIt(String zone, String name) {
        var when = new When.Timed(START, START.plusHours(1), ZoneId.of(zone));
        alice.create(MAIN, draft(when), false, KEY);
        assertThat(google.requests.getLast().getBody().utf8()).contains("\"timeZone\":\"" + name + "\"");
    }

    @Test
    void guestsThatStay_keepWhatIsSaidOfThem() {
        var made = alice.create(MAIN, draft(MORNING, FakeGoogle.BOB), false, KEY);
        bob.respond(
                MAIN, made.id(), Attendee.Answer.TENTATIVE, Optional.of("Maybe late"), Optional.empty(), false, KEY);
        var guests = List.of(Attendee.invited(FakeGoogle.BOB), Attendee.invited("carla@example.com"));
        var changed = alice.update(MAIN, made.id(), guests(guests), Optional.empty(), false, KEY);
        assertThat(changed.attendees())
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.TENTATIVE, Attendee.Answer.NONE);
        assertThat(google.requests.getLast().getBody().utf8()).contains("Maybe late");
    }

    @Test
    void answerGivenAgain_sendsNothing() {
        var made = alice.create(MAIN, draft(MORNING, FakeGoogle.BOB, "carla@example.com"), false, KEY);
        bob.respond(MAIN, made.id(), Attendee.Answer.ACCEPTED, Optional.empty(), Optional.empty(), true, KEY);
        bob.respond(MAIN, made.id(), Attendee.Answer.ACCEPTED, Optional.empty(), Optional.empty(), true, KEY);
        assertThat(requests("PATCH")).isEqualTo(1);
        assertThat(alice.event(MAIN, made.id()).orElseThrow().attendees()).hasSize(2);
    }

    @Test
    void accountThatIsNotInvited_isToldSo() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> alice.respond(
                        MAIN, made.id(), Attendee.Answer.ACCEPTED, Optional.empty(), Optional.empty(), true, KEY))
                .withMessageContaining("not invited");
    }

    @Test
    void changeOfAnothersEvent_isTheOrganizersToMake() {
        var made = alice.create(MAIN, draft(MORNING, FakeGoogle.BOB), false, KEY);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> bob.update(MAIN, made.id(), to(MORNING), Optional.empty(), false, KEY))
                .withMessageContaining("Only the organizer");
    }

    @Test
    void calendars_areReadPageByPage() {
        google.fail("/calendar", 200, """
            {"items": [{"id": "a", "summary": "A", "accessRole": "writer", "timeZone": "Nowhere/Else"}],
             "nextPageToken": "1"}
            """, Map.of());
        assertThat(alice.calendars())
                .extracting(Calendar::id)
                .containsExactly(FakeGoogle.ALICE, "a", "de.holiday@group.v.calendar.google.com");
        assertThat(alice.calendars()).filteredOn(Calendar::writable).hasSize(2);
    }

    @Test
    void ownFreeTime_coversEveryCalendarThatIsOwned() {
        alice.create(FakeCalendar.second(FakeGoogle.ALICE), draft(MORNING), false, KEY);
        var window = new Window(START.toInstant(), START.plusDays(1).toInstant());
        var busy = alice.busy(List.of("Alice@Example.com", FakeGoogle.BOB), window);
        assertThat(busy.getFirst().times()).hasSize(1);
        assertThat(busy.getLast().times()).isEmpty();
        assertThat(busy.getLast().problem()).isEmpty();
    }
}
