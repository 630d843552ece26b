package dev.countersign.connector.standards;

class SendingTest extends SendingContract {
    @Override
    protected MailAccounts host() {
        return new MailHost();
    }
}
