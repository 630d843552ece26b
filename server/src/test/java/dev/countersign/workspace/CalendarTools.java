package dev.countersign.workspace;

import static dev.countersign.workspace.Workspace.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.front.Await;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tools of calendars. Each test has a week of 2031 of its own. */
interface CalendarTools extends Workspace {
    String BERLIN = "Europe/Berlin";

    private static Map<String, Object> event(String title, LocalDate day, String from, String until) {
        return Map.of("title", title, "start", day + "T" + from, "end", day + "T" + until, "zone", BERLIN);
    }

    private static Map<String, Object> weekOf(LocalDate day) {
        return Map.of("from", day.toString(), "until", day.plusDays(6).toString(), "zone", BERLIN);
    }

    private static String id(JsonNode event) {
        return event.path("id").asString();
    }

    private static Instant start(JsonNode event) {
        return OffsetDateTime.parse(event.path("start").asString()).toInstant();
    }

    private static List<String> titles(List<JsonNode> events) {
        return events.stream().map(event -> event.path("title").asString()).toList();
    }

    private static Optional<JsonNode> first(Desk desk, Map<String, Object> range, String title) {
        return desk.list("calendar_list_events", "events", range).stream()
                .filter(event -> event.path("title").asString().equals(title))
                .findFirst();
    }

    @Test
    default void calendars_nameTheMainOneWhichCanBeWrittenTo() {
        var main = alice().list("calendar_list_calendars", "calendars", Map.of()).stream()
                .filter(calendar -> calendar.path("primary").asBoolean())
                .toList();

        assertThat(main).hasSize(1);
        assertThat(main.getFirst().path("writable").asBoolean()).isTrue();
        assertThat(main.getFirst().path("id").asString()).isNotBlank();
    }

    @Test
    default void createdEvent_isReadAsItWasWritten() {
        var wanted = with(
                with(event("Zeta kick-off", LocalDate.of(2031, 1, 6), "10:00", "11:30"), "location", "Hall 4"),
                "description",
                "Bring the drawings.\nAll of them.");

        var made = alice().done("calendar_create_event", wanted);
        var read = alice().get("calendar_get_event", Map.of("id", id(made)));

        assertThat(read.path("title").asString()).isEqualTo("Zeta kick-off");
        assertThat(read.path("location").asString()).isEqualTo("Hall 4");
        assertThat(read.path("description").asString().strip()).isEqualTo("Bring the drawings.\nAll of them.");
        assertThat(start(read)).isEqualTo("2031-01-06T09:00:00Z");
        assertThat(OffsetDateTime.parse(read.path("end").asString()).toInstant())
                .isEqualTo("2031-01-06T10:30:00Z");
        assertThat(read.path("own").asBoolean()).isTrue();
    }

    @Test
    default void sameCallAgain_makesNoSecondEvent() {
        var day = LocalDate.of(2031, 1, 13);
        var wanted = event("Zeta only once", day, "10:00", "11:00");

        var made = alice().done("calendar_create_event", wanted);
        var again = alice().get("calendar_create_event", wanted);

        assertThat(id(again)).isEqualTo(id(made));
        assertThat(titles(alice().list("calendar_list_events", "events", weekOf(day))))
                .containsExactly("Zeta only once");
    }

    @Test
    default void unansweredEvent_isNotThere() {
        var day = LocalDate.of(2031, 1, 20);

        assertThat(alice().ask("calendar_create_event", event("Zeta unanswered", day, "10:00", "11:00")))
                .isNotNull();

        assertThat(alice().list("calendar_list_events", "events", weekOf(day))).isEmpty();
    }

    @Test
    default void series_isExpandedOverPagesAndKeepsItsHour() {
        var weekly = with(
                event("Zeta weekly", LocalDate.of(2031, 3, 17), "10:00", "10:30"),
                "recurrence",
                "RRULE:FREQ=WEEKLY;COUNT=5");
        alice().done("calendar_create_event", weekly);
        var range = Map.of("from", "2031-03-17", "until", "2031-04-20", "zone", BERLIN, "limit", 2);

        var first = alice().get("calendar_list_events", range);
        var all = alice().pages("calendar_list_events", "events", range);

        assertThat(first.path("events").valueStream()).hasSize(2);
        assertThat(titles(all)).hasSize(5).containsOnly("Zeta weekly");
        assertThat(all).extracting(CalendarTools::id).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(event -> event.path("seriesId").asString(""))
                .doesNotContain("")
                .containsOnly(all.getFirst().path("seriesId").asString());
        // clocks go forward on 30 March 2031
        assertThat(all)
                .extracting(event -> start(event).toString())
                .containsExactly(
                        "2031-03-17T09:00:00Z",
                        "2031-03-24T09:00:00Z",
                        "2031-03-31T08:00:00Z",
                        "2031-04-07T08:00:00Z",
                        "2031-04-14T08:00:00Z");
    }

