package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Question;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Sent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds what will leave, and the question that shows all of it. */
final class Mailing {
    /** What mail hosts take at most, with room for the encoding. */
    private static final long MAX_BYTES = 18L * 1024 * 1024;

    private Mailing() {}

    /** Checks a mail that is being written; it may have no recipients yet. */
    static Outgoing checked(Outgoing mail) {
        Inputs.line("subject", mail.subject());
        if (mail.attachments().stream().mapToLong(FileContent::size).sum() > MAX_BYTES) {
            throw new ToolException("The files are larger than 18 MiB together. Attach fewer.");
        }
        if (recipients(mail).size() > Addresses.MOST) {
            throw new ToolException("A mail may have at most " + Addresses.MOST + " recipients.");
        }
        return new Outgoing(
                mail.to(),
                without(mail.cc(), mail.to()),
                without(
                        mail.bcc(),
                        Stream.concat(mail.to().stream(), mail.cc().stream()).toList()),
                mail.subject(),
                Inputs.text("body", mail.text()),
                mail.attachments(),
                mail.threading());
    }

    /** Nobody gets a mail twice. */
    private static List<Mailbox> without(List<Mailbox> some, List<Mailbox> named) {
        return Addresses.without(
                some, named.stream().map(one -> Addresses.key(one.address())).collect(Collectors.toSet()));
    }

    /** Refuses a mail that goes to nobody. */
    static Outgoing addressed(Outgoing mail) {
        if (recipients(mail).isEmpty()) {
            throw new ToolException("The mail has no recipient. Give at least one address in 'to'.");
        }
        return mail;
    }

    static List<FileContent> files(List<Attach> attachments, Call call) {
        return attachments.stream()
                .map(one -> clean(Mails.file(call, one.messageId(), one.attachmentId())))
                .toList();
    }

    /** A file's name and type go into headers, so they are one line. */
    static FileContent clean(FileContent file) {
        return new FileContent(
                file.name().codePoints().anyMatch(Inputs::breaksLine) ? oneLine(file.name()) : file.name(),
                file.mediaType().matches("[\\w.+-]+/[\\w.+-]+(; ?[\\w.+-]+=\"?[\\w.+-]+\"?)*")
                        ? file.mediaType()
                        : "application/octet-stream",
                file.bytes());
    }

    private static String oneLine(String name) {
        return name.codePoints()
                .filter(character -> !Inputs.breaksLine(character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static List<String> recipients(Outgoing mail) {
        return Stream.of(mail.to(), mail.cc(), mail.bcc())
                .flatMap(List::stream)
                .map(Mailbox::address)
                .map(Addresses::key)
                .distinct()
                .toList();
    }

    /** Shows everything that is in the mail. */
    static Question show(Question question, Outgoing mail, Call call) {
        return question.with("Account", Shown.account(call.account()))
                .with("From", call.account().address())
                .withEach("To", Shown.mailboxes(mail.to()))
                .withEach("Cc", Shown.mailboxes(mail.cc()))
                .withEach("Bcc", Shown.mailboxes(mail.bcc()))
                .with("Subject", mail.subject())
                .with("Body", mail.text())
                .withEach(
                        "Attachment",
                        mail.attachments().stream().map(Mailing::shown).toList());
    }

    /** Shows everything that will leave, and whom it reaches. */
    static Question leaving(Question question, Outgoing mail, Call call) {
        return show(question, addressed(mail), call).reaching(recipients(mail));
    }

    private static String shown(FileContent file) {
        return shown(file.name(), file.mediaType(), file.size());
    }

    static String shown(String name, String mediaType, long bytes) {
        return "%s (%s, %s)".formatted(name, mediaType.toLowerCase(Locale.ROOT), Shown.size(bytes));
    }

    static SentView send(Outgoing mail, Call call) {
        return SentView.of(Mails.service(call).send(addressed(mail), call.id()), call.account());
    }

    /** What an earlier run of this call sent. */
    static Optional<SentView> sent(Call call) {
        Optional<Sent> found = call.service(MailService.class).sent(call.id());
        return found.map(sent -> SentView.of(sent, call.account()));
    }
}
