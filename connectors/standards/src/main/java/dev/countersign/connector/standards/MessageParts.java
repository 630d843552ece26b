package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.FileContent;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The tree of parts of a message: what of it is text, and what are files. RFC 2045 to 2049. */
final class MessageParts {
    /** What Angus Mail decodes. */
    private static final Set<String> ENCODINGS =
            Set.of("7bit", "8bit", "binary", "quoted-printable", "base64", "uuencode", "x-uuencode", "x-uue");

    /** What a model is given of one text; a longer one is cut. */
    private static final int MOST_TEXT_BYTES = 2 * 1024 * 1024;

    private static final int MOST_ATTACHMENT_BYTES = 18 * 1024 * 1024;

    /** No honest message has so many, or so deep ones. */
    private static final int MOST_PARTS = 1000;

    private static final int DEEPEST = 30;

    private record Leaf(String id, Part part) {}

    private final List<Leaf> leaves = new ArrayList<>();

    private MessageParts() {}

    static MessageParts of(Part message) throws MessagingException, IOException {
        var parts = new MessageParts();
        parts.add("", message, 0);
        return parts;
    }

    private void add(String id, Part part, int depth) throws MessagingException, IOException {
        // a message within the message is one file, whatever is in it
        if (depth < DEEPEST
                && type(part).startsWith("multipart/")
                && part.getContent() instanceof Multipart multipart) {
            for (var i = 0; i < multipart.getCount() && leaves.size() < MOST_PARTS; i++) {
                add(id.isEmpty() ? String.valueOf(i + 1) : id + "." + (i + 1), multipart.getBodyPart(i), depth + 1);
            }
        } else {
            leaves.add(new Leaf(id.isEmpty() ? "1" : id, part));
        }
    }

    private static boolean isFile(Part part) throws MessagingException {
        return name(part).isPresent()
                || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
                || !(type(part).equals("text/plain") || type(part).equals("text/html"));
    }

    private static String type(Part part) throws MessagingException {
        var declared = Optional.ofNullable(part.getContentType()).orElse("text/plain");
        try {
            return new ContentType(declared).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "application/octet-stream";
        }
    }

    /** RFC 2231, and RFC 2047 where it does not belong but is found. */
    private static Optional<String> name(Part part) throws MessagingException {
        var name = Optional.ofNullable(part.getFileName()).filter(given -> !given.isBlank());
        try {
            return name.isPresent() ? Optional.of(MimeUtility.decodeText(name.get())) : name;
        } catch (UnsupportedEncodingException e) {
            return name;
        }
    }

    private static String nameOf(Part part) throws MessagingException {
        return name(part).orElse(type(part).equals("message/rfc822") ? "message.eml" : "noname");
    }

    boolean hasFiles() throws MessagingException {
        return !attachments().isEmpty();
    }

    List<AttachmentInfo> attachments() throws MessagingException {
        var infos = new ArrayList<AttachmentInfo>();
        for (var leaf : leaves) {
            if (isFile(leaf.part())) {
                infos.add(info(leaf));
            }
        }
        return infos;
    }

    private static AttachmentInfo info(Leaf leaf) throws MessagingException {
        var part = leaf.part();
        var inline = Part.INLINE.equalsIgnoreCase(part.getDisposition()) || part.getHeader("Content-ID") != null;
        return new AttachmentInfo(leaf.id(), nameOf(part), type(part), Math.max(0, bytes(part)), inline);
    }

    /** Servers say how many bytes the encoded part has: in base64 four for three, in lines of 76. */
    private static long bytes(Part part) throws MessagingException {
        var encoding = part instanceof MimePart mime ? mime.getEncoding() : "";
        return "base64".equalsIgnoreCase(encoding) ? part.getSize() * 3L / 4 * 76 / 78 : part.getSize();
    }

    Optional<FileContent> attachment(String id) throws MessagingException, IOException {
        for (var leaf : leaves) {
            if (leaf.id().equals(id) && isFile(leaf.part())) {
                return Optional.of(new FileContent(nameOf(leaf.part()), type(leaf.part()), content(leaf.part())));
            }
        }
        return Optional.empty();
    }

    private static byte[] content(Part part) throws MessagingException, IOException {
        var bytes = read(part, MOST_ATTACHMENT_BYTES + 1);
        if (bytes.length > MOST_ATTACHMENT_BYTES) {
            throw new ToolException("The file is larger than 18 MiB. Open it in the mail program.");
        }
        return bytes;
    }

    Body body() throws MessagingException, IOException {
        var plain = text("text/plain", MOST_TEXT_BYTES);
        var html = text("text/html", MOST_TEXT_BYTES);
        return new Body(plain.or(() -> html.map(HtmlText::of)).orElse(""), html);
    }

    /** The first words as plain text, read from the first bytes alone. */
    String start(int bytes) throws MessagingException, IOException {
        var plain = text("text/plain", bytes);
        return plain.isPresent()
                ? plain.get()
                : text("text/html", bytes).map(HtmlText::of).orElse("");
    }

    private Optional<String> text(String type, int most) throws MessagingException, IOException {
        var texts = new ArrayList<String>();
        for (var leaf : leaves) {
            if (!isFile(leaf.part()) && type(leaf.part()).equals(type)) {
                texts.add(decoded(read(leaf.part(), most), charset(leaf.part())).replace("\r\n", "\n"));
            }
        }
        return Optional.of(String.join("\n", texts)).filter(text -> !text.isBlank());
    }

    private static byte[] read(Part part, int most) throws MessagingException, IOException {
        try (var in = opened(part)) {
            return in.readNBytes(most);
        }
    }

    /** As it stands where the encoding is none of RFC 2045 section 6.1: one odd mail would hide all others of a page. */
    private static InputStream opened(Part part) throws MessagingException, IOException {
        var encoding = part instanceof MimePart mime ? mime.getEncoding() : null;
        if (encoding == null || ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            return part.getInputStream();
        }
        return switch (part) {
            case MimeMessage message -> message.getRawInputStream();
            case MimeBodyPart body -> body.getRawInputStream();
            default -> part.getInputStream();
        };
    }

    private static Charset charset(Part part) throws MessagingException {
        try {
            var named = new ContentType(part.getContentType()).getParameter("charset");
            return named == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(named));
        } catch (ParseException | IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String decoded(byte[] bytes, Charset charset) {
        try {
            return charset.equals(StandardCharsets.UTF_8)
                    ? charset.newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, whole(bytes)))
                            .toString()
                    : new String(bytes, charset);
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** Without the start of a character that was cut. */
    private static int whole(byte[] bytes) {
        for (var at = bytes.length - 1; at >= Math.max(0, bytes.length - 4); at--) {
            var first = Byte.toUnsignedInt(bytes[at]);
            if (first < 0x80) {
                return bytes.length;
            }
            if (first >= 0xC0) {
                var length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
                return at + length <= bytes.length ? bytes.length : at;
            }
        }
        return bytes.length;
    }
}
