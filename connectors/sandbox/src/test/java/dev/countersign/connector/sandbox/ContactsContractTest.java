package dev.countersign.connector.sandbox;

import dev.countersign.connector.testkit.ContactsServiceContract;
import dev.countersign.connector.workspace.ContactsService;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class ContactsContractTest extends ContactsServiceContract {
    private final Bench bench;

    ContactsContractTest(@TempDir Path folder) throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Override
    protected ContactsService contacts() {
        return new SandboxContacts(bench.upstream("alice@example.com"));
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