    @Test
    default void cursorOfAnotherCall_isRefused() {
        for (var hour : List.of("09", "10", "11")) {
            alice().done(
                            "calendar_create_event",
                            event("Zeta at " + hour, LocalDate.of(2031, 4, 28), hour + ":00", hour + ":30"));
        }
        var range = with(weekOf(LocalDate.of(2031, 4, 28)), "limit", 1);
        var cursor =
                alice().get("calendar_list_events", range).path("nextCursor").asString("");

        var told = alice().failure(
                        "calendar_list_events",
                        with(with(weekOf(LocalDate.of(2031, 5, 5)), "limit", 1), "cursor", cursor));

        assertThat(cursor).isNotBlank();
        assertThat(told).contains("cursor");
    }

    @Test
    default void words_findTheEvent() {
        var day = LocalDate.of(2031, 5, 12);
        alice().done("calendar_create_event", event("Zeta marmalade tasting", day, "10:00", "11:00"));
        alice().done("calendar_create_event", event("Zeta lunch", day, "12:00", "13:00"));

        var found = alice().list("calendar_search_events", "events", with(weekOf(day), "text", "MARMALADE"));

        assertThat(titles(found)).containsExactly("Zeta marmalade tasting");
    }

    @Test
    default void changedEvent_isReadChanged_andTheRestStays() {
        var day = LocalDate.of(2031, 5, 19);
        var made = alice().done(
                        "calendar_create_event",
                        with(event("Zeta draft", day, "10:00", "11:00"), "location", "Hall 1"));

        alice().done(
                        "calendar_update_event",
                        Map.of("id", id(made), "title", "Zeta final", "start", day + "T14:00", "zone", BERLIN));

        var read = alice().get("calendar_get_event", Map.of("id", id(made)));
        assertThat(read.path("title").asString()).isEqualTo("Zeta final");
        assertThat(read.path("location").asString()).isEqualTo("Hall 1");
        assertThat(start(read)).isEqualTo("2031-05-19T12:00:00Z");
        assertThat(OffsetDateTime.parse(read.path("end").asString()).toInstant())
                .isEqualTo("2031-05-19T13:00:00Z");
    }

    @Test
    default void instanceMovedAndInstanceDeleted_leaveTheOthers() {
        var monday = LocalDate.of(2031, 6, 2);
        alice().done(
                        "calendar_create_event",
                        with(
                                event("Zeta series", monday, "10:00", "10:30"),
                                "recurrence",
                                "RRULE:FREQ=WEEKLY;COUNT=4"));
        var range = Map.of("from", "2031-06-02", "until", "2031-06-29", "zone", BERLIN);
        var instances = alice().list("calendar_list_events", "events", range);

        alice().done(
                        "calendar_update_event",
                        Map.of(
                                "id",
                                id(instances.get(1)),
                                "applyTo",
                                "instance",
                                "start",
                                "2031-06-10T15:00",
                                "zone",
                                BERLIN));
        alice().approved("calendar_delete_event", Map.of("id", id(instances.get(2)), "applyTo", "instance"));

        // the second goes from Monday the 9th to Tuesday the 10th, the third is gone
        assertThat(alice().list("calendar_list_events", "events", range))
                .extracting(event -> start(event).toString())
                .containsExactly("2031-06-02T08:00:00Z", "2031-06-10T13:00:00Z", "2031-06-23T08:00:00Z");
    }

    @Test
    default void deletedEvent_isAskedByPageAndGone() {
        var day = LocalDate.of(2031, 7, 7);
        var made = alice().done("calendar_create_event", event("Zeta to go", day, "10:00", "11:00"));

        var gone = alice().approved("calendar_delete_event", Map.of("id", id(made)));

        assertThat(id(gone)).isEqualTo(id(made));
        assertThat(alice().list("calendar_list_events", "events", weekOf(day))).isEmpty();
        assertThat(alice().failure("calendar_get_event", Map.of("id", id(made))))
                .contains("calendar_list_events");
    }

