package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Question;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Threading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How drafts come about and change. */
final class Drafts {
    private Drafts() {}

    /** A new draft; one that answers a message takes from it what the call leaves out. */
    static Outgoing compose(MailCreateDraft.Input in, Call call) {
        var original = in.inReplyTo().map(id -> Mails.read(call, id));
        var to = Addresses.all("to", in.to());
        var subject = in.subject()
                .or(() -> original.map(answered -> Answers.replySubject(answered.subject())))
                .orElseThrow(() -> new ToolException("'subject' is missing. Give it, or 'inReplyTo'."));
        return Mailing.checked(new Outgoing(
                to.isEmpty() && original.isPresent()
                        ? Answers.recipients(original.get(), false, call).to()
                        : to,
                Addresses.all("cc", in.cc()),
                Addresses.all("bcc", in.bcc()),
                subject,
                in.body(),
                Mailing.files(in.attachments(), call),
                original.map(Answers::reply)));
    }

    /** The draft as it shall be. */
    static Outgoing compose(MailUpdateDraft.Input in, Message draft, Call call) {
        if (draft.body().flatMap(body -> body.html()).isPresent() && in.body().isEmpty()) {
            throw new ToolException("The draft is written in HTML and would lose its form."
                    + " Give its new text in 'body', or edit it in the mail program.");
        }
        for (var id : in.removeAttachments()) {
            if (draft.attachments().stream().noneMatch(info -> info.id().equals(id))) {
                throw Inputs.missing("attachment", id, "mail_get_message");
            }
        }
        var kept = draft.attachments().stream()
                .filter(info -> !in.removeAttachments().contains(info.id()))
                .map(info -> Mailing.clean(Mails.file(call, draft.id(), info.id())));
        return Mailing.checked(new Outgoing(
                in.to().isEmpty() ? draft.to() : Addresses.all("to", in.to()),
                in.cc().isEmpty() ? draft.cc() : Addresses.all("cc", in.cc()),
                in.bcc().isEmpty() ? draft.bcc() : Addresses.all("bcc", in.bcc()),
                in.subject().orElse(draft.subject()),
                in.body().orElseGet(() -> text(draft)),
                Stream.concat(kept, Mailing.files(in.addAttachments(), call).stream())
                        .toList(),
                threading(draft)));
    }

    /** A draft that answers a message stays in its thread. */
    private static Optional<Threading> threading(Message draft) {
        return draft.inReplyTo()
                .map(answered -> new Threading(
                        draft.id(), Optional.of(draft.threadId()), Optional.of(answered), draft.references()));
    }

    static String text(Message draft) {
        return draft.body().map(body -> body.text()).orElse("");
    }

    /** Shows a stored draft: everything that leaves with it. */
    static Question show(Question question, Message draft, Call call) {
        return question.with("Account", Shown.account(call.account()))
                .with("From", draft.from().shown())
                .withEach("To", Shown.mailboxes(draft.to()))
                .withEach("Cc", Shown.mailboxes(draft.cc()))
                .withEach("Bcc", Shown.mailboxes(draft.bcc()))
                .withEach("Reply-To", Shown.mailboxes(draft.replyTo()))
                .with("Subject", draft.subject())
                .with("Body", text(draft))
                .with("HTML form of the body", draft.body().flatMap(body -> body.html()))
                .withEach(
                        "Attachment",
                        draft.attachments().stream()
                                .map(info -> Mailing.shown(info.name(), info.mediaType(), info.bytes()))
                                .toList())
                .atVersion(draft.version());
    }

    static List<String> recipients(Message draft) {
        var addresses = Stream.of(draft.to(), draft.cc(), draft.bcc())
                .flatMap(List::stream)
                .map(one -> Addresses.one("recipient", one.address()).address())
                .map(Addresses::key)
                .distinct()
                .toList();
        if (addresses.isEmpty()) {
            throw new ToolException("The draft has no recipient. Call mail_update_draft and give 'to'.");
        }
        return addresses;
    }
}
