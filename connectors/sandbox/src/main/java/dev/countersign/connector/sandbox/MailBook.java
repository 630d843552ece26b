package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.MailJson.Recipients;
import dev.countersign.connector.sandbox.People.Person;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stored mailboxes. Each person has a copy of their own; a message is found by its Message-ID on both sides. */
final class MailBook {
    private final Store store;
    private final Clock clock;

    /** A message before it lies in a mailbox. */
    record Draft(
            String messageId,
            Optional<String> inReplyTo,
            List<String> references,
            Party from,
            Recipients recipients,
            String subject,
            String text,
            Optional<String> html,
            List<Content> files) {}

    /** An attachment with its content. */
    record Content(String name, String contentType, byte[] bytes) {}

    record Folder(String id, String name, int total, int unread) {}

    MailBook(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Folder> folders(Person person) {
        return store.read(db -> db.list(
                "SELECT f.id, f.name, COUNT(m.id) AS total, SUM(CASE WHEN m.is_read = 0 THEN 1 ELSE 0 END) AS unread"
                        + " FROM folder f LEFT JOIN message m ON m.person = f.person AND m.folder = f.id"
                        + " WHERE f.person = ? GROUP BY f.id, f.name, f.position ORDER BY f.position",
                row -> new Folder(
                        row.getString("id"), row.getString("name"), row.getInt("total"), row.getInt("unread")),
                person.id()));
    }

    /** What fits the filter and comes after the position, the newest first, one more than the limit when there is more. */
    List<Letter> search(Person person, MailFilter filter, Optional<Api.Position> after, int limit) {
        var at = after.map(Api.Position::at).orElse(Long.MAX_VALUE);
        return store
                .read(db -> LetterTable.list(
                        db,
                        "SELECT * FROM message WHERE person = ? AND (at < ? OR at = ? AND id > ?) ORDER BY at DESC, id",
                        person.id(),
                        at,
                        at,
                        after.map(Api.Position::id).orElse("")))
                .stream()
                .filter(filter::holds)
                .limit(limit + 1L)
                .toList();
    }

    Optional<Letter> find(Person person, String id) {
        return store.read(db -> LetterTable.find(db, person, id));
    }

    /** A conversation without drafts and trash, the oldest first. */
    List<Letter> thread(Person person, String thread) {
        return store.read(db -> LetterTable.list(
                db,
                "SELECT * FROM message WHERE person = ? AND thread = ? AND folder NOT IN ('drafts', 'trash')"
                        + " ORDER BY at, rowid",
                person.id(),
                thread));
    }

    Optional<Content> content(Person person, String message, String attachment) {
        return store.read(db -> db.one(
                "SELECT a.name, a.content_type, a.content FROM attachment a JOIN message m ON m.id = a.message"
                        + " WHERE m.person = ? AND m.id = ? AND a.id = ?",
                row -> new Content(row.getString("name"), row.getString("content_type"), row.getBytes("content")),
                person.id(),
                message,
                attachment));
    }

    /** Keeps a draft. One with the same Message-ID is the first one. */
    Letter draft(Person person, Draft draft) {
        return store.write(db -> {
            var before = LetterTable.list(
                            db,
                            "SELECT * FROM message WHERE person = ? AND message_id = ? AND (folder = 'drafts' OR"
                                    + " outgoing = 1)",
                            person.id(),
                            draft.messageId())
                    .stream()
                    .findFirst();
            return before.isPresent()
                    ? before.get()
                    : LetterTable.insert(db, person, draft, Letter.DRAFTS, true, false, clock.instant());
        });
    }

    /** Puts other content in a draft's place. */
    Letter redraft(Person person, String id, Optional<String> ifMatch, Draft draft) {
        return store.write(db -> {
            var before = openDraft(db, person, id, ifMatch);
            db.run(
                    "UPDATE message SET in_reply_to = ?, refs = ?, recipients = ?, subject = ?, body_text = ?,"
                            + " body_html = ?, at = ?, version = version + 1 WHERE id = ?",
                    draft.inReplyTo(),
                    Json.text(new MailJson.Strings(draft.references())),
                    Json.text(draft.recipients()),
                    draft.subject(),
                    draft.text(),
                    draft.html(),
                    clock.instant(),
                    before.id());
            db.run("DELETE FROM attachment WHERE message = ?", before.id());
            LetterTable.attach(db, before.id(), draft.files());
            return LetterTable.find(db, person, id).orElseThrow();
        });
    }

    private static Letter openDraft(Store.Session db, Person person, String id, Optional<String> ifMatch)
            throws SQLException {
        var draft = LetterTable.find(db, person, id).filter(Letter::draft).orElseThrow(MailBook::noDraft);
        if (ifMatch.filter(tag -> !tag.equals(draft.etag()) && !tag.equals("*")).isPresent()) {
            throw Refusal.changed();
        }
        return draft;
    }

    /** Sends once: a second message with the same Message-ID is answered with the first one and goes nowhere. */
    Letter send(Person person, Draft draft) {
        return store.write(db -> {
            var before = sent(db, person, draft.messageId());
            if (before.isPresent()) {
                return before.get();
            }
            var kept = LetterTable.insert(db, person, draft, Letter.SENT, true, true, clock.instant());
            deliver(db, kept, draft);
            return kept;
        });
    }

    /** Sends a draft as it is; it is a draft no more. Sent again it is the first one. */
    Letter sendDraft(Person person, String id, Optional<String> ifMatch, Optional<String> messageId) {
        return store.write(db -> {
            var already = LetterTable.find(db, person, id).filter(Letter::outgoing);
            if (already.isPresent()) {
                return already.get();
            }
            var draft = openDraft(db, person, id, ifMatch);
            var name = messageId.orElse(draft.messageId());
            if (sent(db, person, name).isPresent()) {
                throw Refusal.conflict("Another message with this Message-ID was sent already.");
            }
            var content = new Draft(
                    name,
                    draft.inReplyTo(),
                    draft.references(),
                    draft.from(),
                    draft.recipients(),
                    draft.subject(),
                    draft.text(),
                    draft.html(),
                    LetterTable.contents(db, id));
            mustHaveRecipients(content.recipients());
            db.run(
                    "UPDATE message SET folder = 'sent', outgoing = 1, message_id = ?, at = ?, version = version + 1"
                            + " WHERE id = ?",
                    name,
                    clock.instant(),
                    id);
            var kept = LetterTable.find(db, person, id).orElseThrow();
            deliver(db, kept, content);
            return kept;
        });
    }

    Optional<Letter> sent(Person person, String messageId) {
        return store.read(db -> sent(db, person, messageId));
    }

    private static Optional<Letter> sent(Store.Session db, Person person, String messageId) throws SQLException {
        return LetterTable.list(
                        db,
                        "SELECT * FROM message WHERE person = ? AND message_id = ? AND outgoing = 1",
                        person.id(),
                        messageId)
                .stream()
                .findFirst();
    }

    /** Each recipient once; who is not of the organisation is only noted: this provider has no way out. */
    private void deliver(Store.Session db, Letter sent, Draft draft) throws SQLException {
        var open = new Recipients(
                draft.recipients().to(),
                draft.recipients().cc(),
                List.of(),
                draft.recipients().replyTo());
        var copy = new Draft(
                draft.messageId(),
                draft.inReplyTo(),
                draft.references(),
                draft.from(),
                open,
                draft.subject(),
                draft.text(),
                draft.html(),
                draft.files());
        for (var address : addresses(draft.recipients())) {
            var person = People.byAddress(db, address);
            if (person.isPresent()) {
                LetterTable.insert(db, person.get(), copy, Letter.INBOX, false, false, clock.instant());
            }
            db.run(
                    "INSERT INTO delivery (message, recipient, arrived, at) VALUES (?, ?, ?, ?)",
                    sent.id(),
                    address,
                    person.isPresent(),
                    clock.instant());
        }
    }

    static Set<String> addresses(Recipients recipients) {
        var all = new LinkedHashSet<String>();
        for (var list : List.of(recipients.to(), recipients.cc(), recipients.bcc())) {
            list.forEach(party -> all.add(party.address()));
        }
        return all;
    }

    static void mustHaveRecipients(Recipients recipients) {
        if (addresses(recipients).isEmpty()) {
            throw Refusal.invalid("Name at least one recipient in to, cc or bcc.");
        }
    }

    /** Puts a mail of the calendar into inboxes of the organisation; it is nobody's sent mail. */
    void notice(Person from, List<String> to, String subject, String text) {
        store.write(db -> {
            var count = 0;
            for (var address : to) {
                var person = People.byAddress(db, address);
                if (person.isPresent()) {
                    receive(db, person.get(), new Party(from.address(), from.name()), subject, text, clock.instant());
                    count++;
                }
            }
            return count;
        });
    }

    /** Puts a mail from anybody into somebody's inbox. */
    static Letter receive(Store.Session db, Person person, Party from, String subject, String text, Instant at)
            throws SQLException {
        var to = new Recipients(List.of(new Party(person.address(), person.name())), List.of(), List.of(), List.of());
        var domain = from.address().substring(from.address().indexOf('@') + 1);
        var draft = new Draft(
                "<" + Secrets.id() + "@" + domain + ">",
                Optional.empty(),
                List.of(),
                from,
                to,
                subject,
                text,
                Optional.empty(),
                List.of());
        return LetterTable.insert(db, person, draft, Letter.INBOX, false, false, at);
    }

    Letter receive(Person person, Party from, String subject, String text) {
        return store.write(db -> receive(db, person, from, subject, text, clock.instant()));
    }

    /** Moves a message; to the trash it remembers where it was. */
    Letter move(Person person, String id, String folder) {
        return store.write(db -> {
            var letter = LetterTable.find(db, person, id).orElseThrow(MailBook::unknown);
            var known = db.count("SELECT COUNT(*) FROM folder WHERE person = ? AND id = ?", person.id(), folder);
            if (known == 0) {
                throw Refusal.invalid("No folder with this id. List the folders and use an id of them.");
            }
            if (!letter.folder().equals(folder)) {
                db.run(
                        "UPDATE message SET folder = ?, folder_before = ?, version = version + 1 WHERE id = ?",
                        folder,
                        letter.folder(),
                        id);
            }
            return LetterTable.find(db, person, id).orElseThrow();
        });
    }

    /** Puts a message back where it was before the trash. */
    Letter untrash(Person person, String id) {
        var letter = find(person, id)
                .filter(one -> one.folder().equals(Letter.TRASH))
                .orElseThrow(MailBook::unknown);
        return move(person, id, letter.folderBefore().orElse(Letter.INBOX));
    }

    Letter mark(Person person, String id, boolean read) {
        return store.write(db -> {
            db.run("UPDATE message SET is_read = ? WHERE person = ? AND id = ?", read, person.id(), id);
            return LetterTable.find(db, person, id).orElseThrow(MailBook::unknown);
        });
    }

    static Refusal unknown() {
        return Refusal.notFound("No message with this id. Search for messages and use an id of them.");
    }

    static Refusal noDraft() {
        return Refusal.notFound("No draft with this id. It may have been sent or moved.");
    }
}
