package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.FileInfo;
import dev.countersign.connector.workspace.FileText;
import dev.countersign.connector.workspace.FilesService;
import dev.countersign.connector.workspace.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link FilesService} over Drive v3.
 *
 * @see <a href="https://developers.google.com/workspace/drive/api/guides/search-files">Search for files</a>
 * @see <a href="https://developers.google.com/workspace/drive/api/guides/ref-export-formats">Export formats</a>
 */
final class GoogleDrive implements FilesService {
    private static final long MOST_TEXT_BYTES = 5L * 1024 * 1024;
    private static final String APPS = "application/vnd.google-apps.";
    private static final String SPREADSHEET = APPS + "spreadsheet";

    /** What Google's own documents are exported as; of a spreadsheet that is its first sheet. */
    private static final Map<String, String> EXPORTS =
            Map.of(APPS + "document", "text/plain", APPS + "presentation", "text/plain", SPREADSHEET, "text/csv");

    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/x-yaml", "application/javascript");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Upstream upstream;

    GoogleDrive(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Page<FileInfo> search(String text, int limit, Optional<String> page) {
        var terms = Stream.concat(
                        SPACE.splitAsStream(text.strip())
                                .filter(word -> !word.isEmpty())
                                .map(word -> "fullText contains '" + escaped(word) + "'"),
                        Stream.of("trashed = false", "mimeType != '" + APPS + "folder'"))
                .collect(Collectors.joining(" and "));
        var found = upstream.get("drive/v3/files")
                .query("q", terms)
                .query("pageSize", limit)
                .query("pageToken", page)
                .query("includeItemsFromAllDrives", true)
                .query("supportsAllDrives", true)
                .query("fields", "nextPageToken,files(" + DriveJson.FILE + ")")
                .as(DriveJson.Files.class);
        return new Page<>(found.files().stream().map(GoogleDrive::info).toList(), found.nextPageToken());
    }

    /** A value in Drive's query language stands between apostrophes. */
    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("'", "\\'");
    }

    private static FileInfo info(DriveJson.File file) {
        return new FileInfo(
                file.id(), file.name(), file.mimeType(), file.size(), owner(file), at(file), file.webViewLink());
    }

    private static Optional<Instant> at(DriveJson.File file) {
        return file.modifiedTime().map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    /** A file of a shared drive has no owner. */
    private static String owner(DriveJson.File file) {
        return Stream.concat(file.owners().stream(), file.lastModifyingUser().stream())
                .flatMap(user -> user.emailAddress().stream())
                .findFirst()
                .orElse("somebody in Google Drive");
    }

    @Override
    public Optional<FileText> read(String fileId) {
        return Absent.ifNotFound(() -> upstream.get("drive/v3/files/{id}", fileId)
                        .query("supportsAllDrives", true)
                        .query("fields", DriveJson.FILE)
                        .as(DriveJson.File.class))
                .map(this::read);
    }

    private FileText read(DriveJson.File file) {
        var info = info(file);
        var export = Optional.ofNullable(EXPORTS.get(file.mimeType()));
        if (export.isPresent()) {
            var text = decoded(upstream.get("drive/v3/files/{id}/export", file.id())
                    .query("mimeType", export.get())
                    .bytes());
            return new FileText(info, Optional.of(text), note(file.mimeType()));
        }
        if (!file.mimeType().startsWith("text/") && !TEXTS.contains(file.mimeType())) {
            return FileText.without(
                    info,
                    "This file is of the type " + file.mimeType() + ", which is not text. Open it in Google Drive.");
        }
        if (file.size().orElse(0L) > MOST_TEXT_BYTES) {
            return FileText.without(info, "This file is larger than 5 MiB. Open it in Google Drive.");
        }
        return FileText.of(
                info,
                decoded(upstream.get("drive/v3/files/{id}", file.id())
                        .query("alt", "media")
                        .query("supportsAllDrives", true)
                        .bytes()));
    }

    private static Optional<String> note(String mimeType) {
        return Optional.of("This is the first sheet only. Open the others in Google Drive.")
                .filter(any -> mimeType.equals(SPREADSHEET));
    }

    private static String decoded(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
