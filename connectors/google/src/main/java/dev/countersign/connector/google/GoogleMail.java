package dev.countersign.connector.google;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.Sent;
import dev.countersign.connector.workspace.Threading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mail over Gmail v1. What is written carries the call's key, so that it is written and sent once.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/reference/rest">Gmail v1</a>
 */
final class GoogleMail implements MailService {
    private static final String ME = "gmail/v1/users/me/";
    private static final String UPLOAD = "upload/gmail/v1/users/me/";

    /** With base64 and JSON around it an answer stays below the 25 MiB that are read. */
    private static final long MOST_ATTACHMENT_BYTES = 18L * 1024 * 1024;

    private final Upstream gmail;
    private final MessageReading reading;
    private final SentMail sentMail;
    private final MailSearch search;

    GoogleMail(Upstream upstream) {
        this.gmail = upstream.at(GoogleConnector.GMAIL);
        this.reading = new MessageReading(this::ownAddress);
        this.sentMail = new SentMail(gmail);
        this.search = new MailSearch(gmail, reading);
    }

    private String ownAddress() {
        return gmail.get(ME + "profile").as(MailJson.Profile.class).emailAddress();
    }

    @Override
    public List<Folder> folders() {
        var labels = gmail.get(ME + "labels").as(MailJson.Labels.class).labels();
        var inbox = gmail.get(ME + "labels/{label}", Labels.INBOX).as(MailJson.Label.class);
        return Labels.folders(labels, inbox.messagesUnread());
    }

    @Override
    public Page<Message> search(MailQuery query, int limit, Optional<String> page) {
        return search.messages(query, limit, page);
    }

    @Override
    public Optional<Message> message(String messageId) {
        return read(messageId).map(json -> reading.message(json, search.draftId(json)));
    }

    private Optional<MailJson.Message> read(String messageId) {
        return Absent.ifNotFound(() -> Absent.byId(() -> gmail.get(ME + "messages/{id}", messageId)
                .query("format", "full")
                .as(MailJson.Message.class)));
    }

    @Override
    public List<Message> thread(String threadId) {
        var thread = Absent.ifNotFound(() -> Absent.byId(() ->
                gmail.get(ME + "threads/{id}", threadId).query("format", "full").as(MailJson.Conversation.class)));
        return thread.stream()
                .flatMap(found -> found.messages().stream())
                .filter(json -> Stream.of(Labels.DRAFT, Labels.TRASH).noneMatch(json.labelIds()::contains))
                .sorted(Comparator.comparing(MessageReading::date))
                .map(json -> reading.message(json, Optional.empty()))
                .toList();
    }

    @Override
    public Optional<FileContent> attachment(String messageId, String attachmentId) {
        return read(messageId)
                .flatMap(json -> MessageParts.of(json).attachment(attachmentId))
                .map(part -> new FileContent(
                        Absent.filled(part.filename()).orElse("noname"),
                        part.mimeType().orElse("application/octet-stream"),
                        content(messageId, part)));
    }

    /** Small parts come with the message, others have to be fetched. */
    private byte[] content(String messageId, MailJson.Part part) {
        if (part.body().flatMap(MailJson.PartBody::size).orElse(0L) > MOST_ATTACHMENT_BYTES) {
            throw new ToolException("The file is larger than 18 MiB. Open it in Gmail.");
        }
        return part.body()
                .flatMap(body -> body.data()
                        .or(() -> body.attachmentId()
                                .flatMap(id -> fetched(messageId, id).data())))
                .map(MessageParts::bytes)
                .orElse(new byte[0]);
    }

    private MailJson.PartBody fetched(String messageId, String attachmentId) {
        var answer = gmail.get(ME + "messages/{id}/attachments/{attachment}", messageId, attachmentId)
                .bytes();
        return Json.read(answer, MailJson.PartBody.class);
    }

    @Override
    public Optional<Message> draft(String draftId) {
        return Absent.ifNotFound(() -> reading.message(stored(draftId, "full").message(), Optional.of(draftId)));
    }

    private MailJson.Draft stored(String draftId, String format) {
        var answer = Absent.byId(() ->
                gmail.get(ME + "drafts/{id}", draftId).query("format", format).bytes());
        return Json.read(answer, MailJson.Draft.class);
    }

    @Override
    public Message createDraft(Outgoing mail, String key) {
        var call = CallKey.of(key);
        var id = sentMail.draftBy(call, mail)
                .orElseGet(() -> written(gmail.post(UPLOAD + "drafts"), Optional.empty(), mail, call));
        return reading.message(stored(id, "full").message(), Optional.of(id));
    }

