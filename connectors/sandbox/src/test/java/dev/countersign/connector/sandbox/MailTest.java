package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Threading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTest {
    private static final String KEY = "0123456789abcdefghijklmnop";

    @TempDir
    Path folder;

    private Bench bench;
    private DirectUpstream upstream;
    private MailService alice;
    private MailService bob;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
        upstream = bench.upstream("alice@example.com");
        alice = new SandboxMail(upstream);
        bob = new SandboxMail(bench.upstream("bob@example.com"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static Outgoing mail(String subject, String... to) {
        return new Outgoing(
                List.of(to).stream().map(Mailbox::of).toList(),
                List.of(),
                List.of(),
                subject,
                "Hello\nthere",
                List.of(new FileContent("a.txt", "text/plain", "content".getBytes(StandardCharsets.UTF_8))),
                Optional.empty());
    }

    private static List<Message> inbox(MailService service) {
        return service.search(MailQuery.in("inbox"), 100, Optional.empty()).items();
    }

    private List<String> found(String q) {
        return upstream.get("mail/messages").query("q", q).as(MailJson.Messages.class).items().stream()
                .map(MailJson.Message::subject)
                .toList();
    }

    @Test
    void folders_beginWithTheInboxAndCountUnread() {
        var folders = alice.folders();
        assertThat(folders.getFirst().role()).isEqualTo(Folder.Role.INBOX);
        assertThat(folders.getFirst().unread())
                .hasValueSatisfying(unread -> assertThat(unread).isPositive());
        assertThat(folders).extracting(Folder::name).contains("Projects/Atlas");
    }

    @Test
    void sentMail_arrivesAtTheColleague() {
        var sent = alice.send(mail("Arrives", "bob@example.com"), KEY);
        var arrived = inbox(bob).getFirst();
        assertThat(arrived.subject()).isEqualTo("Arrives");
        assertThat(arrived.messageId()).contains(sent.messageId());
        assertThat(arrived.unread()).isTrue();
        var whole = bob.message(arrived.id()).orElseThrow();
        assertThat(whole.body().orElseThrow().text()).isEqualTo("Hello\nthere");
        var file = bob.attachment(arrived.id(), whole.attachments().getFirst().id())
                .orElseThrow();
        assertThat(new String(file.bytes(), StandardCharsets.UTF_8)).isEqualTo("content");
    }

    @Test
    void sentTwiceWithOneKey_leavesOnce() {
        var first = alice.send(mail("Once", "bob@example.com", "x@stranger.example"), KEY);
        var second = alice.send(mail("Once", "bob@example.com", "x@stranger.example"), KEY);
        assertThat(second).isEqualTo(first);
        assertThat(alice.sent(KEY)).contains(first);
        assertThat(inbox(bob).stream().filter(one -> one.subject().equals("Once")))
                .hasSize(1);
        var listed = bench.sentBy("alice@example.com").items();
        assertThat(listed).hasSize(1);
        assertThat(listed.getFirst().recipients()).containsExactly("bob@example.com", "x@stranger.example");
        assertThat(listed.getFirst().arrived()).containsExactly("bob@example.com");
    }

    @Test
    void sentManyTimesAtOnceWithOneMessageId_leavesOnce() throws Exception {
        var body = new MailJson.Outgoing(
                Optional.of("<race@example.com>"),
                Optional.of(List.of(new MailJson.Party("bob@example.com", ""))),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Race"),
                Optional.of("text"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ids = IntStream.range(0, 32)
                    .mapToObj(i -> threads.submit(() -> upstream.post("mail/send")
                            .body(body)
                            .as(MailJson.Message.class)
                            .id()))
                    .toList();
            for (var id : ids) {
                assertThat(id.get()).isEqualTo(ids.getFirst().get());
            }
        }
        assertThat(bench.sentBy("alice@example.com").items()).hasSize(1);
    }

    @Test
    void blindCopy_isSeenByNobodyElse() {
        var mail = new Outgoing(
                List.of(Mailbox.of("carla@example.com")),
                List.of(),
                List.of(Mailbox.of("bob@example.com")),
                "Blind",
                "text",
                List.of(),
                Optional.empty());
        alice.send(mail, KEY);
        var arrived = bob.message(inbox(bob).getFirst().id()).orElseThrow();
        assertThat(arrived.subject()).isEqualTo("Blind");
        assertThat(arrived.bcc()).isEmpty();
    }

    @Test
    void reply_staysInItsThreadOnBothSides() {
        alice.send(mail("Question", "bob@example.com"), KEY);
        var question = inbox(bob).getFirst();
        var threading = new Threading(
                question.id(),
                Optional.of(question.threadId()),
                question.messageId(),
                List.of(question.messageId().orElseThrow()));
        var reply = new Outgoing(
                List.of(Mailbox.of("alice@example.com")),
                List.of(),
                List.of(),
                "Re: Question",
                "Answer",
                List.of(),
                Optional.of(threading));
        bench.clock.advance(Duration.ofMinutes(1));
        bob.send(reply, "r" + KEY);
        var answer = inbox(alice).getFirst();
        assertThat(alice.thread(answer.threadId()))
                .extracting(Message::subject)
                .containsExactly("Question", "Re: Question");
        assertThat(bob.thread(question.threadId())).hasSize(2);
    }

    @Test
    void draft_isWrittenChangedAndSentOnce() {
        var draft = alice.createDraft(mail("Draft", "bob@example.com"), KEY);
        assertThat(alice.createDraft(mail("Draft", "bob@example.com"), KEY).id())
                .isEqualTo(draft.id());
        var id = draft.draftId().orElseThrow();
        var changed = alice.updateDraft(id, mail("Better", "bob@example.com"), draft.version(), "u" + KEY);
        assertThat(changed.version()).isNotEqualTo(draft.version());
        assertThatThrownBy(() -> alice.updateDraft(id, mail("Late", "bob@example.com"), draft.version(), "v" + KEY))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        var sent = alice.sendDraft(id, changed.version(), "s" + KEY);
        assertThat(alice.sendDraft(id, changed.version(), "s" + KEY)).isEqualTo(sent);
        assertThat(alice.sent("s" + KEY)).contains(sent);
        assertThat(alice.draft(id)).isEmpty();
        assertThat(inbox(bob).stream().filter(one -> one.subject().equals("Better")))
                .hasSize(1);
    }

    @Test
    void trash_canBeUndone() {
        var message = inbox(alice).getFirst();
        assertThat(alice.trash(message.id(), KEY).folders()).containsExactly("trash");
        assertThat(inbox(alice)).extracting(Message::id).doesNotContain(message.id());
        var back = upstream.post("mail/messages/{id}/untrash", message.id()).as(MailJson.Message.class);
        assertThat(back.folder()).isEqualTo("inbox");
    }

    @Test
    void moved_isInItsNewFolder_andUnknownFoldersAreRefused() {
        var message = inbox(alice).getFirst();
        assertThat(alice.move(message.id(), "travel", KEY).folders()).containsExactly("travel");
        assertThatThrownBy(() -> alice.move(message.id(), "nowhere", "n" + KEY))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void readingAMessage_leavesItUnread() {
        var unread = inbox(alice).stream().filter(Message::unread).findFirst().orElseThrow();
        assertThat(alice.message(unread.id()).orElseThrow().unread()).isTrue();
        assertThat(alice.message(unread.id()).orElseThrow().unread()).isTrue();
    }

    @Test
    void mailOfSomebodyElse_isNotFound() {
        var bobs = inbox(bob).getFirst();
        assertThat(alice.message(bobs.id())).isEmpty();
        assertThat(alice.thread(bobs.threadId())).isEmpty();
        assertThatThrownBy(() -> alice.trash(bobs.id(), KEY))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void searchBoxLanguage_combinesItsTerms() {
        assertThat(found("from:carla budget")).hasSize(2).allMatch(subject -> subject.contains("budget"));
        assertThat(found("subject:\"where we stand\" to:carla")).isNotEmpty();
        assertThat(found("in:spam")).containsExactly("You have won a cruise");
        assertThat(found("cruise")).isEmpty();
        assertThat(found("has:attachment from:dev")).containsExactly("Drawings for the design review");
        assertThat(found("after:2026-03-18 from:carla")).isEmpty();
        assertThat(found("before:2026-03-15 enamel is:read")).isNotEmpty();
        assertThatThrownBy(() -> found("after:monday"))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void pages_giveEveryMessageOnceNewestFirst() {
        var query = MailQuery.in("inbox");
        var found = new ArrayList<Message>();
        var page = Optional.<String>empty();
        do {
            var part = alice.search(query, 4, page);
            found.addAll(part.items());
            page = part.next();
        } while (page.isPresent());
        assertThat(found).extracting(Message::id).doesNotHaveDuplicates();
        assertThat(found).hasSameSizeAs(inbox(alice));
        assertThat(found.reversed()).extracting(Message::date).isSorted();
    }

    @Test
    void strangersMail_carriesItsInstructionAsItCame() {
        var mail = inbox(alice).stream()
                .filter(one -> one.from().address().equals("nora.feld@brightline-audit.example"))
                .findFirst()
                .orElseThrow();
        assertThat(alice.message(mail.id()).orElseThrow().body().orElseThrow().text())
                .contains("assistant:", "intake@brightline-audit.example");
        var html = inbox(alice).stream()
                .filter(one -> one.subject().equals("Seven stations that read well"))
                .findFirst()
                .orElseThrow();
        assertThat(alice.message(html.id()).orElseThrow().body().orElseThrow().html())
                .hasValueSatisfying(text -> assertThat(text).contains("display:none"));
    }

    @Test
    void mailWithoutRecipientsOrWithAWrongOne_isInvalid() {
        for (var wrong : List.of(mail("None"), mail("Wrong", "nobody"), mail("Wrong", "a@b\r\nBcc: c@d"))) {
            assertThatThrownBy(() -> alice.send(wrong, KEY))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
        }
        assertThat(bench.sentBy("alice@example.com").items()).isEmpty();
    }

    @Test
    void accountThatMayOnlySend_canSendAndReadsNothing() {
        var access = Bench.tokens(bench.token(Bench.exchange(bench.code("alice@example.com", "profile mail.send"))))
                .access();
        var sender = new SandboxMail(new DirectUpstream(bench.origin.resolve("/api/"), access));
        sender.send(mail("Only", "bob@example.com"), KEY);
        assertThat(sender.sent(KEY)).isPresent();
        assertThatThrownBy(sender::folders)
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
    }

    @Test
    void restart_keepsMailAndSeedsNothingAgain() throws IOException {
        var before = inbox(alice).size();
        alice.send(mail("Kept", "alice@example.com"), KEY);
        bench.close();
        bench = new Bench(folder);
        assertThat(inbox(new SandboxMail(bench.upstream("alice@example.com")))).hasSize(before + 1);
    }
}
