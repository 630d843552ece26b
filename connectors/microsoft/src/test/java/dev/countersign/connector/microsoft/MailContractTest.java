package dev.countersign.connector.microsoft;

import dev.countersign.connector.testkit.MailServiceContract;
import org.junit.jupiter.api.AfterEach;

class MailContractTest extends MailServiceContract {
    private final FakeGraph graph = new FakeGraph();

    @AfterEach
    void stop() {
        graph.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(new MicrosoftMail(graph.upstream(FakeGraph.ALICE)), FakeGraph.ALICE);
    }

    @Override
    protected Owner correspondent() {
        return new Owner(new MicrosoftMail(graph.upstream(FakeGraph.BOB)), FakeGraph.BOB);
    }
}
