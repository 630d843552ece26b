package dev.countersign.connector.microsoft;

import dev.countersign.connector.testkit.CalendarServiceContract;
import org.junit.jupiter.api.AfterEach;

class CalendarContractTest extends CalendarServiceContract {
    private final FakeGraph graph = new FakeGraph();

    @AfterEach
    void stop() {
        graph.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(new MicrosoftCalendar(graph.upstream(FakeGraph.ALICE)), FakeGraph.ALICE);
    }

    @Override
    protected Owner colleague() {
        return new Owner(new MicrosoftCalendar(graph.upstream(FakeGraph.BOB)), FakeGraph.BOB);
    }
}
