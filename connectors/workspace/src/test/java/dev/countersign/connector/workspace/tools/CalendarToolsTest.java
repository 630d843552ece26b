package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Question;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.When;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalendarToolsTest {
    private static final String MONDAY = "2026-11-30T10:00";
    private final FakeCalendar calendar = new FakeCalendar(FakeCall.WORK);
    private final FakeCall call = FakeCall.with(calendar);

    private static CalendarCreateEvent.Input creating(String title, String start, String end, List<String> attendees) {
        return new CalendarCreateEvent.Input(
                title,
                start,
                end,
                Optional.empty(),
                Optional.of("Café"),
                Optional.empty(),
                attendees,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Question askCreate(CalendarCreateEvent.Input in) {
        return FakeCall.<CalendarCreateEvent.Input, EventView>tool("calendar_create_event")
                .question()
                .orElseThrow()
                .about(in, call);
    }

    private EventView create(CalendarCreateEvent.Input in) {
        return FakeCall.<CalendarCreateEvent.Input, EventView>tool("calendar_create_event")
                .run()
                .call(in, call);
    }

    private static CalendarUpdateEvent.Input moving(String id, Events.ApplyTo applyTo, String start) {
        return new CalendarUpdateEvent.Input(
                id,
                Optional.ofNullable(applyTo),
                Optional.empty(),
                Optional.of(start),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CalendarUpdateEvent.Input guests(String id, List<String> add, List<String> remove) {
        return new CalendarUpdateEvent.Input(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                add,
                remove,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private EventView update(CalendarUpdateEvent.Input in) {
        return FakeCall.<CalendarUpdateEvent.Input, EventView>tool("calendar_update_event")
                .run()
                .call(in, call);
    }

    private Question askUpdate(CalendarUpdateEvent.Input in) {
        return FakeCall.<CalendarUpdateEvent.Input, EventView>tool("calendar_update_event")
                .question()
                .orElseThrow()
                .about(in, call);
    }

    private static List<String> values(Question question, String label) {
        return question.values().stream()
                .filter(value -> value.label().equals(label))
                .map(Question.Value::text)
                .toList();
    }

    @Test
    void invitation_showsEverythingAndReachesTheGuests() {
        var question = askCreate(creating("Lunch", MONDAY, "2026-11-30T11:30", List.of("Bob <bob@example.com>")));
        assertThat(question.verb()).isEqualTo("Create event");
        assertThat(values(question, "Account")).containsExactly("work <alice@work.example>");
        assertThat(values(question, "Title")).containsExactly("Lunch");
        assertThat(values(question, "When")).containsExactly("Mon 30 Nov 2026 10:00 to 11:30, Europe/Berlin (+01:00)");
        assertThat(values(question, "Where")).containsExactly("Café");
        assertThat(values(question, "Invited")).containsExactly("Bob <bob@example.com>");
        assertThat(question.reaches()).containsExactly("bob@example.com");
    }

    @Test
    void eventWithoutGuests_reachesNobody() {
        assertThat(askCreate(creating("Focus", MONDAY, "2026-11-30T11:30", List.of("ALICE@work.example")))
                        .reaches())
                .isEmpty();
    }

    @Test
    void asking_changesNothing() {
        askCreate(creating("Lunch", MONDAY, "2026-11-30T11:30", List.of()));
        assertThat(calendar.changes).isEmpty();
    }

    @Test
    void interruptedCreation_isRecognised() {
        var in = creating("Lunch", MONDAY, "2026-11-30T11:30", List.of());
        var tool = FakeCall.<CalendarCreateEvent.Input, EventView>tool("calendar_create_event");
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).isEmpty();
        var made = create(in);
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).contains(made);
    }

    @Test
    void titleOfTwoLines_isRefused() {
        assertThatThrownBy(() -> create(creating("a\r\nb", MONDAY, "2026-11-30T11:30", List.of())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("'title'");
    }

    @Test
    void startAlone_movesAndKeepsTheLength() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .build());
        var moved = update(moving("e", null, "2026-12-01T14:00"));
        assertThat(moved.start()).isEqualTo("2026-12-01T14:00+01:00");
        assertThat(moved.end()).isEqualTo("2026-12-01T14:45+01:00");
    }

    @Test
    void zoneOfTheEvent_isKeptForLocalTimes() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "America/New_York")
                .build());
        assertThat(update(moving("e", null, "2026-12-01T14:00")).start()).isEqualTo("2026-12-01T14:00-05:00");
    }

    @Test
    void recurringEvent_needsToKnowWhatIsMeant() {
        calendar.put(EventBuilder.timed("s_1", MONDAY, "2026-11-30T10:30", "Europe/Berlin")
                .instanceOf("s")
                .build());
        assertThatThrownBy(() -> update(moving("s_1", null, "2026-11-30T12:00")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("applyTo instance");
    }

    @Test
    void seriesMoved_keepsItsFirstDayAndItsHourAcrossClocks() {
        calendar.put(EventBuilder.timed("s", "2026-10-05T10:00", "2026-10-05T10:30", "Europe/Berlin")
                .repeating("RRULE:FREQ=WEEKLY;BYDAY=MO")
                .build());
        calendar.put(EventBuilder.timed("s_9", MONDAY, "2026-11-30T10:30", "Europe/Berlin")
                .instanceOf("s")
                .build());
        var moved = update(moving("s_9", Events.ApplyTo.SERIES, "2026-11-30T15:30"));
        assertThat(moved.id()).isEqualTo("s");
        assertThat(moved.start()).isEqualTo("2026-10-05T15:30+02:00");
        assertThat(moved.end()).isEqualTo("2026-10-05T16:00+02:00");
    }

    @Test
    void seriesBoundToDays_doesNotMoveToAnother() {
        calendar.put(EventBuilder.timed("s", "2026-10-05T10:00", "2026-10-05T10:30", "Europe/Berlin")
                .repeating("RRULE:FREQ=WEEKLY;BYDAY=MO")
                .build());
        calendar.put(EventBuilder.timed("s_9", MONDAY, "2026-11-30T10:30", "Europe/Berlin")
                .instanceOf("s")
                .build());
        assertThatThrownBy(() -> update(moving("s_9", Events.ApplyTo.SERIES, "2026-12-01T10:00")))
                .hasMessageContaining("create a new series");
    }

    @Test
    void guestsAddedAndRemoved_areShownAndReached() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .inviting("alice@work.example", "bob@example.com", "carol@example.com")
                .build());
        var in = guests("e", List.of("dan@example.com"), List.of("Bob@example.com"));
        var question = askUpdate(in);
        assertThat(values(question, "Added")).containsExactly("dan@example.com");
        assertThat(values(question, "Removed")).containsExactly("bob@example.com");
        assertThat(question.reaches())
                .containsExactlyInAnyOrder("bob@example.com", "carol@example.com", "dan@example.com");
        assertThat(question.version()).contains("1");
        assertThat(update(in).attendees())
                .extracting(EventView.Guest::address)
                .containsExactly("alice@work.example", "carol@example.com", "dan@example.com");
    }

    @Test
    void interruptedChange_isRecognised() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .build());
        var in = guests("e", List.of("dan@example.com"), List.of());
        var recover = FakeCall.<CalendarUpdateEvent.Input, EventView>tool("calendar_update_event")
                .recover()
                .orElseThrow();
        assertThat(recover.resultOf(in, call)).isEmpty();
        update(in);
        assertThat(recover.resultOf(in, call)).isPresent();
    }

    @Test
    void nothingToChange_isRefused() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .build());
        assertThatThrownBy(() -> update(guests("e", List.of(), List.of())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("Nothing to change");
    }

    @Test
    void unknownEvent_saysWhereIdsComeFrom() {
        assertThatThrownBy(() -> update(moving("nope", null, "2026-12-01T14:00")))
                .isInstanceOf(ToolException.class)
                .hasMessage("No event with id nope. Call calendar_list_events and use an id from it.");
    }

    @Test
    void deletingOneInstance_leavesTheSeries() {
        calendar.put(EventBuilder.timed("s", MONDAY, "2026-11-30T10:30", "Europe/Berlin")
                .repeating("RRULE:FREQ=DAILY")
                .build());
        calendar.put(EventBuilder.timed("s_1", MONDAY, "2026-11-30T10:30", "Europe/Berlin")
                .instanceOf("s")
                .build());
        var in = new CalendarDeleteEvent.Input(
                "s_1", Optional.of(Events.ApplyTo.INSTANCE), Optional.empty(), Optional.empty(), Optional.empty());
        var tool = FakeCall.<CalendarDeleteEvent.Input, CalendarDeleteEvent.Output>tool("calendar_delete_event");
        assertThat(values(tool.question().orElseThrow().about(in, call), "Applies to"))
                .containsExactly("this instance only");
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).isEmpty();
        tool.run().call(in, call);
        assertThat(calendar.events).containsOnlyKeys("s");
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).isPresent();
    }

    @Test
    void eventChangedAfterTheAnswer_isNeitherChangedNorDeleted() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .build());
        var update = moving("e", null, "2026-11-30T15:00");
        call.answering(askUpdate(update));
        FakeCall.<CalendarUpdateEvent.Input, EventView>tool("calendar_update_event")
                .run()
                .call(guests("e", List.of("mallory@evil.example"), List.of()), FakeCall.with(calendar));
        var delete = new CalendarDeleteEvent.Input(
                "e", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var tool = FakeCall.<CalendarDeleteEvent.Input, CalendarDeleteEvent.Output>tool("calendar_delete_event");

        assertThatThrownBy(() -> update(update)).hasMessageContaining("changed meanwhile");
        assertThatThrownBy(() -> tool.run().call(delete, call)).hasMessageContaining("changed meanwhile");
        assertThat(calendar.events).containsOnlyKeys("e");
    }

    @Test
    void ownInvitation_isNotAnswered() {
        calendar.put(EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .build());
        assertThatThrownBy(() -> respond("e")).hasMessageContaining("organizes the event");
        calendar.put(EventBuilder.timed("i", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .organizedBy("mallory@stranger.example")
                .build());
        assertThat(respond("i").reaches()).containsExactly("mallory@stranger.example");
    }

    private static CalendarRespond.Input accepting(String id) {
        return new CalendarRespond.Input(
                id,
                CalendarRespond.Answer.ACCEPTED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Question respond(String id) {
        return FakeCall.<CalendarRespond.Input, EventView>tool("calendar_respond")
                .question()
                .orElseThrow()
                .about(accepting(id), call);
    }

    @Test
    void invitationThatChangedAfterItWasShown_isNotAnswered() {
        calendar.put(EventBuilder.timed("i", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .organizedBy("mallory@stranger.example")
                .build());
        call.answering(respond("i").atVersion(Optional.of("0")));

        var tool = FakeCall.<CalendarRespond.Input, EventView>tool("calendar_respond");
        assertThatThrownBy(() -> tool.run().call(accepting("i"), call)).hasMessageContaining("changed meanwhile");
        assertThat(calendar.changes).isEmpty();
    }

    @Test
    void othersEvents_areForeignAndOwnOnesAreNot() {
        Event own = EventBuilder.timed("e", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .build();
        assertThat(EventView.whole(own, FakeCall.WORK).foreign()).isEmpty();
        var theirs = EventBuilder.timed("i", MONDAY, "2026-11-30T10:45", "Europe/Berlin")
                .organizedBy("mallory@stranger.example")
                .inviting("eve@stranger.example")
                .build();
        assertThat(EventView.whole(theirs, FakeCall.WORK).foreign())
                .singleElement()
                .satisfies(foreign -> {
                    assertThat(foreign.author()).isEqualTo("mallory@stranger.example");
                    assertThat(foreign.text()).contains("Title of i", "Details", "eve@stranger.example");
                });
    }

    @Test
    void wholeDays_areShownWithTheirLastDay() {
        var view = EventView.brief(
                EventBuilder.days("d", "2026-12-24", "2026-12-27").build(), FakeCall.WORK);
        assertThat(view.start()).isEqualTo("2026-12-24");
        assertThat(view.end()).isEqualTo("2026-12-26");
        assertThat(Shown.when(Times.when("2026-12-24", "2026-12-26", FakeCalendar.BERLIN)))
                .isEqualTo("Thu 24 Dec 2026 to Sat 26 Dec 2026, all day");
        assertThat(new When.AllDay(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-27")))
                .isEqualTo(Times.when("2026-12-24", "2026-12-26", FakeCalendar.BERLIN));
    }
}
