package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrosoftCalendarTest {
    private static final String MAIN = CalendarService.PRIMARY;
    private static final String KEY = "zzzzzzzzzzzzzzzzzzzzzzzzzz";
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-03-20T09:00:00+01:00");
    private static final When.Timed MORNING = new When.Timed(START, START.plusHours(1), BERLIN);
    private static final Window DAY =
            new Window(START.toInstant(), START.plusDays(1).toInstant());

    private final FakeGraph graph = new FakeGraph();
    private final MicrosoftCalendar alice = new MicrosoftCalendar(graph.upstream(FakeGraph.ALICE));
    private final MicrosoftCalendar bob = new MicrosoftCalendar(graph.upstream(FakeGraph.BOB));

    @AfterEach
    void stop() {
        graph.close();
    }

    private static EventDraft draft(When when, List<String> recurrence, String... guests) {
        return new EventDraft(
                "Plan",
                when,
                "",
                "",
                List.of(guests).stream().map(Attendee::invited).toList(),
                recurrence,
                true);
    }

    private static EventDraft draft(When when, String... guests) {
        return draft(when, List.of(), guests);
    }

    private static EventChange change(Optional<When> when, Optional<String> description, List<Attendee> guests) {
        return new EventChange(
                Optional.empty(),
                when,
                Optional.empty(),
                description,
                guests.isEmpty() ? Optional.empty() : Optional.of(guests),
                Optional.empty());
    }

    private static EventChange to(When when) {
        return change(Optional.of(when), Optional.empty(), List.of());
    }

    private String lastBody() {
        return graph.requests.getLast().getBody().utf8();
    }

    private long posts() {
        return graph.count("POST");
    }

    @Test
    void newEvent_carriesTheKeyTwiceAndItsZoneAsOutlookNamesIt() {
        alice.create(MAIN, draft(MORNING), false, KEY);
        assertThat(lastBody())
                .contains("\"transactionId\":\"" + KEY + "\"", "Name CountersignCall\",\"value\":\"" + KEY + "\"")
                .contains("\"dateTime\":\"2026-03-20T09:00:00\",\"timeZone\":\"W. Europe Standard Time\"");
    }

    @Test
    void hourThatClocksRepeat_isWrittenInUtc() {
        var second = OffsetDateTime.parse("2026-10-25T02:30:00+01:00");
        var made = alice.create(MAIN, draft(new When.Timed(second, second.plusMinutes(15), BERLIN)), false, KEY);
        assertThat(lastBody()).contains("\"dateTime\":\"2026-10-25T01:30:00\",\"timeZone\":\"UTC\"");
        assertThat(made.when().window(BERLIN).from()).isEqualTo(second.toInstant());
    }

    @Test
    void createdAndDeletedMeanwhile_isSaidToBeMade() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        alice.delete(MAIN, made.id(), Optional.empty(), false, KEY);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.create(MAIN, draft(MORNING), false, KEY))
                .matches(failure -> failure.kind() == Kind.CONFLICT)
                .withMessageContaining("made already");
    }

    @Test
    void timesBecomeDaysAndDaysTimes() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        var days = new When.AllDay(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 21));
        assertThat(alice.update(MAIN, made.id(), to(days), Optional.empty(), false, KEY)
                        .when())
                .isEqualTo(days);
        assertThat(lastBody())
                .contains("\"dateTime\":\"2026-03-20T00:00:00\",\"timeZone\":\"W. Europe Standard Time\"");
        assertThat(alice.update(MAIN, made.id(), to(MORNING), Optional.empty(), false, KEY)
                        .when())
                .isEqualTo(MORNING);
    }

    @Test
    void versionThatPassedTheLook_isStillAConditionOfTheChange() {
        var made = alice.create(MAIN, draft(MORNING), false, KEY);
        alice.update(MAIN, made.id(), to(MORNING), made.version(), false, KEY);
        assertThat(graph.requests.getLast().getHeaders().get("If-Match"))
                .isEqualTo(made.version().orElseThrow());
        graph.fail("PATCH", 412, Refused.body("ErrorIrresolvableConflict"), Map.of());
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.update(MAIN, made.id(), to(MORNING), Optional.empty(), false, KEY))
                .matches(failure -> failure.kind() == Kind.CONFLICT);
    }

    @Test
    void movedSeries_beginsOnItsNewDay() {
        var made = alice.create(MAIN, draft(MORNING, List.of("RRULE:FREQ=DAILY;COUNT=3")), false, KEY);
        var later = new When.Timed(START.plusDays(1), START.plusDays(1).plusHours(1), BERLIN);
        var moved = alice.update(MAIN, made.id(), to(later), made.version(), false, KEY);
        assertThat(lastBody()).contains("\"startDate\":\"2026-03-21\"");
        assertThat(moved.recurrence()).containsExactly("RRULE:FREQ=DAILY;COUNT=3");
    }

    @Test
    void guestsThatStay_keepWhatIsSaidOfThem() {
        var made = alice.create(MAIN, draft(MORNING, FakeGraph.BOB), false, KEY);
        bob.respond(MAIN, made.id(), Attendee.Answer.TENTATIVE, Optional.of("Maybe late"), Optional.empty(), true, KEY);
        var guests = List.of(Attendee.invited("Bob@Example.com"), Attendee.invited("carla@example.com"));
        var changed = alice.update(
                MAIN, made.id(), change(Optional.empty(), Optional.empty(), guests), Optional.empty(), true, KEY);
        assertThat(changed.attendees())
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.TENTATIVE, Attendee.Answer.NONE);
    }

    @Test
    void answerGivenAgain_sendsNothing() {
        var made = alice.create(MAIN, draft(MORNING, FakeGraph.BOB), false, KEY);
        bob.respond(MAIN, made.id(), Attendee.Answer.ACCEPTED, Optional.of("Yes"), Optional.empty(), true, KEY);
        var before = posts();
        var again =
                bob.respond(MAIN, made.id(), Attendee.Answer.ACCEPTED, Optional.of("Yes"), Optional.empty(), true, KEY);
        assertThat(posts()).isEqualTo(before);
        assertThat(again.attendees())
                .filteredOn(Attendee::self)
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.ACCEPTED);
        assertThat(graph.calendar.answers)
                .hasSize(1)
                .first()
                .matches(answer -> answer.path("sendResponse").asBoolean()
                        && answer.path("comment").asString().equals("Yes"));
    }

    @Test
    void declinedInvitation_leavesTheCalendarAndSaysItsAnswer() {
        var made = alice.create(MAIN, draft(MORNING, FakeGraph.BOB), false, KEY);
        var declined =
                bob.respond(MAIN, made.id(), Attendee.Answer.DECLINED, Optional.empty(), Optional.empty(), false, KEY);
        assertThat(declined.attendees().getFirst().answer()).isEqualTo(Attendee.Answer.DECLINED);
        assertThat(bob.event(MAIN, made.id())).isEmpty();
        assertThat(graph.calendar.answers.getFirst().path("sendResponse").asBoolean(true))
                .isFalse();
    }

    @Test
    void organizer_hasNothingToAnswer() {
        var made = alice.create(MAIN, draft(MORNING, FakeGraph.BOB), false, KEY);
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> alice.respond(
                        MAIN, made.id(), Attendee.Answer.ACCEPTED, Optional.empty(), Optional.empty(), true, KEY))
                .withMessageContaining("organizes");
    }

    @Test
    void descriptionOfAnOnlineMeeting_isLeftAlone() {
        graph.fail("GET /v1.0/me/calendar/events/", 200, """
            {"id": "AAMk1", "isOnlineMeeting": true, "onlineMeeting": {"joinUrl": "https://teams.example/j"},
             "start": {"dateTime": "2026-03-20T08:00:00.0000000", "timeZone": "UTC"}}
            """, Map.of());
        var words = change(Optional.empty(), Optional.of("New words"), List.of());
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> alice.update(MAIN, "AAMk1", words, Optional.empty(), true, KEY))
                .withMessageContaining("online meeting");
        assertThat(graph.count("PATCH")).isZero();
    }

    @Test
    void calendars_areReadPageByPageAndSayWhatMayBeChanged() {
        graph.fail("GET /v1.0/me/calendars", 200, """
            {"value": [{"id": "a", "name": "A", "isDefaultCalendar": false, "canEdit": false}],
             "@odata.nextLink": "https://evil.example/v1.0/me/calendars?%24skip=0&%24top=10"}
            """, Map.of());
        var calendars = alice.calendars();
        assertThat(calendars).first().matches(one -> one.primary() && one.zone().equals(BERLIN));
        assertThat(calendars).extracting(Calendar::name).contains("A", "Team", "Feiertage");
        assertThat(calendars).filteredOn(one -> !one.writable()).hasSize(2);
        assertThat(graph.lines().subList(0, 2)).containsOnly("GET /v1.0/me/calendars");
    }

    @Test
    void ownFreeTime_coversOwnCalendarsAndNoSharedOnes() {
        alice.create(FakeCalendar.second(FakeGraph.ALICE), draft(MORNING), false, KEY);
        alice.create("AAMk-shared", draft(MORNING), false, "0".repeat(26));
        var busy = alice.busy(List.of("Alice@Example.com", FakeGraph.BOB), DAY);
        assertThat(busy.getFirst().times()).hasSize(1);
        assertThat(busy.getLast()).isEqualTo(new Busy(FakeGraph.BOB, List.of(), Optional.empty()));
    }

    @Test
    void accountThatMayNotAskForOthers_isToldSoAndStillKnowsItsOwnTimes() {
        alice.create(MAIN, draft(MORNING), false, KEY);
        graph.fail("POST /v1.0/me/calendar/getSchedule", 403, Refused.body("ErrorAccessDenied"), Map.of());
        var busy = alice.busy(List.of(FakeGraph.ALICE, FakeGraph.BOB), DAY);
        assertThat(busy.getFirst().times()).hasSize(1);
        assertThat(busy.getLast().problem())
                .hasValueSatisfying(words -> assertThat(words).contains("personal accounts"));
    }

    @Test
    void longTimesAndManyPeople_areAskedInParts() {
        var people =
                IntStream.range(0, 25).mapToObj(i -> "p" + i + "@example.com").toList();
        var quarter = new Window(START.toInstant(), START.plusDays(90).toInstant());
        assertThat(alice.busy(people, quarter))
                .hasSize(25)
                .allMatch(one -> one.problem().isPresent());
        assertThat(graph.count("POST /v1.0/me/calendar/getSchedule")).isEqualTo(2 * 3);
    }

    @Test
    void freeTimesOfOthers_areRightWhenClocksChangeAndWithExceptions() {
        var weekly = List.of("RRULE:FREQ=WEEKLY;COUNT=3");
        bob.create(MAIN, draft(MORNING, weekly), false, KEY);
        var april = new Window(START.toInstant(), START.plusDays(21).toInstant());
        var second = bob.events(MAIN, april, Optional.empty(), 10, Optional.empty())
                .items()
                .get(1);
        var moved = OffsetDateTime.parse("2026-03-28T09:00:00+01:00");
        bob.update(
                MAIN, second.id(), to(new When.Timed(moved, moved.plusHours(1), BERLIN)), second.version(), true, KEY);
        assertThat(alice.busy(List.of(FakeGraph.BOB), april).getFirst().times())
                .extracting(time -> time.from().toString())
                .containsExactlyInAnyOrder("2026-03-20T08:00:00Z", "2026-03-28T08:00:00Z", "2026-04-03T07:00:00Z");
    }

    @Test
    void eventInHtml_isReadAsTextAndCancelledOnesAreLeftOut() {
        graph.fail("GET /v1.0/me/calendar/calendarView", 200, """
            {"value": [
              {"id": "1", "subject": "Old", "isCancelled": true,
               "start": {"dateTime": "2026-03-20T08:00:00.0000000", "timeZone": "UTC"},
               "end": {"dateTime": "2026-03-20T09:00:00.0000000", "timeZone": "UTC"}},
              {"id": "2", "subject": "New", "isOrganizer": false, "showAs": "tentative", "changeKey": "k1",
               "body": {"contentType": "html", "content": "<html><body><p>One</p><p>Two</p></body></html>"},
               "organizer": {"emailAddress": {"name": "Dana", "address": "dana@example.com"}},
               "responseStatus": {"response": "notResponded"}, "originalStartTimeZone": "tzone://Microsoft/Custom",
               "start": {"dateTime": "2026-03-20T08:00:00.0000000", "timeZone": "UTC"},
               "end": {"dateTime": "2026-03-20T09:00:00.0000000", "timeZone": "UTC"}}]}
            """, Map.of());
        var events =
                alice.events(MAIN, DAY, Optional.empty(), 10, Optional.empty()).items();
        assertThat(events).hasSize(1);
        var event = events.getFirst();
        assertThat(event.description()).isEqualTo("One\n\nTwo");
        assertThat(event.status()).isEqualTo(Event.Status.CONFIRMED);
        assertThat(event.organizer().orElseThrow().address()).isEqualTo("dana@example.com");
        assertThat(event.version()).contains("W/\"k1\"");
        assertThat(event.own()).isFalse();
    }
}
