package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailService;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code mail_get_attachment}: a file of a message, in parts. */
final class MailGetAttachment {
    private static final int MAX_TEXT = 20_000;

    /** A multiple of three, so that the parts' base64 can be put together. */
    private static final int MAX_BYTES = 48 * 1024;

    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/csv", "application/ics", "application/x-yaml");

    public record Input(
            @Doc(Docs.MESSAGE) String messageId,

            @Doc("id of an attachment from mail_get_message")
            String attachmentId,

            @Doc(value = Docs.OFFSET, min = 0) Optional<Integer> offset,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            String name,
            String mediaType,
            @Doc("size of the whole file") long bytes,
            @Doc("of a text file") Optional<String> text,
            @Doc("of any other file") Optional<String> base64,

            @Doc("'offset' for the next part; absent at the end")
            Optional<Integer> nextOffset,

            @Doc("who sent it") String from) {
        String readable() {
            return "%s, %s, %s\n".formatted(name, mediaType, Shown.size(bytes))
                    + text.map(content -> content + "\n").orElse("Not a text file: see base64.\n")
                    + nextOffset
                            .map(next -> "It goes on: call again with offset " + next + "\n")
                            .orElse("");
        }

        List<Foreign> foreign() {
            return List.of(new Foreign(from, "file “" + name + "”", name + "\n" + text.orElse("")));
        }
    }

    private MailGetAttachment() {}

    static Tool<Input, Output> tool() {
        return Tool.read("mail_get_attachment", "Read attachment", Input.class, Output.class)
                .description("Gives the content of one attachment, text as text and other files as base64, in parts.")
                .scopes("mail:read")
                .service(MailService.class)
                .text(Output::readable)
                .foreign(Output::foreign)
                .run(MailGetAttachment::run);
    }

    private static Output run(Input in, Call call) {
        var message = Mails.read(call, in.messageId());
        var file = Mails.file(call, in.messageId(), in.attachmentId());
        var offset = Inputs.offset(in.offset());
        var from = message.from().shown();
        return text(file)
                .map(text -> part(file, TextPart.of(text, offset, MAX_TEXT), from))
                .orElseGet(() -> part(file, offset, from));
    }

    private static Output part(FileContent file, TextPart part, String from) {
        return new Output(
                file.name(),
                file.mediaType(),
                file.size(),
                Optional.of(part.text()),
                Optional.empty(),
                part.nextOffset(),
                from);
    }

    private static Output part(FileContent file, int offset, String from) {
        if (offset > file.size()) {
            throw new ToolException("'offset' is behind the end. Leave it out to start at the beginning.");
        }
        var end = Math.min(file.size(), offset + MAX_BYTES);
        var bytes = Arrays.copyOfRange(file.bytes(), offset, end);
        return new Output(
                file.name(),
                file.mediaType(),
                file.size(),
                Optional.empty(),
                Optional.of(Base64.getEncoder().encodeToString(bytes)),
                end < file.size() ? Optional.of(end) : Optional.empty(),
                from);
    }

    /** The content, when the file says that it is text and it is UTF-8. */
    private static Optional<String> text(FileContent file) {
        var type = file.mediaType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/") && !TEXTS.contains(type) && !type.endsWith("+json") && !type.endsWith("+xml")) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.bytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
