package dev.countersign.connector.google;

import dev.countersign.connector.testkit.CalendarServiceContract;
import org.junit.jupiter.api.AfterEach;

class CalendarContractTest extends CalendarServiceContract {
    private final FakeGoogle google = new FakeGoogle();

    @AfterEach
    void stop() {
        google.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(new GoogleCalendar(google.upstream(FakeGoogle.ALICE)), FakeGoogle.ALICE);
    }

    @Override
    protected Owner colleague() {
        return new Owner(new GoogleCalendar(google.upstream(FakeGoogle.BOB)), FakeGoogle.BOB);
    }
}
