package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Sent;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a call has sent or drafted. Gmail keeps the {@code Message-ID} of some messages and replaces it in others,
 * and its search knows no other header of ours: so the newest messages are looked at, too.
 */
final class SentMail {
    /** An interrupted call is looked for within days, not weeks. */
    private static final String LATELY = "newer_than:3d";

    private static final int MOST = 100;

    private final Upstream gmail;
    private final MailBatch batch;

    SentMail(Upstream gmail) {
        this.gmail = gmail;
        this.batch = new MailBatch(gmail);
    }

    /** Fails with {@code NO_ANSWER} when so much was sent lately that this one may be among what was not looked at. */
    Optional<Sent> by(CallKey call) {
        var named = list(new MailTerms().add("in:sent").add("rfc822msgid:" + call.messageId()));
        if (!named.messages().isEmpty()) {
            return marked(named, call)
                    .or(() -> Optional.of(sent(named.messages().getFirst(), call)));
        }
        var lately = list(new MailTerms().add("in:sent").add(LATELY));
        var found = marked(lately, call);
        if (found.isEmpty() && lately.nextPageToken().isPresent()) {
            throw new UpstreamException(
                    Kind.NO_ANSWER,
                    "More than " + MOST + " mails left this account lately, so whether this one did is not known."
                            + " Look among the sent mail in Gmail before it is sent again.");
        }
        return found;
    }

    /** The same for a mail that is at hand: only those of its subject are looked at. */
    Optional<Sent> by(CallKey call, Outgoing mail) {
        return marked(list(new MailTerms().add("in:sent").add(LATELY).words("subject:", mail.subject())), call);
    }

    /** The id of the draft that the call has made. */
    Optional<String> draftBy(CallKey call, Outgoing mail) {
        var drafts = gmail.get("gmail/v1/users/me/drafts")
                .query("q", new MailTerms().words("subject:", mail.subject()).query())
                .query("maxResults", MOST)
                .as(MailJson.DraftList.class)
                .drafts();
        var message = batch
                .marks(drafts.stream().map(draft -> draft.message().id()).toList())
                .stream()
                .filter(one -> isOf(one, call))
                .map(MailJson.Message::id)
                .findFirst();
        return drafts.stream()
                .filter(draft -> message.equals(Optional.of(draft.message().id())))
                .map(MailJson.DraftReference::id)
                .findFirst();
    }

    static boolean isOf(MailJson.Message message, CallKey call) {
        return MessageReading.header(message, MailWriter.CALL_HEADER)
                .map(String::strip)
                .equals(Optional.of(call.header()));
    }

    private MailJson.MessageList list(MailTerms terms) {
        return gmail.get("gmail/v1/users/me/messages")
                .query("q", terms.query())
                .query("includeSpamTrash", true)
                .query("maxResults", MOST)
                .as(MailJson.MessageList.class);
    }

    private Optional<Sent> marked(MailJson.MessageList list, CallKey call) {
        var ids = list.messages().stream().map(MailJson.Reference::id).toList();
        return batch.marks(ids).stream()
                .filter(message -> isOf(message, call))
                .map(message -> new Sent(
                        MessageReading.messageId(message).orElse(bracketed(call)),
                        Optional.of(message.id()),
                        Optional.of(message.threadId()),
                        List.of()))
                .findFirst();
    }

    private static Sent sent(MailJson.Reference message, CallKey call) {
        return new Sent(bracketed(call), Optional.of(message.id()), Optional.of(message.threadId()), List.of());
    }

    private static String bracketed(CallKey call) {
        return "<" + call.messageId() + ">";
    }

    /** What Gmail says of a message that just left. That it cannot be read back, for whatever reason, takes nothing away. */
    Sent left(MailJson.Reference message, CallKey call) {
        try {
            return batch.marks(List.of(message.id())).stream()
                    .findFirst()
                    .flatMap(MessageReading::messageId)
                    .map(id -> new Sent(id, Optional.of(message.id()), Optional.of(message.threadId()), List.of()))
                    .orElse(sent(message, call));
        } catch (UpstreamException e) {
            return sent(message, call);
        }
    }
}
