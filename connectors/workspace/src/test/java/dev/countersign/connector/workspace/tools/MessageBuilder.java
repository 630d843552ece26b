package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Messages of tests: one from Bob to Alice, unless said otherwise. */
final class MessageBuilder {
    private final String id;
    private Mailbox from = new Mailbox("bob@example.com", Optional.of("Bob"));
    private List<Mailbox> to = List.of(Mailbox.of("alice@work.example"));
    private List<Mailbox> cc = List.of();
    private List<Mailbox> replyTo = List.of();
    private String subject = "Plans";
    private String text = "Hello Alice,\n> earlier words\nBye";
    private Optional<String> html = Optional.empty();
    private List<String> references = List.of();
    private List<AttachmentInfo> files = List.of();

    private MessageBuilder(String id) {
        this.id = id;
    }

    static MessageBuilder message(String id) {
        return new MessageBuilder(id);
    }

    private static List<Mailbox> mailboxes(String... addresses) {
        return List.of(addresses).stream().map(Mailbox::of).toList();
    }

    MessageBuilder from(String address) {
        from = Mailbox.of(address);
        return this;
    }

    MessageBuilder to(String... addresses) {
        to = mailboxes(addresses);
        return this;
    }

    MessageBuilder cc(String... addresses) {
        cc = mailboxes(addresses);
        return this;
    }

    MessageBuilder replyTo(String... addresses) {
        replyTo = mailboxes(addresses);
        return this;
    }

    MessageBuilder subject(String words) {
        subject = words;
        return this;
    }

    MessageBuilder text(String words) {
        text = words;
        return this;
    }

    MessageBuilder html(String markup) {
        html = Optional.of(markup);
        return this;
    }

    MessageBuilder references(String... ids) {
        references = List.of(ids);
        return this;
    }

    MessageBuilder file(String fileId, String name) {
        files = List.of(new AttachmentInfo(fileId, name, "text/plain", 3, false));
        return this;
    }

    Message build() {
        return new Message(
                id,
                "thread",
                Optional.empty(),
                Optional.of("<" + id + "@example.com>"),
                Optional.empty(),
                references,
                from,
                to,
                cc,
                List.of(),
                replyTo,
                subject,
                OffsetDateTime.parse("2026-03-03T10:12:00Z"),
                List.of("F1"),
                true,
                Shown.cut(text, 20),
                Optional.of(new Body(text, html)),
                files,
                Optional.of("1"));
    }
}
