package dev.countersign.connector.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.testkit.TestUpstream;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A mail is sent once, wherever the process ends or an answer is lost. */
abstract class SendingContract {
    private static final String KEY = "0123456789abcdefghijklmnop";
    private static final Outgoing MAIL = to(MailHost.BOB);

    /** The process ends here. */
    private static final class Killed extends Error {}

    private final MailAccounts host = host();

    protected abstract MailAccounts host();

    @AfterEach
    void stop() {
        host.close();
    }

    private static Outgoing to(String... addresses) {
        return new Outgoing(
                List.of(addresses).stream().map(Mailbox::of).toList(),
                List.of(),
                List.of(),
                "Once",
                "Only once",
                List.of(),
                Optional.empty());
    }

    /** Alice's account, until the connection to a server for the time of that number. */
    private StandardsMail killedAt(String server, int time) {
        var sockets = host.sockets(MailHost.ALICE);
        var left = new int[] {time};
        return mail(name -> {
            if (name.equals(server) && --left[0] == 0) {
                throw new Killed();
            }
            return sockets.apply(name);
        });
    }

    private static StandardsMail mail(Function<String, Socket> sockets) {
        return new StandardsMail(new TestUpstream(MailHost.provider(), MailHost.ALICE, MailHost.PASSWORD, sockets));
    }

    private static void isKilled(Executable act) {
        assertThat(catchThrowableOfType(Killed.class, act::execute)).isNotNull();
    }

    private int arrived() {
        return count(MailHost.BOB, "inbox");
    }

    private int count(String address, String folder) {
        return host.mail(address)
                .search(MailQuery.in(folder), 50, Optional.empty())
                .items()
                .size();
    }

    private void isUnknownAndNotSentAgain(int arrived) {
        var alice = host.mail(MailHost.ALICE);
        var recovering = catchThrowableOfType(UpstreamException.class, () -> alice.sent(KEY));
        assertThat(recovering.kind()).isEqualTo(Kind.NO_ANSWER);
        var again = catchThrowableOfType(UpstreamException.class, () -> alice.send(MAIL, KEY));
        assertThat(again.kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(arrived()).isEqualTo(arrived);
    }

    @Test
    void killedBeforeTheNote_isNotSentAndCanBeRepeated() {
        isKilled(() -> killedAt("imap", 2).send(MAIL, KEY));
        assertThat(host.mail(MailHost.ALICE).sent(KEY)).isEmpty();
        host.mail(MailHost.ALICE).send(MAIL, KEY);
        assertThat(arrived()).isEqualTo(1);
    }

    @Test
    void killedBetweenTheNoteAndTheHost_isUnknown() {
        isKilled(() -> killedAt("smtp", 1).send(MAIL, KEY));
        isUnknownAndNotSentAgain(0);
    }

    @Test
    void killedBetweenTheHostsAnswerAndTheCopy_isUnknownAndArrivedOnce() {
        isKilled(() -> killedAt("imap", 3).send(MAIL, KEY));
        isUnknownAndNotSentAgain(1);
    }

    @Test
    void answerLost_isUnknownAndArrivedOnce() {
        var sockets = host.sockets(MailHost.ALICE);
        var mail =
                mail(name -> name.equals("smtp") ? CutSocket.afterMessage(sockets.apply(name)) : sockets.apply(name));
        var failure = catchThrowableOfType(UpstreamException.class, () -> mail.send(MAIL, KEY));
        assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(failure.mayHaveActed()).isTrue();
        isUnknownAndNotSentAgain(1);
    }

    @Test
    void killedAfterTheCopy_isFound() {
        var sent = host.mail(MailHost.ALICE).send(MAIL, KEY);
        assertThat(host.mail(MailHost.ALICE).sent(KEY)).contains(sent);
        assertThat(host.mail(MailHost.ALICE).send(MAIL, KEY)).isEqualTo(sent);
        assertThat(arrived()).isEqualTo(1);
        assertThat(count(MailHost.ALICE, "drafts")).isZero();
    }

    @Test
    void copyMovedByThePerson_isFound() {
        var alice = host.mail(MailHost.ALICE);
        var sent = alice.send(MAIL, KEY);
        alice.move(sent.id().orElseThrow(), "archive", KEY);
        assertThat(alice.sent(KEY).orElseThrow().messageId()).isEqualTo(sent.messageId());
    }

    @Test
    void hostNotReached_leavesNothingBehind() {
        var sockets = host.sockets(MailHost.ALICE);
        var mail = mail(name -> {
            if (name.equals("smtp")) {
                throw new UpstreamException(Kind.NOT_SENT, "The mail host cannot be reached.");
            }
            return sockets.apply(name);
        });
        var failure = catchThrowableOfType(UpstreamException.class, () -> mail.send(MAIL, KEY));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(host.mail(MailHost.ALICE).sent(KEY)).isEmpty();
        assertThat(count(MailHost.ALICE, "drafts")).isZero();
    }

    @Test
    void draftKilledAfterTheHostsAnswer_isUnknownAndStaysADraft() {
        var alice = host.mail(MailHost.ALICE);
        var draft =
                alice.createDraft(MAIL, "z123456789abcdefghijklmnop").draftId().orElseThrow();
        isKilled(() -> killedAt("imap", 5).sendDraft(draft, Optional.empty(), KEY));
        isUnknownAndNotSentAgain(1);
        assertThat(alice.draft(draft)).isPresent();
    }

    @Test
    void noteAmongTheDrafts_isNoDraft() {
        isKilled(() -> killedAt("smtp", 1).send(MAIL, KEY));
        var notes = host.mail(MailHost.ALICE)
                .search(MailQuery.in("drafts"), 10, Optional.empty())
                .items();
        assertThat(notes)
                .singleElement()
                .satisfies(note -> assertThat(note.draftId()).isEmpty());
    }
}
