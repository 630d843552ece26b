package dev.countersign.connector.testkit;

import static dev.countersign.connector.testkit.Failures.failsWith;
import static dev.countersign.connector.testkit.Failures.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CalendarService} keeps to. The tests write into March and April 2031 of the main calendars, and first
 * delete from all calendars every event and series that reaches there: their accounts are for tests alone.
 */
public abstract class CalendarServiceContract {
    private static final String MAIN = CalendarService.PRIMARY;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate DAY = LocalDate.of(2031, 3, 3);
    private static final Window SPRING =
            new Window(Instant.parse("2031-02-28T00:00:00Z"), Instant.parse("2031-05-01T00:00:00Z"));

    /** A person and their calendars. */
    public record Owner(CalendarService calendar, String address) {}

    /** Somebody whose calendar no other test touches meanwhile. */
    protected abstract Owner owner();

    /** Another one at the same provider, who shares free and busy times with the first. */
    protected abstract Owner colleague();

    private CalendarService calendar;
    private String address;

    @BeforeEach
    void link() {
        var owner = owner();
        calendar = owner.calendar();
        address = owner.address();
        clear(calendar);
    }

    private static void clear(CalendarService calendar) {
        calendar.calendars().stream().filter(Calendar::writable).forEach(one -> clear(calendar, one.id()));
    }

    private static void clear(CalendarService calendar, String id) {
        var events = spring(calendar, id).stream()
                .map(event -> event.seriesId().orElse(event.id()))
                .distinct()
                .toList();
        events.forEach(event -> calendar.delete(id, event, Optional.empty(), false, key()));
    }

    static When.Timed at(LocalDate day, int hour, int minutes, ZoneId zone) {
        var start = LocalDateTime.of(day, LocalTime.of(hour, 0)).atZone(zone);
        return new When.Timed(
                start.toOffsetDateTime(), start.plusMinutes(minutes).toOffsetDateTime(), zone);
    }

    private static EventDraft draft(String title, When when) {
        return new EventDraft(
                title, when, "Room 4", "Bring the figures.\nÄnderungen: keine.", List.of(), List.of(), true);
    }

    private static EventDraft weekly(String title, When when) {
        return new EventDraft(title, when, "", "", List.of(), List.of("RRULE:FREQ=WEEKLY;COUNT=6"), true);
    }

    private static EventDraft inviting(String title, When when, String... addresses) {
        var invited = List.of(addresses).stream().map(Attendee::invited).toList();
        return new EventDraft(title, when, "", "", invited, List.of(), true);
    }

