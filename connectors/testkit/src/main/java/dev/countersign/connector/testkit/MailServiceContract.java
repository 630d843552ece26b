package dev.countersign.connector.testkit;

import static dev.countersign.connector.testkit.Failures.failsWith;
import static dev.countersign.connector.testkit.Failures.key;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MailService} keeps to. The tests send mail from one account to another at the same provider. */
public abstract class MailServiceContract {
    /** A person and their mailbox. */
    public record Owner(MailService mail, String address) {}

    /** Somebody whose mailbox no other test touches; there may be mail in it. */
    protected abstract Owner owner();

    /** Another one, whom mail of the first reaches. */
    protected abstract Owner correspondent();

    private Owner me;
    private Owner other;
    private String subject;

    @BeforeEach
    void link() {
        me = owner();
        other = correspondent();
        subject = "Zvyx" + key();
    }

    private Outgoing to(Owner recipient, String subject, String text) {
        return mail(recipient, subject, text, List.of(), Optional.empty());
    }

    private static Outgoing mail(
            Owner recipient, String subject, String text, List<FileContent> files, Optional<Threading> threading) {
        return new Outgoing(
                List.of(Mailbox.of(recipient.address())), List.of(), List.of(), subject, text, files, threading);
    }

    private static MailQuery subject(String subject, Optional<String> folder) {
        return new MailQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(subject),
                folder,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Message> find(Owner owner, MailQuery query) {
        return Pages.all(20, page -> owner.mail().search(query, 20, page));
    }

    private static List<Message> in(Owner owner, String folder, String subject) {
        return find(owner, subject(subject, Optional.of(folder)));
    }

    private static Message arrived(Owner owner, String subject) {
        var found =
                Await.until("mail", () -> in(owner, "inbox", subject).stream().findFirst());
        return owner.mail().message(found.id()).orElseThrow();
    }

    private static String text(Message message) {
        return message.body().orElseThrow().text().strip();
    }

    @Test
    void folders_haveTheUsualRolesAndTheInboxFirst() {
        var folders = me.mail().folders();
        assertThat(folders.getFirst().role()).isEqualTo(Folder.Role.INBOX);
        assertThat(folders).extracting(Folder::role).contains(Folder.Role.DRAFTS, Folder.Role.SENT, Folder.Role.TRASH);
        assertThat(folders).extracting(Folder::id).doesNotHaveDuplicates();
    }

    @Test
    void sentMail_arrivesOnceAndLiesOnceAmongTheSent() {
        var sent = me.mail().send(to(other, subject + " Grüße", "Hallo,\n\nschöne Grüße ✓"), key());
        var received = arrived(other, subject);
        assertThat(received.subject()).isEqualTo(subject + " Grüße");
        assertThat(text(received)).isEqualTo("Hallo,\n\nschöne Grüße ✓");
        assertThat(received.from().address()).isEqualToIgnoringCase(me.address());
        assertThat(received.to()).extracting(Mailbox::address).containsExactly(other.address());
        assertThat(received.messageId()).contains(sent.messageId());
        assertThat(received.unread()).isTrue();
        assertThat(sent.refused()).isEmpty();
        assertThat(in(me, "sent", subject)).hasSize(1);
        assertThat(in(other, "inbox", subject)).hasSize(1);
    }

    @Test
    void sameKeyTwice_sendsOnce() {
        var key = key();
        var first = me.mail().send(to(other, subject, "Once"), key);
        var second = me.mail().send(to(other, subject, "Once"), key);
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(arrived(other, subject)).isNotNull();
        assertThat(in(me, "sent", subject)).hasSize(1);
        assertThat(in(other, "inbox", subject)).hasSize(1);
    }

    @Test
    void sentMail_isFoundByItsKey() {
        var key = key();
        var sent = me.mail().send(to(other, subject, "Found"), key);
        assertThat(me.mail().sent(key).orElseThrow().messageId()).isEqualTo(sent.messageId());
        assertThat(me.mail().sent(key())).isEmpty();
    }

    @Test
    void reply_staysInTheThreadOfBoth() {
        me.mail().send(to(other, subject, "Question"), key());
        var question = arrived(other, subject);
        var threading = new Threading(
                question.id(),
                Optional.of(question.threadId()),
                question.messageId(),
                question.messageId().stream().toList());
        other.mail().send(mail(me, "Re: " + subject, "Answer", List.of(), Optional.of(threading)), key());
        var answer = arrived(me, "Re: " + subject);
        assertThat(answer.inReplyTo()).isEqualTo(question.messageId());
        assertThat(answer.references())
                .containsExactlyElementsOf(question.messageId().stream().toList());
        assertThat(me.mail().thread(answer.threadId()))
                .extracting(MailServiceContract::text)
                .containsExactly("Question", "Answer");
        assertThat(other.mail().thread(question.threadId())).hasSize(2);
    }

    @Test
    void hiddenRecipient_isSeenByNobodyElse() {
        var mail = new Outgoing(
                List.of(Mailbox.of(other.address())),
                List.of(),
                List.of(Mailbox.of(me.address())),
                subject,
                "Hidden",
                List.of(),
                Optional.empty());
        me.mail().send(mail, key());
        assertThat(arrived(other, subject).bcc()).isEmpty();
        assertThat(arrived(me, subject)).isNotNull();
        assertThat(me.mail()
                        .message(in(me, "sent", subject).getFirst().id())
                        .orElseThrow()
                        .bcc())
                .extracting(Mailbox::address)
                .containsExactly(me.address());
    }

    @Test
    void attachment_arrivesByteForByte() {
        var bytes = new byte[3000];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 7));
        var file = new FileContent("Übersicht 1.bin", "application/octet-stream", bytes);
        me.mail().send(mail(other, subject, "See file", List.of(file), Optional.empty()), key());
        var received = arrived(other, subject);
        assertThat(received.attachments()).hasSize(1);
        var info = received.attachments().getFirst();
        assertThat(info.name()).isEqualTo("Übersicht 1.bin");
        var stored = other.mail().attachment(received.id(), info.id()).orElseThrow();
        assertThat(stored.bytes()).isEqualTo(bytes);
        assertThat(stored.name()).isEqualTo(info.name());
        assertThat(other.mail().attachment(received.id(), "no-such-attachment")).isEmpty();
    }

    @Test
    void reading_leavesMailUnread() {
        me.mail().send(to(other, subject, "Read me"), key());
        var received = arrived(other, subject);
        assertThat(other.mail().thread(received.threadId())).hasSize(1);
        assertThat(other.mail().message(received.id()).orElseThrow().unread()).isTrue();
    }

    @Test
    void draft_isWrittenChangedAndSentOnce() {
        var made = me.mail().createDraft(to(other, subject, "First words"), key());
        var id = made.draftId().orElseThrow();
        assertThat(text(me.mail().draft(id).orElseThrow())).isEqualTo("First words");
        assertThat(in(me, "drafts", subject)).extracting(Message::draftId).containsExactly(Optional.of(id));
        var changed = me.mail().updateDraft(id, to(other, subject, "Last words"), made.version(), key());
        assertThat(text(changed)).isEqualTo("Last words");
        var draft = changed.draftId().orElseThrow();
        var key = key();
        var sent = me.mail().sendDraft(draft, changed.version(), key);
        assertThat(me.mail().sendDraft(draft, changed.version(), key).messageId())
                .isEqualTo(sent.messageId());
        assertThat(text(arrived(other, subject))).isEqualTo("Last words");
        assertThat(in(other, "inbox", subject)).hasSize(1);
        assertThat(in(me, "sent", subject)).hasSize(1);
        assertThat(in(me, "drafts", subject)).isEmpty();
        assertThat(me.mail().draft(draft)).isEmpty();
        assertThat(me.mail().sent(key).orElseThrow().messageId()).isEqualTo(sent.messageId());
    }

    @Test
    void sameKeyTwice_writesOneDraft() {
        var key = key();
        var first = me.mail().createDraft(to(other, subject, "Once"), key);
        var second = me.mail().createDraft(to(other, subject, "Once"), key);
        assertThat(second.draftId()).isEqualTo(first.draftId());
        assertThat(in(me, "drafts", subject)).hasSize(1);
    }

    @Test
    void draftChangedMeanwhile_isAConflictAndIsNotSent() {
        var made = me.mail().createDraft(to(other, subject, "First"), key());
        var id = made.draftId().orElseThrow();
        me.mail().updateDraft(id, to(other, subject, "Second"), made.version(), key());
        if (made.version().isPresent()) {
            failsWith(Kind.CONFLICT, () -> me.mail().sendDraft(id, made.version(), key()));
            failsWith(Kind.CONFLICT, () -> me.mail().updateDraft(id, to(other, subject, "3"), made.version(), key()));
        }
        assertThat(in(me, "sent", subject)).isEmpty();
        assertThat(in(me, "drafts", subject)).hasSize(1);
    }

    @Test
    void answeringDraftChanged_staysInItsThread() {
        other.mail().send(to(me, subject, "Question"), key());
        var question = arrived(me, subject);
        var threading = new Threading(
                question.id(),
                Optional.of(question.threadId()),
                question.messageId(),
                question.messageId().stream().toList());
        var made =
                me.mail().createDraft(mail(other, "Re: " + subject, "Draft", List.of(), Optional.of(threading)), key());
        var better = mail(other, "Re: " + subject, "Better", List.of(), Optional.of(threading));
        var changed = me.mail().updateDraft(made.draftId().orElseThrow(), better, made.version(), key());
        assertThat(changed.threadId()).isEqualTo(question.threadId());
        assertThat(changed.inReplyTo()).isEqualTo(question.messageId());
    }

    @Test
    void trashedMail_isOutOfSightAndComesBack() {
        me.mail().send(to(other, subject, "Away"), key());
        var received = arrived(other, subject);
        var trashed = other.mail().trash(received.id(), key());
        assertThat(find(other, subject(subject, Optional.empty()))).isEmpty();
        assertThat(in(other, "trash", subject)).extracting(Message::id).containsExactly(trashed.id());
        var back = other.mail().move(trashed.id(), "inbox", key());
        assertThat(in(other, "inbox", subject)).extracting(Message::id).containsExactly(back.id());
        assertThat(in(other, "trash", subject)).isEmpty();
    }

    @Test
    void unknownIds_areEmptyOrNotFound() {
        assertThat(me.mail().message("nosuchmessage")).isEmpty();
        assertThat(me.mail().draft("nosuchdraft")).isEmpty();
        assertThat(me.mail().thread("nosuchthread")).isEmpty();
        failsWith(Kind.NOT_FOUND, () -> me.mail().trash("nosuchmessage", key()));
        failsWith(Kind.NOT_FOUND, () -> me.mail().sendDraft("nosuchdraft", Optional.empty(), key()));
        me.mail().send(to(other, subject, "Stay"), key());
        var received = arrived(other, subject);
        assertThatThrownBy(() -> other.mail().move(received.id(), "nosuchfolder", key()))
                .isInstanceOf(UpstreamException.class);
        assertThat(in(other, "inbox", subject)).hasSize(1);
    }

    @Test
    void pages_giveEveryMessageOnceTheNewestFirst() {
        var titles = new ArrayList<String>();
        for (var i = 0; i < 7; i++) {
            titles.add(subject + " " + i);
            me.mail().send(to(other, titles.getLast(), "Number " + i), key());
            assertThat(arrived(other, titles.getLast())).isNotNull();
        }
        var query = subject(subject, Optional.of("inbox"));
        var found = Pages.all(3, page -> other.mail().search(query, 3, page));
        assertThat(found).extracting(Message::subject).containsExactlyInAnyOrderElementsOf(titles);
        assertThat(found)
                .isSortedAccordingTo(
                        Comparator.comparing((Message message) -> message.date().toInstant())
                                .reversed());
        assertThat(found).allMatch(message -> message.body().isEmpty());
    }

    @Test
    void everyFilter_isApplied() {
        var file = new FileContent("a.txt", "text/plain", "a".getBytes(StandardCharsets.UTF_8));
        me.mail().send(mail(other, subject, "needle", List.of(file), Optional.empty()), key());
        var date = arrived(other, subject).date().toInstant();
        var before = Optional.of(date.minus(Duration.ofDays(2)));
        var after = Optional.of(date.plus(Duration.ofDays(2)));
        var none = Optional.<String>empty();
        assertThat(matches(Optional.of("NEEDLE"), none, Optional.empty(), Optional.empty()))
                .isTrue();
        assertThat(matches(none, Optional.of(me.address()), before, after)).isTrue();
        assertThat(matches(none, Optional.of("stranger@else.invalid"), before, after))
                .isFalse();
        assertThat(matches(Optional.of("haystackxyz"), none, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(matches(none, none, after, Optional.empty())).isFalse();
        assertThat(matches(none, none, Optional.empty(), before)).isFalse();
        assertThat(flagged(Optional.of(true), Optional.of(true))).isTrue();
        assertThat(flagged(Optional.of(false), Optional.empty())).isFalse();
        assertThat(flagged(Optional.empty(), Optional.of(false))).isFalse();
    }

    private boolean matches(
            Optional<String> text, Optional<String> from, Optional<Instant> after, Optional<Instant> before) {
        var query = new MailQuery(
                text,
                from,
                Optional.of(other.address()),
                Optional.of(subject),
                Optional.empty(),
                after,
                before,
                Optional.empty(),
                Optional.empty());
        return !find(other, query).isEmpty();
    }

    private boolean flagged(Optional<Boolean> unread, Optional<Boolean> attachment) {
        var query = new MailQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(subject),
                Optional.of("inbox"),
                Optional.empty(),
                Optional.empty(),
                unread,
                attachment);
        return !find(other, query).isEmpty();
    }
}
