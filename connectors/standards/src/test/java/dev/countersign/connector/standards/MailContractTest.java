package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.MailServiceContract;
import org.junit.jupiter.api.AfterEach;

class MailContractTest extends MailServiceContract {
    private final MailHost host = new MailHost();

    @AfterEach
    void stop() {
        host.close();
    }

    @Override
    protected Owner owner() {
        return new Owner(host.mail(MailHost.ALICE), MailHost.ALICE);
    }

    @Override
    protected Owner correspondent() {
        return new Owner(host.mail(MailHost.BOB), MailHost.BOB);
    }
}
