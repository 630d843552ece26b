package dev.countersign.connector.sandbox;

import static dev.countersign.connector.sandbox.Operation.MAIL_READ;
import static dev.countersign.connector.sandbox.Operation.MAIL_SEND;
import static dev.countersign.connector.sandbox.Operation.MAIL_WRITE;

import dev.countersign.connector.sandbox.MailBook.Content;
import dev.countersign.connector.sandbox.MailBook.Draft;
import dev.countersign.connector.sandbox.MailJson.Outgoing;
import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.MailJson.Recipients;
import dev.countersign.connector.sandbox.People.Person;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The mail half of the API. */
final class MailApi {
    private static final Set<Scope> SENDERS_TOO = EnumSet.of(Scope.MAIL_READ, Scope.MAIL_SEND);
    private static final int MAX_RECIPIENTS = 100;
    private static final int MAX_SUBJECT_LENGTH = 1_000;
    private static final int MAX_TEXT_LENGTH = 1_000_000;

    /** What large providers take, before Base64. */
    private static final int MAX_ATTACHED_BYTES = 25 * 1024 * 1024;

    private final MailBook book;
    private final String issuer;

    MailApi(MailBook book, String issuer) {
        this.book = book;
        this.issuer = issuer;
    }

    List<Route> routes(Api api) {
        return List.of(
                api.route("GET", "mail/folders", MAIL_READ, Scope.MAIL_READ, this::folders),
                api.route("GET", "mail/messages", MAIL_READ, Scope.MAIL_READ, this::search),
                api.route("GET", "mail/messages/{id}", MAIL_READ, Scope.MAIL_READ, this::message),
                api.route("GET", "mail/messages/{id}/attachments/{file}", MAIL_READ, Scope.MAIL_READ, this::attachment),
                api.route("GET", "mail/threads/{id}", MAIL_READ, Scope.MAIL_READ, this::thread),
                api.route("PATCH", "mail/messages/{id}", MAIL_WRITE, Scope.MAIL_WRITE, this::mark),
                api.route("POST", "mail/messages/{id}/move", MAIL_WRITE, Scope.MAIL_WRITE, this::move),
                api.route("POST", "mail/messages/{id}/trash", MAIL_WRITE, Scope.MAIL_WRITE, this::trash),
                api.route("POST", "mail/messages/{id}/untrash", MAIL_WRITE, Scope.MAIL_WRITE, this::untrash),
                api.route("POST", "mail/drafts", MAIL_WRITE, Scope.MAIL_WRITE, this::draft),
                api.route("PUT", "mail/drafts/{id}", MAIL_WRITE, Scope.MAIL_WRITE, this::redraft),
                // a sender may see what is to be sent and what was, holding mail.send alone
                api.route("GET", "mail/sent", MAIL_READ, SENDERS_TOO, this::sent),
                api.route("GET", "mail/drafts/{id}", MAIL_READ, SENDERS_TOO, this::openDraft),
                api.route("POST", "mail/drafts/{id}/send", MAIL_SEND, Scope.MAIL_SEND, this::sendDraft),
                api.route("POST", "mail/send", MAIL_SEND, Scope.MAIL_SEND, this::send));
    }

    private Answer folders(Person person, Incoming request) {
        return Answer.json(
                200,
                new MailJson.Folders(book.folders(person).stream()
                        .map(one -> new MailJson.Folder(one.id(), one.name(), one.total(), one.unread()))
                        .toList()));
    }

    private Answer search(Person person, Incoming request) {
        var limit = Api.limit(request);
        var found = book.search(person, MailFilter.of(request, person.zone()), Api.position(request), limit);
        var page = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit
                ? Optional.of(Api.cursor(
                        page.getLast().at().toEpochMilli(), page.getLast().id()))
                : Optional.<String>empty();
        return Answer.json(
                200,
                new MailJson.Messages(
                        page.stream().map(letter -> letter.json(false, issuer)).toList(), next));
    }

    private Answer message(Person person, Incoming request) {
        return whole(200, book.find(person, request.value("id")).orElseThrow(MailBook::unknown));
    }

    private Answer thread(Person person, Incoming request) {
        var letters = book.thread(person, request.value("id"));
        if (letters.isEmpty()) {
            throw Refusal.notFound("No thread with this id. Search for messages and use the thread of one.");
        }
        return Answer.json(
                200,
                new MailJson.Messages(
                        letters.stream()
                                .map(letter -> letter.json(true, issuer))
                                .toList(),
                        Optional.empty()));
    }

    /** As a download only: what strangers sent must not run on this origin. */
    private Answer attachment(Person person, Incoming request) {
        var file = book.content(person, request.value("id"), request.value("file"))
                .orElseThrow(
                        () -> Refusal.notFound("No attachment with this id. Read the message and use an id of it."));
        return Answer.of(200, file.contentType(), file.bytes())
                .with("Content-Disposition", "attachment")
                .with("Cache-Control", "no-store");
    }

    private Answer mark(Person person, Incoming request) {
        var marks = Json.read(request.body(), MailJson.Marks.class);
        var read = marks.read().orElseThrow(() -> Refusal.invalid("Send read: true or false."));
        return Answer.json(200, book.mark(person, request.value("id"), read).json(false, issuer));
    }

