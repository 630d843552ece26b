package dev.countersign.connector.google;

import dev.countersign.connector.SearchService.Document;
import dev.countersign.connector.SearchService.Hit;
import dev.countersign.connector.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files over Drive v3, for search and reading.
 *
 * @see <a href="https://developers.google.com/workspace/drive/api/guides/search-files">Search for files</a>
 * @see <a href="https://developers.google.com/workspace/drive/api/guides/ref-export-formats">Export formats</a>
 */
final class GoogleDrive {
    static final String KIND = "file/";

    private static final int MAX_SNIPPET = 300;
    private static final long MOST_TEXT_BYTES = 5L * 1024 * 1024;
    private static final String APPS = "application/vnd.google-apps.";

    /** What Google's own documents are exported as; of a spreadsheet that is its first sheet. */
    private static final Map<String, String> EXPORTS = Map.of(
            APPS + "document", "text/plain",
            APPS + "presentation", "text/plain",
            APPS + "spreadsheet", "text/csv");

    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/x-yaml", "application/javascript");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Upstream upstream;

    GoogleDrive(Upstream upstream) {
        this.upstream = upstream;
    }

    List<Hit> search(String query, int limit) {
        var terms = Stream.concat(
                        SPACE.splitAsStream(query.strip())
                                .filter(word -> !word.isEmpty())
                                .map(word -> "fullText contains '" + escaped(word) + "'"),
                        Stream.of("trashed = false", "mimeType != '" + APPS + "folder'"))
                .collect(Collectors.joining(" and "));
        return upstream
                .get("drive/v3/files")
                .query("q", terms)
                .query("pageSize", limit)
                .query("includeItemsFromAllDrives", true)
                .query("supportsAllDrives", true)
                .query("fields", "files(" + DriveJson.FILE + ")")
                .as(DriveJson.Files.class)
                .files()
                .stream()
                .map(GoogleDrive::hit)
                .toList();
    }

    /** A value in Drive's query language stands between apostrophes. */
    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("'", "\\'");
    }

    private static Hit hit(DriveJson.File file) {
        var about = Absent.filled(file.description()).orElse(file.mimeType());
        return new Hit(
                KIND + file.id(),
                file.name(),
                about.substring(0, Math.min(MAX_SNIPPET, about.length())),
                file.webViewLink(),
                at(file),
                author(file));
    }

    private static Optional<Instant> at(DriveJson.File file) {
        return file.modifiedTime().map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    /** A file of a shared drive has no owner. */
    private static String author(DriveJson.File file) {
        return Stream.concat(file.owners().stream(), file.lastModifyingUser().stream())
                .flatMap(user -> user.emailAddress().stream())
                .findFirst()
                .orElse("somebody in Google Drive");
    }

    Optional<Document> fetch(String id) {
        return Absent.ifNotFound(() -> upstream.get("drive/v3/files/{id}", id)
                        .query("supportsAllDrives", true)
                        .query("fields", DriveJson.FILE)
                        .as(DriveJson.File.class))
                .map(file -> new Document(
                        KIND + file.id(), file.name(), text(file), file.webViewLink(), at(file), author(file)));
    }

    private String text(DriveJson.File file) {
        var export = Optional.ofNullable(EXPORTS.get(file.mimeType()));
        if (export.isPresent()) {
            return decoded(upstream.get("drive/v3/files/{id}/export", file.id())
                    .query("mimeType", export.get())
                    .bytes());
        }
        if (!file.mimeType().startsWith("text/") && !TEXTS.contains(file.mimeType())) {
            return "(This file is of the type " + file.mimeType() + ", which is not text. Open it in Google Drive.)";
        }
        if (file.size().orElse(0L) > MOST_TEXT_BYTES) {
            return "(This file is larger than 5 MiB. Open it in Google Drive.)";
        }
        return decoded(upstream.get("drive/v3/files/{id}", file.id())
                .query("alt", "media")
                .query("supportsAllDrives", true)
                .bytes());
    }

    private static String decoded(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
