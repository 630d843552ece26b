package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Threading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrosoftMailTest {
    private static final String KEY = "0123456789abcdefghijklmnop";
    private static final String MESSAGES = "/v1.0/me/messages";

    private final FakeGraph graph = new FakeGraph();
    private final MicrosoftMail alice = new MicrosoftMail(graph.upstream(FakeGraph.ALICE));

    @AfterEach
    void stop() {
        graph.close();
    }

    private static Outgoing mail(String subject, FileContent... files) {
        return new Outgoing(
                List.of(Mailbox.of(FakeGraph.BOB)),
                List.of(),
                List.of(),
                subject,
                "Words",
                List.of(files),
                Optional.empty());
    }

    private static FileContent file(String name, int size) {
        var bytes = new byte[size];
        IntStream.range(0, size).forEach(i -> bytes[i] = (byte) (i % 251));
        return new FileContent(name, "application/octet-stream", bytes);
    }

    private String received(String subject) {
        return graph.mail
                .received(FakeGraph.ALICE, subject, "text", "Hello")
                .path("id")
                .asString();
    }

    private void attach(String messageId, String type) {
        var message = graph.mail.byId(FakeGraph.ALICE, messageId);
        var file = FakeGraph.JSON.createObjectNode().put("@odata.type", type).put("name", "Fwd");
        file.put("contentBytes", "YWJj");
        graph.mail.attach(message, file);
    }

    private List<Message> inbox() {
        return alice.search(MailQuery.in("inbox"), 100, Optional.empty()).items();
    }

    @Test
    void files_areReadInBatchesOfTwenty() {
        IntStream.range(0, 45).forEach(i -> attach(received("Mail " + i), "#microsoft.graph.fileAttachment"));
        assertThat(inbox())
                .hasSize(45)
                .allMatch(message -> message.attachments().size() == 1);
        assertThat(graph.lines())
                .containsExactly(
                        "GET /v1.0/me/mailFolders/inbox/messages",
                        "POST /v1.0/$batch",
                        "POST /v1.0/$batch",
                        "POST /v1.0/$batch");
    }

    @Test
    void partOfABatchThatFails_isReadByItself() {
        var first = received("One");
        var second = received("Two");
        attach(first, "#microsoft.graph.fileAttachment");
        attach(second, "#microsoft.graph.fileAttachment");
        graph.fail(
                "POST /v1.0/$batch",
                200,
                """
                {"responses": [
                  {"id": "1", "status": 429, "headers": {"Retry-After": "4"}, "body": %s},
                  {"id": "0", "status": 404, "headers": {}, "body": %s}]}
                """.formatted(Refused.body("ApplicationThrottled"), Refused.body("ErrorItemNotFound")),
                Map.of());
        assertThat(inbox()).extracting(message -> message.attachments().size()).containsExactly(0, 1);
        assertThat(graph.count("GET " + MESSAGES + "/" + first + "/attachments"))
                .isEqualTo(1);
    }

    @Test
    void throttledAgainAfterABatch_saysWhenToComeBack() {
        attach(received("One"), "#microsoft.graph.fileAttachment");
        attach(received("Two"), "#microsoft.graph.fileAttachment");
        graph.fail("POST /v1.0/$batch", 200, "{\"responses\": [{\"id\": \"0\", \"status\": 429}]}", Map.of());
        graph.fail("GET " + MESSAGES, 429, Refused.body("ApplicationThrottled"), Map.of("Retry-After", "5"));
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(this::inbox)
                .matches(failure -> failure.kind() == Kind.RATE_LIMITED)
                .withMessageContaining("in 5 seconds");
    }

    @Test
    void folders_areNamedWithTheirParentsAndKnownByTheirRoles() {
        received("New");
        var folders = alice.folders();
        assertThat(folders)
                .extracting(Folder::role)
                .startsWith(
                        Folder.Role.INBOX,
                        Folder.Role.DRAFTS,
                        Folder.Role.SENT,
                        Folder.Role.ARCHIVE,
                        Folder.Role.TRASH,
                        Folder.Role.SPAM);
        assertThat(folders.getFirst().unread()).contains(1);
        assertThat(folders).extracting(Folder::name).contains("Projects", "Projects/Atlas", "Posteingang");
    }

    @Test
    void mailboxWithoutArchive_hasAllOtherFolders() {
        graph.mail.hasArchive = false;
        assertThat(alice.folders())
                .extracting(Folder::role)
                .contains(Folder.Role.INBOX, Folder.Role.SENT)
                .doesNotContain(Folder.Role.ARCHIVE);
    }

    @Test
    void largeFile_goesUpInPiecesWithoutAToken() {
        var file = file("large.bin", 7 * 1024 * 1024);
        alice.send(mail("Large", file, file("small.bin", 10)), KEY);
        var bob = new MicrosoftMail(graph.upstream(FakeGraph.BOB));
        var message =
                bob.search(MailQuery.in("inbox"), 10, Optional.empty()).items().getFirst();
        assertThat(message.attachments()).extracting(AttachmentInfo::name).containsExactly("large.bin", "small.bin");
        var id = message.attachments().getFirst().id();
        assertThat(bob.attachment(message.id(), id).orElseThrow().bytes()).isEqualTo(file.bytes());
        assertThat(graph.count("PUT /upload")).isEqualTo(3);
        assertThat(graph.requests)
                .filteredOn(request -> request.getMethod().equals("PUT"))
                .allMatch(request -> request.getHeaders().get("Authorization") == null);
    }

    @Test
    void uploadAddressOfAnotherHost_isNotUsed() {
        graph.fail("POST " + MESSAGES, 201, "{\"id\": \"AAkA1\"}", Map.of());
        graph.fail("POST " + MESSAGES, 201, "{\"uploadUrl\": \"https://evil.example/upload\"}", Map.of());
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.send(mail("Large", file("large.bin", MailFiles.SMALL_BYTES)), KEY))
                .matches(failure -> failure.kind() == Kind.BROKEN);
        assertThat(graph.mail.left).isZero();
    }

    @Test
    void runThatWasCutOffBeforeSending_isTakenUpAndSendsOnce() {
        var files = new FileContent[] {file("a.bin", 5), file("b.bin", 6)};
        graph.fail("POST " + MESSAGES + "/AAkA1/send", 503, "", Map.of());
        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> alice.send(mail("Once", files), KEY));
        assertThat(alice.sent(KEY)).isEmpty();
        attach("AAkA1", "#microsoft.graph.fileAttachment");
        var sent = alice.send(mail("Once", files), KEY);
        assertThat(graph.mail.left).isEqualTo(1);
        assertThat(alice.sent(KEY)).contains(sent);
        assertThat(alice.message("AAkA1").orElseThrow().attachments())
                .extracting(AttachmentInfo::name)
                .containsExactly("a.bin", "b.bin");
    }

    @Test
    void mailThatLiesInTheOutbox_isNeitherSentAgainNorTakenForNotSent() {
        graph.mail.sentTo = FakeFolders.OUTBOX;
        alice.send(mail("Slow"), KEY);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.sent(KEY))
                .matches(failure -> failure.kind() == Kind.NO_ANSWER);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.send(mail("Slow"), KEY))
                .matches(failure -> failure.kind() == Kind.NO_ANSWER);
        assertThat(graph.mail.left).isEqualTo(1);
    }

    @Test
    void draftMarkedByARunThatWasCutOff_isAConflictAndIsNotSentUnseen() {
        var draft = alice.createDraft(mail("Draft"), KEY);
        var key = "1" + KEY.substring(1);
        graph.fail("POST " + MESSAGES + "/" + draft.id() + "/send", 503, "", Map.of());
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.sendDraft(draft.id(), draft.version(), key));
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.sendDraft(draft.id(), draft.version(), key))
                .matches(failure -> failure.kind() == Kind.CONFLICT);
        assertThat(graph.mail.left).isZero();
    }

    @Test
    void draftSentByThePerson_isSaidToBeSent() {
        var draft = alice.createDraft(mail("Draft"), KEY);
        alice.sendDraft(draft.id(), draft.version(), KEY);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.sendDraft(draft.id(), draft.version(), "1" + KEY.substring(1)))
                .matches(failure -> failure.kind() == Kind.NOT_FOUND)
                .withMessageContaining("has been sent");
    }

    @Test
    void changedDraft_hasItsNewFilesAndNoOthers() {
        var draft = alice.createDraft(mail("Draft", file("old.bin", 3)), KEY);
        var key = "1" + KEY.substring(1);
        var changed = alice.updateDraft(draft.id(), mail("Draft", file("new.bin", 4)), draft.version(), key);
        assertThat(changed.attachments()).extracting(AttachmentInfo::name).containsExactly("new.bin");
        var before = graph.count("PATCH");
        assertThat(alice.updateDraft(draft.id(), mail("Draft", file("new.bin", 4)), draft.version(), key))
                .isEqualTo(changed);
        assertThat(graph.count("PATCH")).isEqualTo(before);
    }

    @Test
    void reply_beginsAsOutlooksOwnAndSaysOurWordsOnly() {
        var id = received("Question");
        var question = alice.message(id).orElseThrow();
        var threading = new Threading(
                id,
                Optional.of(question.threadId()),
                question.messageId(),
                question.messageId().stream().toList());
        var reply = new Outgoing(
                List.of(Mailbox.of("carla@example.com")),
                List.of(),
                List.of(),
                "Re: Question",
                "Answer",
                List.of(),
                Optional.of(threading));
        var draft = alice.createDraft(reply, KEY);
        assertThat(graph.count("POST " + MESSAGES + "/" + id + "/createReply")).isEqualTo(1);
        assertThat(draft.threadId()).isEqualTo(question.threadId());
        assertThat(draft.subject()).isEqualTo("Re: Question");
        assertThat(draft.body().orElseThrow().text()).isEqualTo("Answer");
        assertThat(draft.references()).containsExactlyElementsOf(threading.references());
    }

    @Test
    void attachedMail_isReadAsAMessageAndALinkIsNone() {
        var id = received("With files");
        attach(id, "#microsoft.graph.itemAttachment");
        attach(id, "#microsoft.graph.referenceAttachment");
        var files = alice.message(id).orElseThrow().attachments();
        var mail = alice.attachment(id, files.getFirst().id()).orElseThrow();
        assertThat(mail.name()).isEqualTo("Fwd.eml");
        assertThat(mail.mediaType()).isEqualTo("message/rfc822");
        assertThat(mail.bytes()).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> alice.attachment(id, files.getLast().id()))
                .withMessageContaining("is a link");
    }

    @Test
    void mailInHtml_isTextWithTheOriginalBesideIt() {
        var html = "<html><body><p>Dear Alice,</p><p>see <a href=\"https://x.example\">here</a></p></body></html>";
        var id = graph.mail
                .received(FakeGraph.ALICE, "Html", "html", html)
                .path("id")
                .asString();
        var body = alice.message(id).orElseThrow().body().orElseThrow();
        assertThat(body.text()).isEqualTo("Dear Alice,\n\nsee here (https://x.example)");
        assertThat(body.html()).contains(html);
    }

    @Test
    void mailToOneself_standsOnceInItsThread() {
        var self = new Outgoing(
                List.of(Mailbox.of(FakeGraph.ALICE)),
                List.of(),
                List.of(),
                "Note",
                "To me",
                List.of(),
                Optional.empty());
        var sent = alice.send(self, KEY);
        assertThat(alice.thread(sent.threadId().orElseThrow())).hasSize(1);
    }

    @Test
    void movedMail_keepsItsId() {
        var id = received("Keep");
        assertThat(alice.move(id, FakeFolders.ATLAS, KEY).id()).isEqualTo(id);
        assertThat(alice.trash(id, KEY).folders()).containsExactly(FakeFolders.TRASH);
    }

    @Test
    void accountThatMayOnlyRead_cannotSend() {
        var reader = new MicrosoftMail(graph.upstream(FakeGraph.ALICE, "mail:read"));
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> reader.send(mail("No"), KEY))
                .matches(failure -> failure.kind() == Kind.FORBIDDEN)
                .withMessageContaining("link the account again");
    }

    @Test
    void accountWithoutMailbox_isToldSo() {
        graph.fail("GET " + MESSAGES, 404, Refused.body("MailboxNotEnabledForRESTAPI"), Map.of());
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> alice.message("AAkA1"))
                .withMessageContaining("no mailbox");
    }
}
