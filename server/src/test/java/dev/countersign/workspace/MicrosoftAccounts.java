package dev.countersign.workspace;

import dev.countersign.connector.microsoft.FakeGraph;
import dev.countersign.connector.microsoft.MicrosoftConnector;
import dev.countersign.front.CountersignServer;
import java.util.Map;
import java.util.Optional;

/** Accounts at the simulated Microsoft. */
final class MicrosoftAccounts implements PlayedProvider {
    private final FakeGraph graph = new FakeGraph();

    @Override
    public Map<String, String> settings() {
        return ConsentPages.settings("microsoft", graph.origin());
    }

    @Override
    public void link(CountersignServer server, Desk desk, String person) {
        ConsentPages.link(desk, "microsoft", "Microsoft", address(person));
    }

    @Override
    public String address(String person) {
        return person;
    }

    @Override
    public Letter letter(CountersignServer server) {
        return Seeds.send(new MicrosoftConnector(), graph.upstream(FakeGraph.BOB), FakeGraph.ALICE);
    }

    @Override
    public Optional<KnownFile> file() {
        return Optional.of(new KnownFile("Atlas plan.docx", "Peter's part"));
    }

    @Override
    public boolean expire(CountersignServer server, String person) {
        graph.signIn().expire(person);
        return true;
    }

    @Override
    public boolean limitCalendars(CountersignServer server, int times) {
        graph.limit("GET /v1.0/me/calendars", times, 7);
        return true;
    }

    @Override
    public void recover(CountersignServer server) {
        graph.recover();
    }

    @Override
    public void close() {
        graph.close();
    }
}
