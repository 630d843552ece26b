package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Threading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes drafts: what answers another message begins as Outlook's own reply to it, so that it stays in the conversation. */
final class DraftWriting {
    private final Upstream upstream;
    private final MailFiles files;

    DraftWriting(Upstream upstream, MailFiles files) {
        this.upstream = upstream;
        this.files = files;
    }

    /**
     * Writes the draft of a call, once.
     *
     * @param there the one that an earlier run has begun; it may lack its text or files
     * @return its id
     */
    String write(Outgoing mail, CallKey call, Optional<String> there) {
        var id = there.orElseGet(() -> begin(mail, call));
        if (there.isPresent() || answered(mail).isPresent()) {
            change(id, mail, call, Optional.empty());
        }
        if (there.isPresent()) {
            files.complete(id, mail.attachments());
        } else {
            mail.attachments().forEach(file -> files.add(id, file));
        }
        return id;
    }

    /** Of a forwarded mail the conversation does not go on. */
    private static Optional<String> answered(Outgoing mail) {
        return mail.threading()
                .filter(threading -> threading.threadId().isPresent())
                .map(Threading::answeredId);
    }

    private String begin(Outgoing mail, CallKey call) {
        var request = answered(mail)
                .map(id -> upstream.post("me/messages/{id}/createReply", id)
                        .body(new MailJson.Reply(new MailJson.Mark(List.of(call.property())))))
                .orElseGet(() -> upstream.post("me/messages").body(message(mail, call)));
        return Graph.preferring(request).as(MailJson.Message.class).id();
    }

    /** Puts the mail's text and addresses in the place of the draft's. */
    void change(String draftId, Outgoing mail, CallKey call, Optional<String> version) {
        var request =
                Graph.preferring(upstream.patch("me/messages/{id}", draftId)).body(message(mail, call));
        Graph.ifMatch(request, version).send();
    }

    private static MailJson.NewMessage message(Outgoing mail, CallKey call) {
        return new MailJson.NewMessage(
                mail.subject(),
                new CalendarJson.Body("text", Optional.of(mail.text())),
                recipients(mail.to()),
                recipients(mail.cc()),
                recipients(mail.bcc()),
                properties(mail, call));
    }

    private static List<CalendarJson.Recipient> recipients(List<Mailbox> boxes) {
        return boxes.stream()
                .map(box -> new CalendarJson.Recipient(
                        Optional.of(new CalendarJson.Address(Optional.of(box.address()), box.name()))))
                .toList();
    }

    private static List<ExtendedProperty> properties(Outgoing mail, CallKey call) {
        var properties = new ArrayList<ExtendedProperty>();
        properties.add(call.property());
        mail.threading().ifPresent(threading -> {
            threading.inReplyTo().ifPresent(id -> properties.add(new ExtendedProperty(MessageReading.IN_REPLY_TO, id)));
            if (!threading.references().isEmpty()) {
                properties.add(
                        new ExtendedProperty(MessageReading.REFERENCES, String.join(" ", threading.references())));
            }
        });
        return properties;
    }
}
