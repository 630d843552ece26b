package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Sent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a call has written or sent. A mail that leaves keeps its immutable id and the call's property; until it has left
 * it is a draft in the outbox.
 *
 * @see <a href="https://learn.microsoft.com/graph/outlook-immutable-id">Immutable ids</a>
 */
final class SentMail {
    private final Upstream upstream;
    private final MailFolders folders;

    SentMail(Upstream upstream, MailFolders folders) {
        this.upstream = upstream;
        this.folders = folders;
    }

    /**
     * What a call has left in the mailbox.
     *
     * @param draft the id of the draft that it has made and not sent
     */
    record Trace(Optional<Sent> sent, Optional<String> draft) {}

    /** Fails with {@code NO_ANSWER} while the mail is on its way. */
    Trace trace(CallKey call) {
        var traces = traces(call);
        var sent = traces.stream().filter(one -> !one.draft()).findFirst();
        if (sent.isEmpty()) {
            traces.forEach(this::checkNotLeaving);
        }
        return new Trace(
                sent.map(SentMail::sent),
                traces.stream()
                        .filter(MailJson.Message::draft)
                        .map(MailJson.Message::id)
                        .findFirst());
    }

    private List<MailJson.Message> traces(CallKey call) {
        return Graph.preferring(upstream.get("me/messages"))
                .query("$filter", call.filter())
                .query("$select", MailJson.BRIEF)
                .as(MailJson.Messages.class)
                .value();
    }

    void checkNotLeaving(MailJson.Message draft) {
        var outbox = folders.wellKnown(Set.of(MailFolders.OUTBOX)).values();
        if (draft.parentFolderId().filter(outbox::contains).isPresent()) {
            throw new UpstreamException(
                    Kind.NO_ANSWER,
                    "The mail lies in the outbox, so whether it leaves is not known yet. Look among the sent mail in"
                            + " Outlook before it is sent again.");
        }
    }

    static Sent sent(MailJson.Message message) {
        return new Sent(
                message.internetMessageId().orElse(""), Optional.of(message.id()), message.conversationId(), List.of());
    }
}