    /** Gives the draft's id. */
    private static String written(Upstream.Request request, Optional<String> id, Outgoing mail, CallKey call) {
        var said = new MailJson.NewDraft(
                id, new MailJson.NewMessage(mail.threading().flatMap(Threading::threadId)));
        return MailUpload.of(request, said, MailWriter.mime(mail, call))
                .as(MailJson.DraftReference.class)
                .id();
    }

    /** Gmail takes no condition with a change: the version is looked at right before. */
    @Override
    public Message updateDraft(String draftId, Outgoing mail, Optional<String> version, String key) {
        var call = CallKey.of(key);
        var there = stored(draftId, "full").message();
        if (SentMail.isOf(there, call)) {
            return reading.message(there, Optional.of(draftId));
        }
        check(there, version);
        written(gmail.put(UPLOAD + "drafts/{id}", draftId), Optional.of(draftId), mail, call);
        return reading.message(stored(draftId, "full").message(), Optional.of(draftId));
    }

    private static void check(MailJson.Message there, Optional<String> version) {
        if (version.isPresent() && !version.get().equals(there.id())) {
            throw new UpstreamException(Kind.CONFLICT, "The draft has changed meanwhile. Read it again, then decide.");
        }
    }

    /** A draft that is there was not sent; one that is gone may have been, by an earlier run of this call. */
    @Override
    public Sent sendDraft(String draftId, Optional<String> version, String key) {
        var call = CallKey.of(key);
        try {
            var there = whole(draftId);
            check(there, version);
            var said =
                    new MailJson.NewDraft(Optional.of(draftId), new MailJson.NewMessage(Optional.of(there.threadId())));
            var mime = MessageParts.bytes(there.raw().orElse(""));
            return left(MailUpload.of(gmail.post(UPLOAD + "drafts/send"), said, MailWriter.ofCall(mime, call)), call);
        } catch (UpstreamException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return sentMail.by(call).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private MailJson.Message whole(String draftId) {
        try {
            return stored(draftId, "raw").message();
        } catch (UpstreamException e) {
            if (e.kind() == Kind.BROKEN) {
                throw new ToolException("The draft is too large to be sent from here. Send it in Gmail.");
            }
            throw e;
        }
    }

    private Sent left(Upstream.Request request, CallKey call) {
        return sentMail.left(request.as(MailJson.Reference.class), call);
    }

    /** An account that may send and not read cannot be asked what it sent: then the mail is sent. */
    @Override
    public Sent send(Outgoing mail, String key) {
        var call = CallKey.of(key);
        var mime = MailWriter.mime(mail, call);
        return Absent.unless(Kind.FORBIDDEN, () -> sentMail.by(call, mail))
                .flatMap(earlier -> earlier)
                .orElseGet(() -> left(
                        MailUpload.of(
                                gmail.post(UPLOAD + "messages/send"),
                                new MailJson.NewMessage(mail.threading().flatMap(Threading::threadId)),
                                mime),
                        call));
    }

    @Override
    public Optional<Sent> sent(String key) {
        return sentMail.by(CallKey.of(key));
    }

    /** Takes it out of Gmail's own places; the labels that the person gave it stay. */
    @Override
    public Message move(String messageId, String folderId, String key) {
        var label = Labels.id(folderId);
        var from = Stream.of(Labels.INBOX, Labels.SPAM, Labels.TRASH)
                .filter(place -> !place.equals(label))
                .toList();
        return switch (label) {
            case Labels.TRASH -> trash(messageId, key);
            case Labels.DRAFT, Labels.SENT ->
                throw new ToolException("Gmail itself says what is sent or a draft. Move it to another folder.");
            case Labels.ARCHIVE -> changed(messageId, new MailJson.Change(List.of(), from));
            default -> changed(messageId, new MailJson.Change(List.of(label), from));
        };
    }

    private Message changed(String messageId, MailJson.Change change) {
        gmail.post(ME + "messages/{id}/modify", messageId).body(change).send();
        return brief(messageId);
    }

    @Override
    public Message trash(String messageId, String key) {
        Absent.byId(() -> gmail.post(ME + "messages/{id}/trash", messageId).bytes());
        return brief(messageId);
    }

    private Message brief(String messageId) {
        return new MailBatch(gmail)
                .brief(List.of(messageId)).stream()
                        .findFirst()
                        .map(json -> reading.brief(json, search.draftId(json)))
                        .orElseThrow(() -> new UpstreamException(
                                Kind.NOT_FOUND, "The message is gone. Search again, and use an id from the answer."));
    }
}
