package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists messages: one request for their ids, one for each fifty of them. */
final class MailSearch {
    private static final String ME = "gmail/v1/users/me/";

    /** More drafts than people keep; {@code drafts.list} gives no more at once. */
    private static final int MOST_DRAFTS = 500;

    private static final Comparator<Message> NEWEST_FIRST = Comparator.comparing(
                    (Message message) -> message.date().toInstant())
            .reversed();

    private final Upstream gmail;
    private final MailBatch batch;
    private final MessageReading reading;

    MailSearch(Upstream gmail, MessageReading reading) {
        this.gmail = gmail;
        this.batch = new MailBatch(gmail);
        this.reading = reading;
    }

    Page<Message> messages(MailQuery query, int limit, Optional<String> page) {
        var label = query.folder().map(Labels::id);
        if (label.equals(Optional.of(Labels.DRAFT))) {
            var drafts = drafts(MailTerms.of(query).query(), limit, page);
            return new Page<>(read(query, ids(drafts), byMessage(drafts)), drafts.nextPageToken());
        }
        var found = list(query, label, limit, page);
        var ids = found.messages().stream().map(MailJson.Reference::id).toList();
        return new Page<>(read(query, ids, Map.of()), found.nextPageToken());
    }

    private MailJson.MessageList list(MailQuery query, Optional<String> label, int limit, Optional<String> page) {
        var terms = MailTerms.of(query);
        if (label.equals(Optional.of(Labels.ARCHIVE))) {
            terms.add("-in:inbox").add("-in:sent").add("-in:drafts");
        }
        return gmail.get(ME + "messages")
                .query("q", terms.query())
                .query("labelIds", label.filter(id -> !id.equals(Labels.ARCHIVE)))
                .query(
                        "includeSpamTrash",
                        label.filter(id -> id.equals(Labels.TRASH) || id.equals(Labels.SPAM))
                                .isPresent())
                .query("maxResults", limit)
                .query("pageToken", page)
                .as(MailJson.MessageList.class);
    }

    private MailJson.DraftList drafts(Optional<String> terms, int limit, Optional<String> page) {
        return gmail.get(ME + "drafts")
                .query("q", terms)
                .query("maxResults", limit)
                .query("pageToken", page)
                .as(MailJson.DraftList.class);
    }

    private static List<String> ids(MailJson.DraftList drafts) {
        return drafts.drafts().stream().map(draft -> draft.message().id()).toList();
    }

    private static Map<String, String> byMessage(MailJson.DraftList drafts) {
        return drafts.drafts().stream()
                .collect(Collectors.toMap(
                        draft -> draft.message().id(), MailJson.DraftReference::id, (one, same) -> one));
    }

    private List<Message> read(MailQuery query, List<String> ids, Map<String, String> draftIds) {
        var messages = batch.brief(ids);
        var drafts = draftIds.isEmpty() && messages.stream().anyMatch(MailSearch::isDraft) ? allDrafts() : draftIds;
        return messages.stream()
                .map(json -> reading.brief(json, Optional.ofNullable(drafts.get(json.id()))))
                .filter(message -> isWithin(query, message))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean isWithin(MailQuery query, Message message) {
        var at = message.date().toInstant();
        return query.after().map(after -> !at.isBefore(after)).orElse(true)
                && query.before().map(at::isBefore).orElse(true);
    }

    private static boolean isDraft(MailJson.Message json) {
        return json.labelIds().contains(Labels.DRAFT);
    }

    private Map<String, String> allDrafts() {
        return byMessage(drafts(Optional.empty(), MOST_DRAFTS, Optional.empty()));
    }

    /** The id of the draft that the message is, for Gmail numbers drafts apart from their messages. */
    Optional<String> draftId(MailJson.Message json) {
        return isDraft(json) ? Optional.ofNullable(allDrafts().get(json.id())) : Optional.empty();
    }
}
