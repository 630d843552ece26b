package dev.countersign.workspace;

import dev.countersign.front.CountersignServer;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Accounts at the provider that runs inside, with what its people have there from the start. */
final class SandboxAccounts implements PlayedProvider {
    @Override
    public Map<String, String> settings() {
        return Map.of("connectors.sandbox.enabled", "true");
    }

    @Override
    public void link(CountersignServer server, Desk desk, String person) {
        desk.surfer().link();
        clear(desk);
    }

    /** Ends the series of the seeds, which have no end, so that the tests' year is empty. */
    private static void clear(Desk desk) {
        var first = first(desk);
        while (first.isPresent()) {
            desk.approved(
                    "calendar_delete_event", Map.of("id", first.get().path("id").asString(), "applyTo", "series"));
            first = first(desk);
        }
    }

    private static Optional<JsonNode> first(Desk desk) {
        return desk
                .list("calendar_list_events", "events", Map.of("from", "2031-01-01", "until", "2031-12-31", "limit", 1))
                .stream()
                .findFirst();
    }

    @Override
    public String address(String person) {
        return person;
    }

    @Override
    public Letter letter(CountersignServer server) {
        return new Letter("Atlas budget: where we stand", "atlas-budget.csv", "Fabrication,96000,114400");
    }

    @Override
    public Optional<KnownFile> file() {
        return Optional.of(new KnownFile("Atlas plan.md", "Mezzanine panels"));
    }

    @Override
    public boolean expire(CountersignServer server, String person) {
        server.sandbox().expire(person);
        return true;
    }

    @Override
    public boolean limitCalendars(CountersignServer server, int times) {
        server.sandbox().fail(CountersignServer.ALICE, "calendar-read", "429:7", times);
        return true;
    }

    @Override
    public void recover(CountersignServer server) {
        server.sandbox().clearFaults();
    }

    @Override
    public void close() {
        // it ends with the server
    }
}
