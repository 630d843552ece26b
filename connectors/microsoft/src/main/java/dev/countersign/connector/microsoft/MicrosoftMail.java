package dev.countersign.connector.microsoft;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Mail over Graph. All that leaves is a draft first: its id stays when it is sent, and it carries the call's key, so that it is
 * written and sent once.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/message">message</a>
 */
final class MicrosoftMail implements MailService {
    private static final int MESSAGES_A_PAGE = 50;

    /** More of one conversation nobody reads at once. */
    private static final int MOST_IN_A_THREAD = 200;

    private final Upstream upstream;
    private final MailFolders folders;
    private final MessageReading reading;
    private final MailSearch search;
    private final MailFiles files;
    private final DraftWriting drafts;
    private final SentMail sentMail;

    MicrosoftMail(Upstream upstream) {
        this.upstream = upstream;
        this.folders = new MailFolders(upstream);
        this.reading = new MessageReading(upstream, new Owner(upstream));
        this.search = new MailSearch(upstream, reading, folders);
        this.files = new MailFiles(upstream);
        this.drafts = new DraftWriting(upstream, files);
        this.sentMail = new SentMail(upstream, folders);
    }

    @Override
    public List<Folder> folders() {
        return folders.all();
    }

    @Override
    public Page<Message> search(MailQuery query, int limit, Optional<String> page) {
        return search.messages(query, limit, page);
    }

    @Override
    public Optional<Message> message(String messageId) {
        return Absent.ifNotFound(() -> read(messageId)).map(reading::whole);
    }

    private MailJson.Message read(String messageId) {
        return Graph.preferring(upstream.get("me/messages/{id}", messageId))
                .query("$select", MailJson.WHOLE)
                .query("$expand", MessageReading.EXPAND)
                .as(MailJson.Message.class);
    }

    /** A mail to oneself is there twice, as sent and as received: it is shown once. */
    @Override
    public List<Message> thread(String threadId) {
        var trash = folders.wellKnown(Set.of(MailFolders.TRASH)).values();
        var known = new HashSet<String>();
        var messages = conversation(threadId).stream()
                .filter(json -> !json.draft()
                        && json.parentFolderId().filter(trash::contains).isEmpty())
                .sorted(Comparator.comparing(MessageReading::date))
                .filter(json -> known.add(json.internetMessageId().orElse(json.id())))
                .toList();
        return reading.whole(messages);
    }

    private List<MailJson.Message> conversation(String threadId) {
        var all = new ArrayList<MailJson.Message>();
        var next = Optional.<String>empty();
        do {
            var request = Graph.preferring(upstream.get("me/messages"));
            // sorted here: Graph finds too much work in sorting what it filters by conversation
            var page = next.map(state -> Graph.page(request, state))
                    .orElseGet(() -> request.query("$filter", "conversationId eq " + Graph.quoted(threadId))
                            .query("$select", MailJson.WHOLE)
                            .query("$expand", MessageReading.EXPAND)
                            .query("$top", MESSAGES_A_PAGE))
                    .as(MailJson.Messages.class);
            all.addAll(page.value());
            next = Graph.next(page.nextLink());
        } while (next.isPresent() && all.size() < MOST_IN_A_THREAD);
        return all;
    }

    @Override
    public Optional<FileContent> attachment(String messageId, String attachmentId) {
        return files.read(messageId, attachmentId);
    }

    @Override
    public Optional<Message> draft(String draftId) {
        return Absent.ifNotFound(() -> read(draftId))
                .filter(MailJson.Message::draft)
                .map(reading::whole);
    }

    @Override
    public Message createDraft(Outgoing mail, String key) {
        var call = CallKey.of(key);
        return reading.whole(read(drafts.write(mail, call, sentMail.trace(call).draft())));
    }

    /** Files first, then all else with the key: a run that was cut off between is told that the draft has changed. */
    @Override
    public Message updateDraft(String draftId, Outgoing mail, Optional<String> version, String key) {
        var call = CallKey.of(key);
        var there = unsent(draftId);
        if (call.marks(there.singleValueExtendedProperties())) {
            return reading.whole(there);
        }
        check(there, version);
        if (mail.attachments().isEmpty() && !there.hasAttachments().orElse(false)) {
            drafts.change(draftId, mail, call, version);
        } else {
            files.replace(draftId, mail.attachments());
            drafts.change(draftId, mail, call, Optional.empty());
        }
        return reading.whole(read(draftId));
    }

    private MailJson.Message unsent(String draftId) {
        var there = read(draftId);
        if (!there.draft()) {
            throw new UpstreamException(
                    Kind.NOT_FOUND, "The draft has been sent and is one no more. Search the drafts for another.");
        }
        return there;
    }

    private static void check(MailJson.Message there, Optional<String> version) {
        if (version.isPresent() && !version.equals(there.version())) {
            throw new UpstreamException(Kind.CONFLICT, "The draft has changed meanwhile. Read it again, then decide.");
        }
    }

    /** A draft that was marked by this call and is there still was not sent, unless it lies in the outbox. */
    @Override
    public Sent sendDraft(String draftId, Optional<String> version, String key) {
        var call = CallKey.of(key);
        var there = read(draftId);
        if (call.marks(there.singleValueExtendedProperties())) {
            if (!there.draft()) {
                return SentMail.sent(there);
            }
            sentMail.checkNotLeaving(there);
        }
        var draft = unsent(draftId);
        check(draft, version);
        Graph.ifMatch(Graph.preferring(upstream.patch("me/messages/{id}", draftId)), version)
                .body(new MailJson.Mark(List.of(call.property())))
                .send();
        return leave(draftId);
    }

    private Sent leave(String draftId) {
        var draft = read(draftId);
        Graph.preferring(upstream.post("me/messages/{id}/send", draftId)).send();
        return SentMail.sent(draft);
    }

    @Override
    public Sent send(Outgoing mail, String key) {
        var call = CallKey.of(key);
        var trace = sentMail.trace(call);
        return trace.sent().orElseGet(() -> leave(drafts.write(mail, call, trace.draft())));
    }

    @Override
    public Optional<Sent> sent(String key) {
        return sentMail.trace(CallKey.of(key)).sent();
    }

    @Override
    public Message move(String messageId, String folderId, String key) {
        var moved = Graph.preferring(upstream.post("me/messages/{id}/move", messageId))
                .body(new MailJson.Move(MailFolders.id(folderId)))
                .as(MailJson.Message.class);
        return reading.brief(List.of(read(moved.id()))).getFirst();
    }

    @Override
    public Message trash(String messageId, String key) {
        return move(messageId, MailFolders.TRASH, key);
    }
}
