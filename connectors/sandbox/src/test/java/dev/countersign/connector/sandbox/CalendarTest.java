package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarTest {
    private static final String KEY = "0123456789abcdefghijklmnop";
    private static final Window TWO_WEEKS = new Window(Bench.TODAY, Bench.TODAY.plus(Duration.ofDays(14)));
    private static final Window AROUND_SUMMER_TIME =
            new Window(Bench.TODAY.plus(Duration.ofDays(8)), Bench.TODAY.plus(Duration.ofDays(14)));

    @TempDir
    Path folder;

    private Bench bench;
    private CalendarService alice;
    private CalendarService bob;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
        alice = new SandboxCalendar(bench.upstream("alice@example.com"));
        bob = new SandboxCalendar(bench.upstream("bob@example.com"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static EventDraft draft(String title, Attendee... guests) {
        return new EventDraft(
                title,
                new When.Timed(
                        OffsetDateTime.parse("2026-03-20T09:00:00+01:00"),
                        OffsetDateTime.parse("2026-03-20T10:00:00+01:00"),
                        ZoneId.of("Europe/Berlin")),
                "Room",
                "About",
                List.of(guests),
                List.of(),
                true);
    }

    private static EventChange retitled(String title) {
        return new EventChange(
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Event> all(CalendarService service, Window window) {
        return service.events(CalendarService.PRIMARY, window, Optional.empty(), 250, Optional.empty())
                .items();
    }

    private static void assertKind(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void calendars_beginWithTheMainOne() {
        var calendars = alice.calendars();
        assertThat(calendars.getFirst().primary()).isTrue();
        assertThat(calendars).extracting("name").contains("Family");
    }

    @Test
    void seededEvents_areExpandedInOrderWithZonesAndWholeDays() {
        var events = all(alice, TWO_WEEKS);
        assertThat(events).extracting(Event::title).contains("Atlas stand-up", "Call with Metro Lisboa", "Dentist");
        assertThat(events.stream().filter(event -> event.title().equals("Atlas stand-up")))
                .hasSize(10);
        var starts = events.stream()
                .map(event -> event.when().window(ZoneId.of("Europe/Berlin")).from())
                .toList();
        assertThat(starts).isSorted();
        assertThat(events.stream()
                        .map(Event::when)
                        .filter(When.Timed.class::isInstance)
                        .map(When.Timed.class::cast))
                .extracting(When.Timed::zone)
                .contains(ZoneId.of("Europe/Lisbon"), ZoneId.of("Asia/Kolkata"), ZoneId.of("America/New_York"));
        assertThat(alice.events("alice-family", TWO_WEEKS, Optional.of("holidays"), 10, Optional.empty())
                        .items())
                .singleElement()
                .extracting(Event::when)
                .isEqualTo(new When.AllDay(LocalDate.parse("2026-03-27"), LocalDate.parse("2026-04-01")));
    }

    @Test
    void seriesOverSummerTime_keepsItsLocalTime() {
        var standUps = all(alice, AROUND_SUMMER_TIME).stream()
                .filter(event -> event.title().equals("Atlas stand-up"))
                .map(event -> ((When.Timed) event.when()).start())
                .toList();
        assertThat(standUps).extracting(OffsetDateTime::toLocalTime).containsOnly(LocalTime.of(9, 30));
        assertThat(new HashSet<>(
                        standUps.stream().map(OffsetDateTime::getOffset).toList()))
                .hasSize(2);
    }

    @Test
    void pages_giveEveryEventOnce() {
        var found = new ArrayList<String>();
        var page = Optional.<String>empty();
        do {
            var events = alice.events(CalendarService.PRIMARY, TWO_WEEKS, Optional.empty(), 3, page);
            assertThat(events.items()).hasSizeLessThanOrEqualTo(3);
            events.items().forEach(event -> found.add(event.id()));
            page = events.next();
        } while (page.isPresent());
        assertThat(found)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(
                        all(alice, TWO_WEEKS).stream().map(Event::id).toList());
    }

    @Test
    void createdTwiceWithOneKey_isOneEvent() {
        var first = alice.create(CalendarService.PRIMARY, draft("Once"), false, KEY);
        var second = alice.create(CalendarService.PRIMARY, draft("Once"), false, KEY);
        assertThat(second).isEqualTo(first);
        assertThat(alice.created(CalendarService.PRIMARY, KEY)).contains(first);
        assertThat(all(alice, TWO_WEEKS).stream().filter(event -> event.title().equals("Once")))
                .hasSize(1);
    }

    @Test
    void otherEventWithTheSameId_isAConflict() {
        var token = bench.link("alice@example.com").access();
        var upstream = new DirectUpstream(bench.origin.resolve("/api/"), token);
        alice.create(CalendarService.PRIMARY, draft("One"), false, KEY);
        var other = Json.read("""
            {"id":"%s","title":"Other","start":{"date":"2026-03-20"},"end":{"date":"2026-03-21"}}\
            """.formatted(KEY), CalendarJson.Change.class);
        assertKind(
                Kind.CONFLICT,
                () -> upstream.post("calendars/primary/events").body(other).send());
    }

    @Test
    void invitation_isSeenAnsweredAndToldByMail() {
        var made = alice.create(CalendarService.PRIMARY, draft("Plan", Attendee.invited("bob@example.com")), true, KEY);
        assertThat(made.own()).isTrue();
        var invited = bob.event(CalendarService.PRIMARY, made.id()).orElseThrow();
        assertThat(invited.own()).isFalse();
        bob.respond(
                CalendarService.PRIMARY,
                made.id(),
                Attendee.Answer.ACCEPTED,
                Optional.of("Gladly"),
                invited.version(),
                true,
                "r" + KEY);
        assertThat(alice.event(CalendarService.PRIMARY, made.id()).orElseThrow().attendees())
                .filteredOn(guest -> guest.address().equals("bob@example.com"))
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.ACCEPTED);
        var bobsMail = new SandboxMail(bench.upstream("bob@example.com"));
        assertThat(bobsMail.search(MailQuery.in("inbox"), 1, Optional.empty())
                        .items()
                        .getFirst()
                        .subject())
                .isEqualTo("Invitation: Plan");
        assertThat(bench.sentBy("alice@example.com").items()).isEmpty();
    }

    @Test
    void eventOfSomebodyElse_cannotBeChanged() {
        var made =
                alice.create(CalendarService.PRIMARY, draft("Plan", Attendee.invited("bob@example.com")), false, KEY);
        assertKind(
                Kind.FORBIDDEN,
                () -> bob.update(
                        CalendarService.PRIMARY, made.id(), retitled("Mine"), Optional.empty(), false, "u" + KEY));
    }

    @Test
    void eventOfSomebodyElse_isNotSeenAtAll() {
        var made = alice.create(CalendarService.PRIMARY, draft("Alone"), false, KEY);
        assertThat(bob.event(CalendarService.PRIMARY, made.id())).isEmpty();
        assertKind(Kind.NOT_FOUND, () -> bob.delete("alice", made.id(), Optional.empty(), false, "d" + KEY));
    }

    @Test
    void staleVersion_isAConflict() {
        var made = alice.create(CalendarService.PRIMARY, draft("Old"), false, KEY);
        var changed =
                alice.update(CalendarService.PRIMARY, made.id(), retitled("New"), made.version(), false, "a" + KEY);
        assertThat(changed.version()).isNotEqualTo(made.version());
        assertThat(changed.location()).isEqualTo("Room");
        assertKind(
                Kind.CONFLICT,
                () -> alice.update(
                        CalendarService.PRIMARY, made.id(), retitled("Newer"), made.version(), false, "b" + KEY));
    }

    @Test
    void changeRepeatedWithItsKey_isAnsweredAsTheFirst() {
        var made = alice.create(CalendarService.PRIMARY, draft("Old"), false, KEY);
        var first = alice.update(CalendarService.PRIMARY, made.id(), retitled("New"), made.version(), false, "a" + KEY);
        var second =
                alice.update(CalendarService.PRIMARY, made.id(), retitled("New"), made.version(), false, "a" + KEY);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void changedOccurrence_leavesItsSeries() {
        var standUp = standUps().get(1);
        alice.update(CalendarService.PRIMARY, standUp.id(), retitled("Long stand-up"), standUp.version(), false, KEY);
        assertThat(standUps()).hasSize(9);
        assertThat(alice.event(CalendarService.PRIMARY, standUp.id())
                        .orElseThrow()
                        .title())
                .isEqualTo("Long stand-up");
        assertThat(all(bob, TWO_WEEKS)).extracting(Event::title).contains("Long stand-up");
    }

    private List<Event> standUps() {
        return all(alice, TWO_WEEKS).stream()
                .filter(event -> event.title().equals("Atlas stand-up"))
                .toList();
    }

    @Test
    void deletedOccurrence_staysAwayAndItsSeriesStays() {
        var standUp = standUps().getFirst();
        alice.delete(CalendarService.PRIMARY, standUp.id(), standUp.version(), false, KEY);
        assertThat(alice.event(CalendarService.PRIMARY, standUp.id())).isEmpty();
        assertThat(standUps()).hasSize(9).extracting(Event::id).doesNotContain(standUp.id());
    }

    @Test
    void guestWhoDeletes_declinesAndTheOthersKeepIt() {
        var standUp = standUps().getFirst();
        bob.delete(CalendarService.PRIMARY, standUp.id(), Optional.empty(), false, KEY);
        assertThat(bob.event(CalendarService.PRIMARY, standUp.id())).isEmpty();
        assertThat(all(bob, TWO_WEEKS)).extracting(Event::id).doesNotContain(standUp.id());
        assertThat(alice.event(CalendarService.PRIMARY, standUp.id())
                        .orElseThrow()
                        .attendees())
                .filteredOn(guest -> guest.address().equals("bob@example.com"))
                .extracting(Attendee::answer)
                .containsExactly(Attendee.Answer.DECLINED);
    }

    @Test
    void deletedSeries_takesItsChangedOccurrencesAlong() {
        var standUp = standUps().get(1);
        alice.update(CalendarService.PRIMARY, standUp.id(), retitled("Apart"), Optional.empty(), false, KEY);
        alice.delete(CalendarService.PRIMARY, "atlasstandup", Optional.empty(), false, "d" + KEY);
        assertThat(all(alice, TWO_WEEKS)).extracting(Event::title).doesNotContain("Atlas stand-up", "Apart");
        assertThat(all(bob, TWO_WEEKS)).extracting(Event::title).doesNotContain("Atlas stand-up", "Apart");
    }

    @Test
    void newSeries_isExpanded() {
        var weekly = new EventDraft(
                "Choir", draft("").when(), "", "", List.of(), List.of("RRULE:FREQ=WEEKLY;COUNT=2"), true);
        var made = alice.create(CalendarService.PRIMARY, weekly, false, KEY);
        assertThat(made.recurrence()).containsExactly("RRULE:FREQ=WEEKLY;COUNT=2");
        assertThat(all(alice, TWO_WEEKS).stream().filter(event -> event.title().equals("Choir")))
                .hasSize(2)
                .allMatch(event -> event.seriesId().equals(Optional.of(KEY)));
    }

    @Test
    void freeBusy_tellsTimesOfColleaguesAndNothingOfStrangers() {
        var answers = alice.busy(List.of("alice@example.com", "dev@example.com", "x@stranger.example"), TWO_WEEKS);
        assertThat(answers.get(1).problem()).isEmpty();
        // Bench tests, ten to two in Kolkata
        assertThat(answers.get(1).times())
                .contains(new Window(
                        OffsetDateTime.parse("2026-03-19T10:00:00+05:30").toInstant(),
                        OffsetDateTime.parse("2026-03-19T14:00:00+05:30").toInstant()));
        assertThat(answers.get(2).problem()).isPresent();
    }

    @Test
    void ownFreeBusy_coversAllCalendarsButWhatIsFree() {
        var times =
                alice.busy(List.of("alice@example.com"), TWO_WEEKS).getFirst().times();
        var swimming = OffsetDateTime.parse("2026-03-19T17:00:00+01:00").toInstant();
        assertThat(times).anyMatch(time -> time.from().equals(swimming));
        assertThat(times)
                .noneMatch(time -> Duration.between(time.from(), time.until()).toDays() > 3);
    }

    @Test
    void wrongInput_isInvalid() {
        var upstream = bench.upstream("alice@example.com");
        for (var body : List.of(
                "{",
                "null",
                "{}",
                "{\"start\":{\"date\":\"2026-03-20\"},\"end\":{\"date\":\"2026-03-20\"}}",
                "{\"start\":{\"time\":\"noon\"},\"end\":{\"time\":\"later\"}}",
                "{\"start\":{\"date\":\"2026-03-20\"},\"end\":{\"date\":\"2026-03-21\"},\"recurrence\":[\"RRULE:FREQ=HOURLY\"]}",
                "{\"start\":{\"date\":\"2026-03-20\"},\"end\":{\"date\":\"2026-03-21\"},\"attendees\":[{\"address\":\"nobody\"}]}")) {
            assertKind(
                    Kind.INVALID,
                    () -> upstream.post("calendars/primary/events")
                            .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), "application/json")
                            .send());
        }
        assertKind(
                Kind.INVALID,
                () -> upstream.get("calendars/primary/events")
                        .query("cursor", "x")
                        .send());
        assertKind(
                Kind.INVALID,
                () -> upstream.get("calendars/primary/events")
                        .query("limit", "0")
                        .send());
        assertKind(Kind.NOT_FOUND, () -> upstream.get("calendars/other/events").send());
    }
}
