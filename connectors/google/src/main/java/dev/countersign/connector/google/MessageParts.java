package dev.countersign.connector.google;

import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Body;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tree of parts that Gmail takes a message apart into: what of it is text, and what are files. */
final class MessageParts {
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:+-]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final char ESCAPE = '\u001b';

    /** Gmail gives the message itself no id as a part. */
    private static final String WHOLE = "whole";

    private final List<MailJson.Part> leaves;

    private MessageParts(List<MailJson.Part> leaves) {
        this.leaves = leaves;
    }

    static MessageParts of(MailJson.Message message) {
        return new MessageParts(
                message.payload().stream().flatMap(MessageParts::leaves).toList());
    }

    private static Stream<MailJson.Part> leaves(MailJson.Part part) {
        // a message within the message is one file, whatever is in it
        return part.parts().isEmpty() || isFile(part)
                ? Stream.of(part)
                : part.parts().stream().flatMap(MessageParts::leaves);
    }

    private static boolean isFile(MailJson.Part part) {
        var type = type(part);
        return Absent.filled(part.filename()).isPresent()
                || disposition(part).startsWith("attachment")
                || !(type.startsWith("multipart/") || type.equals("text/plain") || type.equals("text/html"));
    }

    private static String type(MailJson.Part part) {
        return part.mimeType().orElse("text/plain").toLowerCase(Locale.ROOT);
    }

    private static String disposition(MailJson.Part part) {
        return header(part, "Content-Disposition").orElse("").strip().toLowerCase(Locale.ROOT);
    }

    static Optional<String> header(MailJson.Part part, String name) {
        return part.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(MailJson.Header::value)
                .findFirst();
    }

    List<AttachmentInfo> attachments() {
        return leaves.stream()
                .filter(MessageParts::isFile)
                .map(MessageParts::info)
                .toList();
    }

    /** Gmail's own ids of attachments differ with every read; the number of the part stays. */
    private static AttachmentInfo info(MailJson.Part part) {
        return new AttachmentInfo(
                id(part),
                Absent.filled(part.filename()).orElse("noname"),
                type(part),
                part.body().flatMap(MailJson.PartBody::size).orElse(0L),
                disposition(part).startsWith("inline")
                        || header(part, "Content-ID").isPresent());
    }

    private static String id(MailJson.Part part) {
        return Absent.filled(part.partId()).orElse(WHOLE);
    }

    Optional<MailJson.Part> attachment(String id) {
        return leaves.stream()
                .filter(part -> isFile(part) && id(part).equals(id))
                .findFirst();
    }

    Body body() {
        var plain = text("text/plain");
        var html = text("text/html");
        return new Body(plain.or(() -> html.map(HtmlText::of)).orElse(""), html);
    }

    private Optional<String> text(String type) {
        var found = leaves.stream()
                .filter(part -> !isFile(part) && type(part).equals(type))
                .map(MessageParts::text)
                .collect(Collectors.joining("\n"));
        return Absent.filled(Optional.of(found));
    }

    private static String text(MailJson.Part part) {
        var bytes = part.body()
                .flatMap(MailJson.PartBody::data)
                .map(MessageParts::bytes)
                .orElse(new byte[0]);
        return decoded(bytes, charset(part)).replace("\r\n", "\n");
    }

    static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url.replace("=", "").strip());
    }

    private static Charset charset(MailJson.Part part) {
        var named = CHARSET.matcher(header(part, "Content-Type").orElse(""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Gmail gives most text as UTF-8, whatever its header says; what is no UTF-8 is what the header says. */
    private static String decoded(byte[] bytes, Charset said) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // ISO-2022-JP and its like are ASCII by their bytes
            return text.indexOf(ESCAPE) >= 0 ? new String(bytes, said) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, said.equals(StandardCharsets.UTF_8) ? StandardCharsets.ISO_8859_1 : said);
        }
    }
}
