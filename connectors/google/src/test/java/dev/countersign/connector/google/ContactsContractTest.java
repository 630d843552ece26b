package dev.countersign.connector.google;

import dev.countersign.connector.testkit.ContactsServiceContract;
import dev.countersign.connector.workspace.ContactsService;
import org.junit.jupiter.api.AfterEach;

class ContactsContractTest extends ContactsServiceContract {
    private final FakeGoogle google = new FakeGoogle();

    @AfterEach
    void stop() {
        google.close();
    }

    @Override
    protected ContactsService contacts() {
        return new GoogleContacts(google.upstream(FakeGoogle.ALICE));
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
