package dev.countersign.connector.microsoft;

import dev.countersign.connector.testkit.ContactsServiceContract;
import dev.countersign.connector.workspace.ContactsService;
import org.junit.jupiter.api.AfterEach;

class ContactsContractTest extends ContactsServiceContract {
    private final FakeGraph graph = new FakeGraph();

    @AfterEach
    void stop() {
        graph.close();
    }

    @Override
    protected ContactsService contacts() {
        return new MicrosoftContacts(graph.upstream(FakeGraph.ALICE));
    }

    @Override
    protected String knownName() {
        return "Bob Baker";
    }

    @Override
    protected String common() {
        return "example.com";
    }
}
