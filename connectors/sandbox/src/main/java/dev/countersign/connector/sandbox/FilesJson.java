package dev.countersign.connector.sandbox;

import java.util.List;
import java.util.Optional;

/** What the files API writes. */
final class FilesJson {
    private FilesJson() {}

    /**
     * @param bytes its size
     * @param owner somebody of the organisation, or from outside
     * @param snippet how its text begins; empty when it is no text
     */
    record File(
            String id,
            String name,
            String contentType,
            long bytes,
            MailJson.Party owner,
            String updated,
            String snippet,
            String link) {}

    record Files(List<File> items, Optional<String> next) {}
}
