package dev.countersign.connector.sandbox;

import dev.countersign.connector.testkit.CalendarServiceContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class CalendarContractTest extends CalendarServiceContract {
    private final Bench bench;

    CalendarContractTest(@TempDir Path folder) throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(new SandboxCalendar(bench.upstream("alice@example.com")), "alice@example.com");
    }

    @Override
    protected Owner colleague() {
        return new Owner(new SandboxCalendar(bench.upstream("bob@example.com")), "bob@example.com");
    }
}
