package dev.countersign.workspace;

import static dev.countersign.workspace.Workspace.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.front.CountersignServer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Free time of one person with three accounts, at the sandbox, at a CalDAV host and at the simulated Google, from the Saturday
 * before the clocks change until the Tuesday after. Each account has a series of four days of which one instance is moved and
 * one is cancelled.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreeTimeTest {
    private static final List<String> CONNECTORS = List.of("sandbox", "standards", "google");
    private static final List<String> EVERY_DAY =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private final SandboxAccounts sandbox = new SandboxAccounts();
    private final StandardsAccounts standards = new StandardsAccounts();
    private final GoogleAccounts google = new GoogleAccounts();
    private CountersignServer server;
    private Desk alice;

    /**
     * A change of the clocks.
     *
     * @param steady a zone whose clocks stay as they are on these days
     * @param steadyHour the hour there when it is 14:00 in {@code zone} on {@code saturday}
     * @param free what is free in working hours, by hand
     */
    record Change(String zone, LocalDate saturday, String steady, int steadyHour, List<String> free) {}

    /**
     * In the zone itself, on Saturday, Sunday, Monday and Tuesday:
     *
     * <ul>
     *   <li>sandbox, 09:00 to 10:00 by the zone's clocks: 9, 9, moved to 12, cancelled
     *   <li>Google, 11:00 to 12:00 by the zone's clocks: 11, cancelled, 11, moved to 16
     *   <li>CalDAV, an hour by clocks that do not change, at 14:00 on Saturday: 14, moved to 10, then 15:00 where the clocks
     *       went an hour forward and 13:30 where they went half an hour back, cancelled
     * </ul>
     *
     * So Saturday is busy at 9, 11 and 14; Sunday at 9 and 10; Monday at 11, 12 and 15:00 or 13:30; Tuesday at 16.
     */
    static Stream<Change> changes() {
        return Stream.of(
                // forward by an hour on 30 March, from +01:00 to +02:00; Tokyo is +09:00 all year
                new Change(
                        "Europe/Berlin",
                        LocalDate.of(2031, 3, 29),
                        "Asia/Tokyo",
                        22,
                        List.of(
                                "2031-03-29T10:00+01:00 2031-03-29T11:00+01:00",
                                "2031-03-29T12:00+01:00 2031-03-29T14:00+01:00",
                                "2031-03-29T15:00+01:00 2031-03-29T17:00+01:00",
                                "2031-03-30T11:00+02:00 2031-03-30T17:00+02:00",
                                "2031-03-31T09:00+02:00 2031-03-31T11:00+02:00",
                                "2031-03-31T13:00+02:00 2031-03-31T15:00+02:00",
                                "2031-03-31T16:00+02:00 2031-03-31T17:00+02:00",
                                "2031-04-01T09:00+02:00 2031-04-01T16:00+02:00")),
                // forward by an hour on 9 March, from -05:00 to -04:00; Berlin stays at +01:00 until 30 March
                new Change(
                        "America/New_York",
                        LocalDate.of(2031, 3, 8),
                        "Europe/Berlin",
                        20,
                        List.of(
                                "2031-03-08T10:00-05:00 2031-03-08T11:00-05:00",
                                "2031-03-08T12:00-05:00 2031-03-08T14:00-05:00",
                                "2031-03-08T15:00-05:00 2031-03-08T17:00-05:00",
                                "2031-03-09T11:00-04:00 2031-03-09T17:00-04:00",
                                "2031-03-10T09:00-04:00 2031-03-10T11:00-04:00",
                                "2031-03-10T13:00-04:00 2031-03-10T15:00-04:00",
                                "2031-03-10T16:00-04:00 2031-03-10T17:00-04:00",
                                "2031-03-11T09:00-04:00 2031-03-11T16:00-04:00")),
                // back by half an hour on 6 April, from +11:00 to +10:30
                new Change(
                        "Australia/Lord_Howe",
                        LocalDate.of(2031, 4, 5),
                        "Asia/Tokyo",
                        12,
                        List.of(
                                "2031-04-05T10:00+11:00 2031-04-05T11:00+11:00",
                                "2031-04-05T12:00+11:00 2031-04-05T14:00+11:00",
                                "2031-04-05T15:00+11:00 2031-04-05T17:00+11:00",
                                "2031-04-06T11:00+10:30 2031-04-06T17:00+10:30",
                                "2031-04-07T09:00+10:30 2031-04-07T11:00+10:30",
                                "2031-04-07T13:00+10:30 2031-04-07T13:30+10:30",
                                "2031-04-07T14:30+10:30 2031-04-07T17:00+10:30",
                                "2031-04-08T09:00+10:30 2031-04-08T16:00+10:30")));
    }

    @BeforeAll
    void start(@TempDir Path home) {
        var settings = new LinkedHashMap<String, String>();
        for (var provider : List.of(sandbox, standards, google)) {
            settings.putAll(provider.settings());
        }
        server = CountersignServer.demo(home, settings);
        alice = Desk.of(server, CountersignServer.ALICE);
        for (var provider : List.of(sandbox, standards, google)) {
            provider.link(server, alice, CountersignServer.ALICE);
        }
    }

    @AfterAll
    void stop() {
        alice.close();
        server.close();
        standards.close();
        google.close();
    }

    private String account(String connector) {
        return alice.list("accounts_list", "accounts", Map.of()).stream()
                .filter(account -> account.path("provider").asString().equals(connector))
                .map(account -> account.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    /** Four instances, a day apart, of an hour each. */
    private List<String> daily(String connector, LocalDate first, int hour, String zone) {
        var account = account(connector);
        var title = "Daily " + connector + " " + first;
        alice.done(
                "calendar_create_event",
                Map.of(
                        "account",
                        account,
                        "title",
                        title,
                        "start",
                        first + "T%02d:00".formatted(hour),
                        "end",
                        first + "T%02d:00".formatted(hour + 1),
                        "zone",
                        zone,
                        "recurrence",
                        "RRULE:FREQ=DAILY;COUNT=4"));
        return alice
                .list(
                        "calendar_search_events",
                        "events",
                        Map.of(
                                "accounts",
                                List.of(account),
                                "text",
                                title,
                                "from",
                                first.toString(),
                                "until",
                                first.plusDays(4).toString()))
                .stream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    private void move(String connector, String instance, LocalDate day, int hour, String zone) {
        alice.done(
                "calendar_update_event",
                Map.of(
                        "account",
                        account(connector),
                        "id",
                        instance,
                        "applyTo",
                        "instance",
                        "start",
                        day + "T%02d:00".formatted(hour),
                        "end",
                        day + "T%02d:00".formatted(hour + 1),
                        "zone",
                        zone));
    }

    private void cancel(String connector, String instance) {
        alice.done(
                "calendar_delete_event", Map.of("account", account(connector), "id", instance, "applyTo", "instance"));
    }

    private List<String> free(Map<String, Object> asked) {
        var answer = alice.get("calendar_find_free_time", asked);
        assertThat(answer.path("unknown")).isEmpty();
        assertThat(answer.path("more").asBoolean()).isFalse();
        return answer.path("free")
                .valueStream()
                .map(slot ->
                        slot.path("start").asString() + " " + slot.path("end").asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void threeAccountsOverAChangeOfTheClocks_areFreeWhenNoneIsBusy(Change change) {
        var zone = change.zone();
        var saturday = change.saturday();
        var sunday = saturday.plusDays(1);
        var monday = saturday.plusDays(2);
        var tuesday = saturday.plusDays(3);
        var atSandbox = daily("sandbox", saturday, 9, zone);
        var atGoogle = daily("google", saturday, 11, zone);
        var atCaldav = daily("standards", saturday, change.steadyHour(), change.steady());
        assertThat(List.of(atSandbox, atGoogle, atCaldav)).allMatch(instances -> instances.size() == 4);
        move("sandbox", atSandbox.get(2), monday, 12, zone);
        cancel("sandbox", atSandbox.get(3));
        cancel("google", atGoogle.get(1));
        move("google", atGoogle.get(3), tuesday, 16, zone);
        move("standards", atCaldav.get(1), sunday, 10, zone);
        cancel("standards", atCaldav.get(3));

        var asked = with(
                Map.of(
                        "minutes",
                        30,
                        "from",
                        saturday.toString(),
                        "until",
                        tuesday.toString(),
                        "zone",
                        zone,
                        "limit",
                        50),
                "days",
                EVERY_DAY);

        assertThat(free(asked)).containsExactlyElementsOf(change.free());
        assertThat(CONNECTORS)
                .allSatisfy(connector -> assertThat(free(with(asked, "accounts", List.of(account(connector)))))
                        .as("without the others, " + connector + " leaves more free")
                        .hasSizeLessThan(change.free().size()));
    }
}
