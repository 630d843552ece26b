package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleMailTest {
    private static final String KEY = "0123456789abcdefghijklmnop";
    private static final String MESSAGES = "/gmail/v1/users/me/messages";

    private final FakeGoogle google = new FakeGoogle(false);
    private final GoogleMail alice = new GoogleMail(google.upstream(FakeGoogle.ALICE));

    @AfterEach
    void stop() {
        google.close();
    }

    private static Outgoing mail(String subject) {
        return new Outgoing(
                List.of(Mailbox.of(FakeGoogle.BOB)),
                List.of(),
                List.of(),
                subject,
                "Words",
                List.of(),
                Optional.empty());
    }

    private FakeMessage received(String subject, String... labels) {
        var mime = "From: carla@example.com\r\nTo: alice@example.com\r\nSubject: " + subject
                + "\r\nContent-Type: text/plain\r\n\r\nHello";
        return google.mail.stored(
                FakeGoogle.ALICE,
                FakeMessage.parsed(mime.getBytes(StandardCharsets.US_ASCII)),
                Optional.empty(),
                Optional.empty(),
                labels);
    }

    private long requests(String line) {
        return google.lines().stream().filter(one -> one.startsWith(line)).count();
    }

    private List<Message> inbox() {
        return alice.search(MailQuery.in("inbox"), 100, Optional.empty()).items();
    }

    @Test
    void list_isReadInBatches() {
        IntStream.range(0, 60).forEach(i -> received("Mail " + i, "INBOX"));
        assertThat(inbox())
                .hasSize(60)
                .first()
                .matches(message -> message.subject().equals("Mail 59"));
        assertThat(google.lines()).containsExactly("GET " + MESSAGES, "POST /batch/gmail/v1", "POST /batch/gmail/v1");
    }

    @Test
    void partOfABatchThatFails_isReadByItself() {
        var first = received("One", "INBOX");
        var second = received("Two", "INBOX");
        var slow = Refused.classic(429, "usageLimits", "rateLimitExceeded", "Too many concurrent requests for user");
        var gone = Refused.classic(404, "global", "notFound", "Not Found");
        google.fail("/batch", 200, """
            --batch_1
            Content-Type: application/http
            Content-ID: <response-1>

            HTTP/1.1 404 Not Found
            Content-Type: application/json

            %s
            --batch_1
            Content-Type: application/http
            Content-ID: <response-0>

            HTTP/1.1 429 Too Many Requests
            Content-Type: application/json

            %s
            --batch_1--
            """.formatted(gone, slow).replace("\n", "\r\n"), Map.of());
        assertThat(inbox()).extracting(Message::id).containsExactly(second.id());
        assertThat(requests("GET " + MESSAGES + "/")).isEqualTo(1);
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @Test
    void batchThatIsRefused_failsAsAWhole() {
        received("One", "INBOX");
        received("Two", "INBOX");
        google.fail(
                "/batch",
                429,
                Refused.classic(429, "usageLimits", "rateLimitExceeded", "x"),
                Map.of("Retry-After", "5"));
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(this::inbox)
                .matches(failure -> failure.kind() == Kind.RATE_LIMITED);
    }

    @Test
    void folders_namePlacesLabelsAndWhatIsUnread() {
        received("New", "INBOX", "UNREAD");
        var folders = alice.folders();
        assertThat(folders)
                .extracting(Folder::role)
                .containsExactly(
                        Folder.Role.INBOX,
                        Folder.Role.DRAFTS,
                        Folder.Role.SENT,
                        Folder.Role.ARCHIVE,
                        Folder.Role.TRASH,
                        Folder.Role.SPAM,
                        Folder.Role.OTHER);
        assertThat(folders.getFirst().unread()).contains(1);
        assertThat(folders.getLast().name()).isEqualTo("Projects/Atlas");
    }

    @Test
    void archivedMail_isInTheArchiveAndKeepsItsLabels() {
        var id = received("Keep", "INBOX", FakeLabels.PROJECT).id();
        assertThat(alice.move(id, "archive", KEY).folders()).containsExactly("ARCHIVE", FakeLabels.PROJECT);
        assertThat(alice.search(MailQuery.in("archive"), 10, Optional.empty()).items())
                .extracting(Message::id)
                .containsExactly(id);
        assertThat(inbox()).isEmpty();
    }

    @Test
    void whatGmailDecides_cannotBeMovedTo() {
        var id = received("Not sent", "INBOX").id();
        assertThatExceptionOfType(ToolException.class).isThrownBy(() -> alice.move(id, "sent", KEY));
        assertThatExceptionOfType(ToolException.class).isThrownBy(() -> alice.move(id, "drafts", KEY));
    }

    @Test
    void thread_leavesDraftsAndTrashOut() {
        var first = received("Talk", "INBOX");
        for (var label : List.of("DRAFT", "TRASH", "INBOX")) {
            var mime = FakeMessage.parsed("Subject: Talk\r\n\r\nx".getBytes(StandardCharsets.US_ASCII));
            google.mail.stored(FakeGoogle.ALICE, mime, Optional.of(first.thread()), Optional.empty(), label);
        }
        assertThat(alice.thread(first.thread()))
                .hasSize(2)
                .first()
                .matches(one -> one.id().equals(first.id()));
    }

    @Test
    void accountThatMayOnlySend_sendsAndSaysOurMessageId() {
        var sender = new GoogleMail(google.upstream(FakeGoogle.ALICE, "mail:send"));
        var sent = sender.send(mail("Only"), KEY);
        assertThat(sent.messageId()).isEqualTo("<" + CallKey.of(KEY).messageId() + ">");
        assertThat(google.mail.left).isEqualTo(1);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> sender.sent(KEY))
                .matches(failure -> failure.kind() == Kind.FORBIDDEN);
    }

    @Test
    void answerThatIsLost_doesNotSendTwice() {
        alice.send(mail("Once"), KEY);
        assertThat(alice.sent(KEY)).isPresent();
        alice.send(mail("Once"), KEY);
        assertThat(google.mail.left).isEqualTo(1);
    }

    @Test
    void sentMailThatCannotBeReadBack_hasStillLeft() {
        google.fail(MESSAGES + "/", 500, "", Map.of());
        assertThat(alice.send(mail("Gone"), KEY).id()).isPresent();
        assertThat(google.mail.left).isEqualTo(1);
    }

    @Test
    void tooMuchSentLately_isNotTakenForNotSent() {
        google.fail(MESSAGES, 200, "{}", Map.of());
        google.fail(MESSAGES, 200, "{\"messages\": [], \"nextPageToken\": \"x\"}", Map.of());
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.sent(KEY))
                .matches(failure -> failure.kind() == Kind.NO_ANSWER)
                .withMessageContaining("not known");
    }

    @Test
    void draft_isSentAsItStandsWithHiddenRecipients() {
        var hidden = new Outgoing(
                List.of(Mailbox.of(FakeGoogle.BOB)),
                List.of(),
                List.of(Mailbox.of("carla@example.com")),
                "Hidden",
                "Words",
                List.of(),
                Optional.empty());
        var draft = alice.createDraft(hidden, KEY);
        assertThat(draft.from().address()).isEqualTo(FakeGoogle.ALICE);
        var sent = alice.sendDraft(draft.draftId().orElseThrow(), draft.version(), KEY);
        assertThat(alice.message(sent.id().orElseThrow()).orElseThrow().bcc())
                .extracting(Mailbox::address)
                .containsExactly("carla@example.com");
    }

    @Test
    void draftFoundAsAMessage_saysItsDraftId() {
        var draft = alice.createDraft(mail("Draft"), KEY);
        assertThat(alice.message(draft.id()).orElseThrow().draftId()).isEqualTo(draft.draftId());
    }

    @Test
    void mailboxThatIsNotThere_isToldSo() {
        google.fail(
                MESSAGES,
                400,
                Refused.classic(400, "global", "failedPrecondition", "Mail service not enabled"),
                Map.of());
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.message("19"))
                .withMessageContaining("no Gmail mailbox");
    }
}
