package dev.countersign.connector.google;

import dev.countersign.connector.testkit.MailServiceContract;
import org.junit.jupiter.api.AfterEach;

class MailContractTest extends MailServiceContract {
    private final FakeGoogle google = new FakeGoogle(keepsMessageIds());

    /** Whether Gmail leaves a {@code Message-ID} as it is. */
    boolean keepsMessageIds() {
        return true;
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(new GoogleMail(google.upstream(FakeGoogle.ALICE)), FakeGoogle.ALICE);
    }

    @Override
    protected Owner correspondent() {
        return new Owner(new GoogleMail(google.upstream(FakeGoogle.BOB)), FakeGoogle.BOB);
    }
}
