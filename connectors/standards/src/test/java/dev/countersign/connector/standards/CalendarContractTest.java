package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.CalendarServiceContract;
import dev.countersign.connector.testkit.TestUpstream;
import org.junit.jupiter.api.AfterEach;

/** Radicale sends no invitations, so they go by mail, and {@link CalendarProgram} reads them there. */
class CalendarContractTest extends CalendarServiceContract {
    private final Host host = new Host();

    @AfterEach
    void stop() {
        host.close();
    }

    private Owner owner(TestUpstream upstream) {
        return new Owner(CalendarProgram.of(host, upstream), upstream.address().orElseThrow());
    }

    @Override
    protected Owner owner() {
        return owner(host.newPerson());
    }

    @Override
    protected Owner colleague() {
        return owner(host.newPerson());
    }
}
