package dev.countersign.connector.sandbox;

import dev.countersign.connector.testkit.MailServiceContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class MailContractTest extends MailServiceContract {
    private final Bench bench;

    MailContractTest(@TempDir Path folder) throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(new SandboxMail(bench.upstream("alice@example.com")), "alice@example.com");
    }

    @Override
    protected Owner correspondent() {
        return new Owner(new SandboxMail(bench.upstream("bob@example.com")), "bob@example.com");
    }
}