    @Test
    default void declinedDeletion_deletesNothing() {
        var day = LocalDate.of(2031, 7, 14);
        var made = alice().done("calendar_create_event", event("Zeta to stay", day, "10:00", "11:00"));
        var deletion = Map.of("id", id(made));

        var asked = alice().ask("calendar_delete_event", deletion);
        alice().surfer().decline(asked.page().orElseThrow());
        var answer = alice().outcome("calendar_delete_event", deletion, asked);

        assertThat(answer.isError()).isTrue();
        assertThat(answer.text()).containsIgnoringCase("declined");
        assertThat(titles(alice().list("calendar_list_events", "events", weekOf(day))))
                .containsExactly("Zeta to stay");
    }

    @Test
    default void eventChangedBeforeTheAnswer_isNotDeletedButAskedAboutAnew() {
        var day = LocalDate.of(2031, 7, 21);
        var made = alice().done("calendar_create_event", event("Zeta as asked", day, "10:00", "11:00"));
        var deletion = Map.of("id", id(made));
        var asked = alice().ask("calendar_delete_event", deletion);
        alice().done("calendar_update_event", Map.of("id", id(made), "title", "Zeta changed since"));

        alice().surfer().approve(asked.page().orElseThrow());
        var answer = alice().outcome("calendar_delete_event", deletion, asked);

        assertThat(answer.structured().isMissingNode()).as(answer.text()).isTrue();
        assertThat(titles(alice().list("calendar_list_events", "events", weekOf(day))))
                .containsExactly("Zeta changed since");
        alice().approved("calendar_delete_event", deletion);
        assertThat(alice().list("calendar_list_events", "events", weekOf(day))).isEmpty();
    }

    @Test
    default void invitation_isAskedByPage_answered_andTheOrganizerSeesTheAnswer() {
        var day = LocalDate.of(2031, 8, 4);
        var made = alice().approved(
                        "calendar_create_event",
                        with(event("Zeta together", day, "10:00", "11:00"), "attendees", List.of(bobsAddress())));
        var invited = Await.found("the invitation", () -> {
            provider().settle();
            return first(bob(), weekOf(day), "Zeta together");
        });
        assertThat(invited.path("own").asBoolean()).isFalse();
        assertThat(invited.path("organizer").asString()).contains(alicesAddress());

        bob().approved("calendar_respond", Map.of("id", id(invited), "answer", "accepted"));

        Await.until("the answer", () -> {
            provider().settle();
            return alice().get("calendar_get_event", Map.of("id", id(made)))
                    .path("attendees")
                    .valueStream()
                    .anyMatch(guest -> guest.path("address").asString().equalsIgnoreCase(bobsAddress())
                            && guest.path("answer").asString().equals("accepted"));
        });
    }

    @Test
    default void freeTime_isWhatNoBusyEventCovers() {
        var monday = LocalDate.of(2031, 9, 1);
        alice().done("calendar_create_event", event("Zeta busy", monday, "10:00", "12:00"));
        alice().done("calendar_create_event", with(event("Zeta free", monday, "13:00", "14:00"), "busy", false));
        bob().done("calendar_create_event", event("Zeta of Bob", monday, "15:00", "16:00"));

        var answer = alice().get(
                        "calendar_find_free_time",
                        Map.of(
                                "minutes",
                                30,
                                "from",
                                monday.toString(),
                                "until",
                                monday.toString(),
                                "zone",
                                BERLIN,
                                "attendees",
                                List.of(bobsAddress())));

        var slots = answer.path("free")
                .valueStream()
                .map(slot -> start(slot) + " " + slot.path("minutes").asInt())
                .toList();
        // 9 to 17 in Berlin's summer is 7 to 15 in UTC
        assertThat(slots)
                .isEqualTo(
                        provider().knowsOthersBusyTimes()
                                ? List.of(
                                        "2031-09-01T07:00:00Z 60",
                                        "2031-09-01T10:00:00Z 180",
                                        "2031-09-01T14:00:00Z 60")
                                : List.of("2031-09-01T07:00:00Z 60", "2031-09-01T10:00:00Z 300"));
        assertThat(answer.path("unknown").toString().contains(bobsAddress()))
                .isEqualTo(!provider().knowsOthersBusyTimes());
    }
}