    private static EventChange title(String title) {
        return new EventChange(
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static EventChange when(When when) {
        return new EventChange(
                Optional.empty(),
                Optional.of(when),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Event create(EventDraft draft) {
        return calendar.create(MAIN, draft, false, key());
    }

    private List<Event> spring() {
        return spring(calendar, MAIN);
    }

    private static List<Event> spring(CalendarService calendar, String id) {
        return Pages.all(100, page -> calendar.events(id, SPRING, Optional.empty(), 100, page));
    }

    private static Instant start(Event event) {
        return event.when().window(BERLIN).from();
    }

    @Test
    void calendars_haveOneMainOneThatIsFirst() {
        assertThat(calendar.calendars()).first().matches(Calendar::primary);
        assertThat(calendar.calendars()).filteredOn(Calendar::primary).hasSize(1);
    }

    @Test
    void createdEvent_isReadBack() {
        var made = create(draft("Budget", at(DAY, 10, 45, BERLIN)));
        var read = calendar.event(MAIN, made.id()).orElseThrow();
        assertThat(read).isEqualTo(made);
        assertThat(read.title()).isEqualTo("Budget");
        assertThat(read.location()).isEqualTo("Room 4");
        assertThat(read.description()).isEqualTo("Bring the figures.\nÄnderungen: keine.");
        assertThat(read.status()).isEqualTo(Event.Status.CONFIRMED);
        assertThat(read.when().window(BERLIN)).isEqualTo(at(DAY, 10, 45, BERLIN).window(BERLIN));
        assertThat(read.when())
                .isInstanceOfSatisfying(
                        When.Timed.class, timed -> assertThat(timed.zone()).isEqualTo(BERLIN));
        assertThat(spring()).extracting(Event::id).containsExactly(made.id());
    }

    @Test
    void wholeDays_stayWholeDays() {
        var days = new When.AllDay(DAY, DAY.plusDays(2));
        var made = create(draft("Fair", days));
        assertThat(calendar.event(MAIN, made.id()).orElseThrow().when()).isEqualTo(days);
    }

    @Test
    void sameKeyTwice_makesOneEvent() {
        var key = key();
        var first = calendar.create(MAIN, draft("Once", at(DAY, 9, 30, BERLIN)), false, key);
        var second = calendar.create(MAIN, draft("Once", at(DAY, 9, 30, BERLIN)), false, key);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(spring()).hasSize(1);
        assertThat(calendar.created(MAIN, key).map(Event::id)).contains(first.id());
        assertThat(calendar.created(MAIN, key())).isEmpty();
    }

    @Test
    void change_keepsWhatItDoesNotName() {
        var made = create(draft("Before", at(DAY, 10, 45, BERLIN)));
        var changed = calendar.update(MAIN, made.id(), title("After"), made.version(), false, key());
        var read = calendar.event(MAIN, made.id()).orElseThrow();
        assertThat(read).isEqualTo(changed);
        assertThat(read.title()).isEqualTo("After");
        assertThat(read.location()).isEqualTo(made.location());
        assertThat(read.description()).isEqualTo(made.description());
        assertThat(read.when().window(BERLIN)).isEqualTo(made.when().window(BERLIN));
        assertThat(read.version()).isNotEqualTo(made.version());
    }

    @Test
    void staleVersion_isAConflictAndChangesNothing() {
        var made = create(draft("First", at(DAY, 10, 45, BERLIN)));
        calendar.update(MAIN, made.id(), title("Second"), made.version(), false, key());
        failsWith(Kind.CONFLICT, () -> calendar.update(MAIN, made.id(), title("Third"), made.version(), false, key()));
        failsWith(Kind.CONFLICT, () -> calendar.delete(MAIN, made.id(), made.version(), false, key()));
        assertThat(calendar.event(MAIN, made.id()).orElseThrow().title()).isEqualTo("Second");
    }

    @Test
    void deletedEvent_isGone() {
        var made = create(draft("Away", at(DAY, 10, 45, BERLIN)));
        calendar.delete(MAIN, made.id(), made.version(), false, key());
        assertThat(calendar.event(MAIN, made.id())).isEmpty();
        assertThat(spring()).isEmpty();
    }

    @Test
    void unknownIds_areEmptyOrNotFound() {
        assertThat(calendar.event(MAIN, "nosuchevent0123456789")).isEmpty();
        failsWith(
                Kind.NOT_FOUND,
                () -> calendar.update(MAIN, "nosuchevent0123456789", title("x"), Optional.empty(), false, key()));
        failsWith(
                Kind.NOT_FOUND,
                () -> calendar.events("no-such-calendar", SPRING, Optional.empty(), 10, Optional.empty()));
    }

    @Test
    void pages_giveEveryEventOnceByStart() {
        IntStream.range(0, 7).forEach(i -> create(draft("Day " + i, at(DAY.plusDays(i), 10, 30, BERLIN))));
        var events = Pages.all(3, page -> calendar.events(MAIN, SPRING, Optional.empty(), 3, page));
        assertThat(events)
                .extracting(Event::title)
                .containsExactly("Day 0", "Day 1", "Day 2", "Day 3", "Day 4", "Day 5", "Day 6");
    }

    @Test
    void window_takesWhatOverlapsItAndNothingElse() {
        create(draft("Before", at(DAY, 8, 60, BERLIN)));
        create(draft("Into", at(DAY, 9, 120, BERLIN)));
        create(draft("After", at(DAY, 12, 60, BERLIN)));
        var morning = new Window(
                at(DAY, 10, 60, BERLIN).start().toInstant(),
                at(DAY, 12, 60, BERLIN).start().toInstant());
        assertThat(calendar.events(MAIN, morning, Optional.empty(), 10, Optional.empty())
                        .items())
                .extracting(Event::title)
                .containsExactly("Into");
    }

    @Test
    void words_findEventsThatHoldThem() {
        create(draft("Quarterly review", at(DAY, 9, 60, BERLIN)));
        create(draft("Lunch", at(DAY, 12, 60, BERLIN)));
        assertThat(calendar.events(MAIN, SPRING, Optional.of("REVIEW"), 10, Optional.empty())
                        .items())
                .extracting(Event::title)
                .containsExactly("Quarterly review");
    }

    @Test
    void series_isExpandedAndKeepsItsHourWhenClocksChange() {
        var made = create(weekly("Weekly", at(LocalDate.of(2031, 3, 17), 10, 30, BERLIN)));
        assertThat(made.recurrence()).isNotEmpty();
        var instances = spring();
        assertThat(instances).hasSize(6).allMatch(event -> event.seriesId().equals(Optional.of(made.id())));
        assertThat(instances).extracting(Event::id).doesNotHaveDuplicates();
        // clocks go forward on 30 March 2031
        assertThat(instances)
                .extracting(event -> start(event).atZone(BERLIN).getHour())
                .containsOnly(10);
        assertThat(instances)
                .extracting(event -> start(event).toString())
                .contains("2031-03-24T09:00:00Z", "2031-03-31T08:00:00Z");
    }

    @Test
    void instanceChanged_leavesTheOthers() {
        create(weekly("Weekly", at(DAY, 10, 30, BERLIN)));
        var second = spring().get(1);
        calendar.update(MAIN, second.id(), title("Special"), second.version(), false, key());
        assertThat(spring())
                .extracting(Event::title)
                .containsExactly("Weekly", "Special", "Weekly", "Weekly", "Weekly", "Weekly");
    }

    @Test
    void instanceMoved_isThereOnce() {
        create(weekly("Weekly", at(DAY, 10, 30, BERLIN)));
        var second = spring().get(1);
        var moved = calendar.update(
                MAIN, second.id(), when(at(DAY.plusDays(8), 14, 30, BERLIN)), second.version(), false, key());
        assertThat(start(moved))
                .isEqualTo(at(DAY.plusDays(8), 14, 30, BERLIN).start().toInstant());
        assertThat(spring()).hasSize(6).extracting(event -> start(event)).contains(start(moved));
    }

    @Test
    void instanceDeleted_leavesTheOthers() {
        create(weekly("Weekly", at(DAY, 10, 30, BERLIN)));
        var second = spring().get(1);
        calendar.delete(MAIN, second.id(), second.version(), false, key());
        assertThat(spring()).hasSize(5).extracting(Event::id).doesNotContain(second.id());
    }

    @Test
    void seriesChanged_changesEveryInstance() {
        var made = create(weekly("Weekly", at(DAY, 10, 30, BERLIN)));
        calendar.update(MAIN, made.id(), title("Renamed"), made.version(), false, key());
        assertThat(spring()).hasSize(6).extracting(Event::title).containsOnly("Renamed");
    }

    @Test
    void seriesDeleted_takesEveryInstance() {
        var made = create(weekly("Weekly", at(DAY, 10, 30, BERLIN)));
        calendar.delete(MAIN, made.id(), made.version(), false, key());
        assertThat(spring()).isEmpty();
    }

    @Test
    void busyTimes_coverBusyEventsOnly() {
        create(draft("Busy", at(DAY, 10, 60, BERLIN)));
        create(new EventDraft("Free", at(DAY, 14, 60, BERLIN), "", "", List.of(), List.of(), false));
        var busy = calendar.busy(List.of(address, "nobody@unknown.invalid"), SPRING);
        assertThat(busy).hasSize(2);
        assertThat(busy.get(0).problem()).isEmpty();
        assertThat(busy.get(0).times().stream().map(Window::from))
                .containsExactly(at(DAY, 10, 60, BERLIN).start().toInstant());
        assertThat(busy.get(0).times())
                .allMatch(time -> Duration.between(time.from(), time.until()).toMinutes() == 60);
        assertThat(busy.get(1).problem()).isPresent();
    }

    @Test
    void invitation_isAnsweredAndTheOrganizerSeesIt() {
        var colleague = colleague();
        clear(colleague.calendar());
        var invitation =
                calendar.create(MAIN, inviting("Together", at(DAY, 10, 60, BERLIN), colleague.address()), true, key());
        assertThat(invitation.own()).isTrue();
        var received = Await.until("the invitation", () -> invited(colleague));
        assertThat(received.own()).isFalse();
        assertThat(received.organizer().orElseThrow().address()).isEqualToIgnoringCase(address);
        var key = key();
        for (var i = 0; i < 2; i++) {
            colleague
                    .calendar()
                    .respond(
                            MAIN,
                            received.id(),
                            Attendee.Answer.ACCEPTED,
                            Optional.of("Gladly"),
                            received.version(),
                            true,
                            key);
        }
        var answer = Await.until(
                "the answer",
                () -> calendar.event(MAIN, invitation.id()).stream()
                        .flatMap(event -> event.attendees().stream())
                        .filter(attendee -> attendee.address().equalsIgnoreCase(colleague.address()))
                        .map(Attendee::answer)
                        .filter(Attendee.Answer.ACCEPTED::equals)
                        .findFirst());
        assertThat(answer).isEqualTo(Attendee.Answer.ACCEPTED);
    }

    @Test
    void invitationThatChangedSinceItWasSeen_isNotAnswered() {
        var colleague = colleague();
        clear(colleague.calendar());
        calendar.create(MAIN, inviting("Together", at(DAY, 10, 60, BERLIN), colleague.address()), true, key());
        var seen = Await.until("the invitation", () -> invited(colleague));
        respond(colleague, seen, Attendee.Answer.TENTATIVE);
        Await.until(
                "the change",
                () -> invited(colleague).filter(now -> !now.version().equals(seen.version())));
        failsWith(Kind.CONFLICT, () -> respond(colleague, seen, Attendee.Answer.ACCEPTED));
    }

    private Event respond(Owner colleague, Event seen, Attendee.Answer answer) {
        return colleague.calendar().respond(MAIN, seen.id(), answer, Optional.empty(), seen.version(), false, key());
    }

    private static Optional<Event> invited(Owner colleague) {
        return colleague.calendar().events(MAIN, SPRING, Optional.of("Together"), 10, Optional.empty()).items().stream()
                .findFirst();
    }

    @Test
    void cancelledInvitation_leavesTheGuestsCalendar() {
        var colleague = colleague();
        clear(colleague.calendar());
        var made =
                calendar.create(MAIN, inviting("Together", at(DAY, 10, 60, BERLIN), colleague.address()), true, key());
        Await.until("the invitation", () -> invited(colleague));
        calendar.delete(MAIN, made.id(), made.version(), true, key());
        var gone = Await.until(
                "the cancellation", () -> invited(colleague).isEmpty() ? Optional.of(true) : Optional.empty());
        assertThat(gone).isTrue();
    }
}