    private Answer move(Person person, Incoming request) {
        var folder = Optional.ofNullable(
                        Json.read(request.body(), MailJson.Move.class).folder())
                .orElseThrow(() -> Refusal.invalid("Send the id of a folder."));
        return Answer.json(200, book.move(person, request.value("id"), folder).json(false, issuer));
    }

    private Answer trash(Person person, Incoming request) {
        return Answer.json(
                200, book.move(person, request.value("id"), Letter.TRASH).json(false, issuer));
    }

    private Answer untrash(Person person, Incoming request) {
        return Answer.json(200, book.untrash(person, request.value("id")).json(false, issuer));
    }

    private Answer draft(Person person, Incoming request) {
        return whole(201, book.draft(person, asked(person, request)));
    }

    private Answer redraft(Person person, Incoming request) {
        return whole(
                200, book.redraft(person, request.value("id"), request.header("if-match"), asked(person, request)));
    }

    private Answer sent(Person person, Incoming request) {
        var messageId = request.parameter("message-id").orElseThrow(() -> Refusal.invalid("Send message-id."));
        return Answer.json(
                200,
                book.sent(person, messageId)
                        .orElseThrow(() -> Refusal.notFound("Nothing was sent with this Message-ID."))
                        .json(false, issuer));
    }

    private Answer openDraft(Person person, Incoming request) {
        return whole(
                200,
                book.find(person, request.value("id")).filter(Letter::draft).orElseThrow(MailBook::noDraft));
    }

    private Answer send(Person person, Incoming request) {
        var draft = asked(person, request);
        MailBook.mustHaveRecipients(draft.recipients());
        return Answer.json(200, book.send(person, draft).json(false, issuer));
    }

    private Answer sendDraft(Person person, Incoming request) {
        var name = request.body().length == 0
                ? Optional.<String>empty()
                : Json.read(request.body(), MailJson.SendDraft.class).messageId();
        return Answer.json(
                200,
                book.sendDraft(
                                person,
                                request.value("id"),
                                request.header("if-match"),
                                name.map(MailApi::checkedMessageId))
                        .json(false, issuer));
    }

    private Answer whole(int status, Letter letter) {
        return Answer.json(status, letter.json(true, issuer)).with("ETag", letter.etag());
    }

    private static Draft asked(Person person, Incoming request) {
        var asked = Json.read(request.body(), Outgoing.class);
        var recipients = new Recipients(parties(asked.to()), parties(asked.cc()), parties(asked.bcc()), List.of());
        if (MailBook.addresses(recipients).size() > MAX_RECIPIENTS) {
            throw Refusal.invalid("A message may have " + MAX_RECIPIENTS + " recipients.");
        }
        return new Draft(
                asked.messageId()
                        .map(MailApi::checkedMessageId)
                        .orElseGet(() -> "<" + Secrets.id() + "@sandbox.example.com>"),
                asked.inReplyTo().map(MailApi::checkedMessageId),
                asked.references().orElse(List.of()).stream()
                        .map(MailApi::checkedMessageId)
                        .toList(),
                new Party(person.address(), person.name()),
                recipients,
                checked("subject", asked.subject().orElse("").replaceAll("[\\r\\n]+", " "), MAX_SUBJECT_LENGTH),
                checked("text", asked.text().orElse(""), MAX_TEXT_LENGTH),
                Optional.empty(),
                files(asked));
    }

    private static List<Party> parties(Optional<List<Party>> asked) {
        return asked.orElse(List.of()).stream()
                .map(party -> new Party(
                        Addresses.checked(party.address()),
                        Optional.ofNullable(party.name()).orElse("").replaceAll("\\p{Cntrl}", " ")))
                .toList();
    }

    private static List<Content> files(Outgoing asked) {
        var files = asked.attachments().orElse(List.of()).stream()
                .map(file -> new Content(
                        checked(
                                        "attachment name",
                                        Optional.ofNullable(file.name()).orElse("file"),
                                        255)
                                .replaceAll("[\\p{Cntrl}/\\\\]", "_"),
                        contentType(Optional.ofNullable(file.contentType()).orElse("")),
                        decoded(Optional.ofNullable(file.content()).orElse(""))))
                .toList();
        if (files.stream().mapToLong(file -> file.bytes().length).sum() > MAX_ATTACHED_BYTES) {
            throw new Refusal(413, "too_large", "Attachments may have 25 MiB in all.");
        }
        return files;
    }

    private static String contentType(String asked) {
        return asked.matches("[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,80}(; ?charset=[A-Za-z0-9-]+)?")
                ? asked
                : "application/octet-stream";
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("An attachment's content is not Base64.");
        }
    }

    private static String checkedMessageId(String id) {
        if (!id.matches("<[^\\s<>@]{1,120}@[^\\s<>@]{1,120}>")) {
            throw Refusal.invalid("A message id must look like <id@example.com>.");
        }
        return id;
    }

    private static String checked(String what, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw Refusal.invalid("The " + what + " may have " + maxLength + " characters.");
        }
        return value;
    }
}
