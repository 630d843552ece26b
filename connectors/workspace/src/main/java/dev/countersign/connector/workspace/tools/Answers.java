package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Threading;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How an answer or a forward follows from the message it is about. RFC 5322 sections 3.6.2 to 3.6.5. */
final class Answers {
    private static final Pattern REPLY = Pattern.compile("^re:", Pattern.CASE_INSENSITIVE);
    private static final Pattern FORWARD = Pattern.compile("^fwd?:", Pattern.CASE_INSENSITIVE);

    /** Header lines may not grow without end; the first and the newest ids keep a thread together. */
    private static final int MAX_REFERENCES = 20;

    private Answers() {}

    /** Who gets an answer. */
    record Recipients(List<Mailbox> to, List<Mailbox> cc) {}

    static Recipients recipients(Message original, boolean all, Call call) {
        if (original.draftId().isPresent()) {
            throw new ToolException(
                    "This is a draft, not a message that was received." + " Use mail_update_draft or mail_send_draft.");
        }
        var self = Set.of(Addresses.key(call.account().address()));
        var answered = Addresses.same(original.from().address(), call.account().address())
                ? original.to()
                : original.replyTo().isEmpty() ? List.of(original.from()) : original.replyTo();
        var to = Addresses.without(answered, self);
        if (to.isEmpty() && !all) {
            // a note to oneself is answered to oneself
            to = Addresses.distinct(answered);
        }
        if (!all) {
            return usable(to, List.of());
        }
        var taken = Stream.concat(self.stream(), to.stream().map(one -> Addresses.key(one.address())))
                .collect(Collectors.toSet());
        var others =
                Stream.concat(original.to().stream(), original.cc().stream()).toList();
        return usable(to, Addresses.without(others, taken));
    }

    /** Stored addresses were written by others: they pass the same check as arguments. */
    private static Recipients usable(List<Mailbox> to, List<Mailbox> cc) {
        Stream.concat(to.stream(), cc.stream()).forEach(Answers::check);
        return new Recipients(to, cc);
    }

    private static void check(Mailbox mailbox) {
        try {
            Addresses.one("address", mailbox.address());
            mailbox.name().ifPresent(name -> Inputs.line("name", name));
        } catch (ToolException e) {
            var told = new ToolException("The message names an address that mail cannot be sent to."
                    + " Use mail_send and give the recipients yourself.");
            told.addSuppressed(e);
            throw told;
        }
    }

    static String replySubject(String subject) {
        return REPLY.matcher(subject).find() ? oneLine(subject) : "Re: " + oneLine(subject);
    }

    static String forwardSubject(String subject) {
        return FORWARD.matcher(subject).find() ? oneLine(subject) : "Fwd: " + oneLine(subject);
    }

    /** A stored subject may be folded or broken; as a header it is one line. */
    private static String oneLine(String subject) {
        var line = subject.codePoints()
                .map(character -> Inputs.breaksLine(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Shown.cut(line, 800);
    }

    static Threading reply(Message original) {
        return new Threading(
                original.id(), Optional.of(original.threadId()), original.messageId(), references(original));
    }

    static Threading forward(Message original) {
        return new Threading(original.id(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The original's references and its own id at the end; without references its In-Reply-To stands for them. */
    private static List<String> references(Message original) {
        var all = new ArrayList<>(
                original.references().isEmpty()
                        ? original.inReplyTo().map(List::of).orElse(List.of())
                        : original.references());
        original.messageId().ifPresent(all::add);
        all.removeIf(id -> id.isBlank() || id.codePoints().anyMatch(Inputs::breaksLine));
        if (all.size() <= MAX_REFERENCES) {
            return all;
        }
        return Stream.concat(all.stream().limit(1), all.stream().skip(all.size() - MAX_REFERENCES + 1L))
                .toList();
    }

    /** The words of an answer with the original below. */
    static String quoting(String words, Message original, ZoneId zone) {
        var lines = text(original).lines().map(line -> line.startsWith(">") ? ">" + line : "> " + line);
        return words.stripTrailing() + "\n\nOn " + Shown.moment(original.date(), zone) + ", "
                + original.from().shown() + " wrote:\n" + lines.collect(Collectors.joining("\n")) + "\n";
    }

    /** The words before a forward, and the original with its headers. */
    static String forwarding(String words, Message original, ZoneId zone) {
        var text = new StringBuilder(words.stripTrailing());
        text.append(words.isBlank() ? "" : "\n\n").append("---------- Forwarded message ----------\n");
        text.append("From: ").append(original.from().shown()).append('\n');
        text.append("Date: ").append(Shown.moment(original.date(), zone)).append('\n');
        text.append("Subject: ").append(original.subject()).append('\n');
        text.append("To: ")
                .append(String.join(", ", Shown.mailboxes(original.to())))
                .append('\n');
        if (!original.cc().isEmpty()) {
            text.append("Cc: ")
                    .append(String.join(", ", Shown.mailboxes(original.cc())))
                    .append('\n');
        }
        return text.append('\n').append(text(original)).append('\n').toString();
    }

    private static String text(Message original) {
        return original.body().map(Body::text).orElse(original.snippet()).stripTrailing();
    }
}
