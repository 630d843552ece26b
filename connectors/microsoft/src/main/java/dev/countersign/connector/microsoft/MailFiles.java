package dev.countersign.connector.microsoft;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.FileContent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The files of a message: small ones go up in one request, larger ones piece by piece in an upload session.
 *
 * @see <a href="https://learn.microsoft.com/graph/outlook-large-attachments">Attach large files</a>
 */
final class MailFiles {
    /** From here on Graph wants an upload session. */
    static final int SMALL_BYTES = 3 * 1024 * 1024;

    /** Pieces shall stay below 4 MB. */
    private static final int PIECE_BYTES = 3 * 1024 * 1024;

    /** What an answer may have at most, less some room. */
    private static final long MOST_BYTES = 24L * 1024 * 1024;

    private static final String MAIL = "#microsoft.graph.itemAttachment";
    private static final String LINK = "#microsoft.graph.referenceAttachment";

    private final Upstream upstream;

    MailFiles(Upstream upstream) {
        this.upstream = upstream;
    }

    Optional<FileContent> read(String messageId, String attachmentId) {
        return Absent.ifNotFound(() -> Graph.preferring(
                                upstream.get("me/messages/{id}/attachments/{file}", messageId, attachmentId))
                        .query("$select", MailJson.ATTACHMENT)
                        .as(MailJson.Attachment.class))
                .map(file -> content(messageId, file));
    }

    private FileContent content(String messageId, MailJson.Attachment file) {
        if (file.type().equals(Optional.of(LINK))) {
            throw new ToolException("This attachment is a link to a file in the cloud, without content of its own."
                    + " Find the file with search, or open the mail in Outlook.");
        }
        if (file.size().orElse(0L) > MOST_BYTES) {
            throw new ToolException("The file is larger than 24 MiB. Open it in Outlook.");
        }
        var bytes = Graph.preferring(upstream.get("me/messages/{id}/attachments/{file}/$value", messageId, file.id()))
                .bytes();
        return file.type().equals(Optional.of(MAIL))
                ? new FileContent(MessageReading.name(file) + ".eml", "message/rfc822", bytes)
                : new FileContent(
                        MessageReading.name(file),
                        Absent.filled(file.contentType()).orElse("application/octet-stream"),
                        bytes);
    }

    /** Adds those that an earlier run did not come to, and takes away what does not belong there. */
    void complete(String messageId, List<FileContent> files) {
        var missing = new ArrayList<>(files);
        for (var there : list(messageId)) {
            var known = missing.stream()
                    .filter(file -> file.name().equals(MessageReading.name(there)))
                    .findFirst();
            known.ifPresentOrElse(missing::remove, () -> remove(messageId, there));
        }
        missing.forEach(file -> add(messageId, file));
    }

    /** Puts these in the place of all that are there. */
    void replace(String messageId, List<FileContent> files) {
        list(messageId).forEach(there -> remove(messageId, there));
        files.forEach(file -> add(messageId, file));
    }

    private List<MailJson.Attachment> list(String messageId) {
        return Graph.preferring(upstream.get("me/messages/{id}/attachments", messageId))
                .query("$select", MailJson.ATTACHMENT)
                .as(MailJson.Attachments.class)
                .value();
    }

    private void remove(String messageId, MailJson.Attachment file) {
        Graph.preferring(upstream.delete("me/messages/{id}/attachments/{file}", messageId, file.id()))
                .send();
    }

    void add(String messageId, FileContent file) {
        if (file.size() < SMALL_BYTES) {
            Graph.preferring(upstream.post("me/messages/{id}/attachments", messageId))
                    .body(new MailJson.NewAttachment(
                            "#microsoft.graph.fileAttachment",
                            file.name(),
                            file.mediaType(),
                            Base64.getEncoder().encodeToString(file.bytes())))
                    .send();
        } else {
            upload(messageId, file);
        }
    }

    private void upload(String messageId, FileContent file) {
        var session = Graph.preferring(upstream.post("me/messages/{id}/attachments/createUploadSession", messageId))
                .body(new MailJson.UploadRequest(
                        new MailJson.UploadItem("file", file.name(), file.mediaType(), file.size())))
                .as(MailJson.UploadSession.class);
        var address = address(session.uploadUrl());
        var bytes = file.bytes();
        for (var from = 0; from < bytes.length; from += PIECE_BYTES) {
            var until = Math.min(bytes.length, from + PIECE_BYTES);
            upstream.transfer("PUT", address)
                    .header("Content-Range", "bytes " + from + "-" + (until - 1) + "/" + bytes.length)
                    .body(Arrays.copyOfRange(bytes, from, until), "application/octet-stream")
                    .send();
        }
    }

    static URI address(String given) {
        try {
            // Outlook leaves apostrophes and parentheses as they are, which URIs allow
            return URI.create(given);
        } catch (IllegalArgumentException e) {
            throw new UpstreamException(
                    Kind.BROKEN, "Microsoft gave an address for a file that cannot be used. Try again later.");
        }
    }
}
