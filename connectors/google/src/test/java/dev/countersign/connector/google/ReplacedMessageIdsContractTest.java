package dev.countersign.connector.google;

/** The same when Gmail puts Message-IDs of its own in the place of ours. */
class ReplacedMessageIdsContractTest extends MailContractTest {
    @Override
    boolean keepsMessageIds() {
        return false;
    }
}
