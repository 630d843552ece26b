package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events in the shapes that the reference of {@code events} shows. */
class EventReadingTest {
    private static final String TIMES = """
        "start": {"dateTime": "2026-03-29T10:00:00+02:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-03-29T11:00:00+02:00", "timeZone": "Europe/Berlin"}
        """;

    private static Event read(String fields) {
        var json = "{\"kind\": \"calendar#event\", \"id\": \"ev1\", \"etag\": \"\\\"33\\\"\", " + fields + "}";
        return EventReading.event(
                Json.read(json.getBytes(StandardCharsets.UTF_8), CalendarJson.Event.class),
                "primary",
                Optional.of("Europe/Oslo"));
    }

    @Test
    void wholeDays_endTheDayAfter() {
        assertThat(read("\"start\": {\"date\": \"2026-12-24\"}, \"end\": {\"date\": \"2026-12-27\"}")
                        .when())
                .isEqualTo(new When.AllDay(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 27)));
    }

    @Test
    void timeWithoutZone_livesByTheCalendars() {
        var when = read("\"start\": {\"dateTime\": \"2026-03-29T10:00:00Z\"}, \"end\": {\"dateTime\":"
                        + " \"2026-03-29T11:00:00Z\"}")
                .when();
        var start = OffsetDateTime.parse("2026-03-29T10:00:00Z");
        assertThat(when).isEqualTo(new When.Timed(start, start.plusHours(1), ZoneId.of("Europe/Oslo")));
    }

    @Test
    void ownEventOfOne_hasNoOrganizerToName() {
        var event = read(TIMES + ", \"organizer\": {\"email\": \"me@x.test\", \"self\": true}");
        assertThat(event.own()).isTrue();
        assertThat(event.organizer()).isEmpty();
        assertThat(event.busy()).isTrue();
        assertThat(event.version()).contains("\"33\"");
    }

    @Test
    void invitation_namesOrganizerAndAnswers() {
        var event = read(TIMES + """
            , "status": "tentative", "transparency": "transparent", "recurringEventId": "series",
            "organizer": {"email": "boss@x.test", "displayName": "Boss"},
            "attendees": [
              {"email": "me@x.test", "self": true, "responseStatus": "tentative", "optional": true},
              {"email": "boss@x.test", "displayName": "Boss", "organizer": true, "responseStatus": "accepted"},
              {"email": "room@x.test", "resource": true, "responseStatus": "declined"},
              {"email": "new@x.test", "responseStatus": "needsAction"}]
            """);
        assertThat(event.own()).isFalse();
        assertThat(event.organizer()).contains(new Mailbox("boss@x.test", Optional.of("Boss")));
        assertThat(event.status()).isEqualTo(Event.Status.TENTATIVE);
        assertThat(event.busy()).isFalse();
        assertThat(event.seriesId()).contains("series");
        assertThat(event.attendees())
                .extracting(Attendee::answer)
                .containsExactly(
                        Attendee.Answer.TENTATIVE,
                        Attendee.Answer.ACCEPTED,
                        Attendee.Answer.DECLINED,
                        Attendee.Answer.NONE);
        assertThat(event.attendees().getFirst())
                .isEqualTo(new Attendee("me@x.test", Optional.empty(), Attendee.Answer.TENTATIVE, true, true));
    }

    @Test
    void videoCall_standsInTheText() {
        assertThat(read(TIMES + ", \"description\": \"Agenda\", \"hangoutLink\": \"https://meet.google.com/abc\"")
                        .description())
                .isEqualTo("Agenda\n\nVideo call: https://meet.google.com/abc");
        assertThat(read(TIMES + """
            , "conferenceData": {"entryPoints": [
              {"entryPointType": "phone", "uri": "tel:+1"},
              {"entryPointType": "video", "uri": "https://zoom.test/j/1"}]}
            """).description()).isEqualTo("Video call: https://zoom.test/j/1");
        assertThat(read(TIMES + """
            , "description": "Join https://meet.google.com/abc", "hangoutLink": "https://meet.google.com/abc"
            """).description()).isEqualTo("Join https://meet.google.com/abc");
    }

    @Test
    void markupInDescription_isReadAsText() {
        assertThat(read(TIMES + ", \"description\": \"<b>Agenda</b><br>1 &lt; 2<ul><li>a</li></ul>\"")
                        .description()
                        .lines())
                .filteredOn(line -> !line.isBlank())
                .containsExactly("Agenda", "1 < 2", "- a");
        assertThat(read(TIMES + ", \"description\": \"<b>One</b>\\nTwo\"").description())
                .isEqualTo("One\nTwo");
        assertThat(read(TIMES + ", \"description\": \"a < b\\n& c\"").description())
                .isEqualTo("a < b\n& c");
    }

    @Test
    void eventWithoutTime_isBroken() {
        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> read("\"status\": \"cancelled\""));
    }
}
