package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailBook.Content;
import dev.countersign.connector.sandbox.MailBook.Draft;
import dev.countersign.connector.sandbox.People.Person;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of messages and attachments. */
final class LetterTable {
    private LetterTable() {}

    static Optional<Letter> find(Store.Session db, Person person, String id) throws SQLException {
        return list(db, "SELECT * FROM message WHERE person = ? AND id = ?", person.id(), id).stream()
                .findFirst();
    }

    static List<Letter> list(Store.Session db, String sql, Object... values) throws SQLException {
        return db.list(
                sql,
                row -> Letter.of(
                        row,
                        db.list(
                                "SELECT id, name, content_type, LENGTH(content) AS bytes FROM attachment WHERE message"
                                        + " = ? ORDER BY position",
                                Letter.File::of,
                                row.getString("id"))),
                values);
    }

    static List<Content> contents(Store.Session db, String message) throws SQLException {
        return db.list(
                "SELECT name, content_type, content FROM attachment WHERE message = ? ORDER BY position",
                row -> new Content(row.getString(1), row.getString(2), row.getBytes(3)),
                message);
    }

    static Letter insert(
            Store.Session db, Person person, Draft draft, String folder, boolean read, boolean outgoing, Instant at)
            throws SQLException {
        var id = Secrets.id();
        db.run(
                "INSERT INTO message (id, person, thread, folder, message_id, in_reply_to, refs, sender_address,"
                    + " sender_name, recipients, subject, body_text, body_html, at, is_read, outgoing, version) VALUES"
                    + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                id,
                person.id(),
                threadOf(db, person, draft),
                folder,
                draft.messageId(),
                draft.inReplyTo(),
                Json.text(new MailJson.Strings(draft.references())),
                draft.from().address(),
                draft.from().name(),
                Json.text(draft.recipients()),
                draft.subject(),
                draft.text(),
                draft.html(),
                at,
                read,
                outgoing);
        attach(db, id, draft.files());
        return find(db, person, id).orElseThrow();
    }

    static void attach(Store.Session db, String message, List<Content> files) throws SQLException {
        var position = 0;
        for (var file : files) {
            db.run(
                    "INSERT INTO attachment (id, message, position, name, content_type, content) VALUES (?, ?, ?, ?,"
                            + " ?, ?)",
                    Secrets.id(),
                    message,
                    position++,
                    file.name(),
                    file.contentType(),
                    file.bytes());
        }
    }

    /** The conversation of the newest message that this one refers to, or a new one. RFC 5322 section 3.6.4. */
    static String threadOf(Store.Session db, Person person, Draft draft) throws SQLException {
        var referred = new ArrayList<>(draft.references());
        draft.inReplyTo().ifPresent(referred::add);
        for (var messageId : referred.reversed()) {
            var thread = db.one(
                    "SELECT thread FROM message WHERE person = ? AND message_id = ?",
                    row -> row.getString(1),
                    person.id(),
                    messageId);
            if (thread.isPresent()) {
                return thread.get();
            }
        }
        return Secrets.id();
    }
}
