package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import java.util.List;

/**
 * Hands whole messages to Gmail: their bytes, and beside them what Gmail shall know of them. The way for messages of any
 * length up to 35 MB.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/uploads">Uploading attachments</a>
 */
final class MailUpload {
    private MailUpload() {}

    /** @param said what stands beside the message, e.g. its thread */
    static Upstream.Request of(Upstream.Request request, Record said, byte[] mime) {
        var parts = new Multipart()
                .add(List.of("Content-Type: application/json; charset=UTF-8"), Json.write(said))
                .add(List.of("Content-Type: message/rfc822"), mime);
        return request.query("uploadType", "multipart").body(parts.end(), parts.contentType("related"));
    }
}
