package dev.countersign.connector.microsoft;

import dev.countersign.connector.SearchService.Document;
import dev.countersign.connector.SearchService.Hit;
import dev.countersign.connector.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files of OneDrive, for search and reading. Graph gives content at an address of its own, to which no token goes.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-search">Search for files</a>
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-get-content">Download a file</a>
 */
final class OneDrive {
    static final String KIND = "file/";

    private static final int MAX_SNIPPET = 300;
    private static final long MOST_BYTES = 10L * 1024 * 1024;
    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/x-yaml", "application/javascript");

    private final Upstream upstream;

    OneDrive(Upstream upstream) {
        this.upstream = upstream;
    }

    List<Hit> search(String query, int limit) {
        var text = query.strip().replace("'", "''");
        if (text.isEmpty()) {
            return List.of();
        }
        return upstream
                .get("me/drive/root/search(q='{text}')", text)
                .query("$top", limit)
                .as(DriveJson.Items.class)
                .value()
                .stream()
                .filter(item -> type(item).isPresent())
                .map(OneDrive::hit)
                .toList();
    }

    /** Empty for a folder. */
    private static Optional<String> type(DriveJson.Item item) {
        return item.file()
                .or(() -> item.remoteItem().flatMap(DriveJson.Remote::file))
                .map(file -> file.mimeType().orElse("application/octet-stream"));
    }

    private static Hit hit(DriveJson.Item item) {
        var about = Absent.filled(item.description()).orElse(type(item).orElse(""));
        return new Hit(
                id(item),
                name(item),
                about.substring(0, Math.min(MAX_SNIPPET, about.length())),
                item.webUrl(),
                at(item),
                author(item));
    }

    /** The drive and the file in it: what is shared lies in another drive. */
    private static String id(DriveJson.Item item) {
        var shared = item.remoteItem();
        var drive = shared.map(DriveJson.Remote::parentReference)
                .orElse(item.parentReference())
                .flatMap(DriveJson.Reference::driveId)
                .orElse("me");
        return KIND + drive + "/" + shared.map(DriveJson.Remote::id).orElse(item.id());
    }

    private static String name(DriveJson.Item item) {
        return item.name().orElse("(no name)");
    }

    private static Optional<Instant> at(DriveJson.Item item) {
        return item.lastModifiedDateTime().map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    private static String author(DriveJson.Item item) {
        var users = Stream.of(item.createdBy(), item.lastModifiedBy())
                .flatMap(Optional::stream)
                .flatMap(by -> by.user().stream())
                .toList();
        return Stream.concat(
                        users.stream().flatMap(user -> Absent.filled(user.email()).stream()),
                        users.stream().flatMap(user -> Absent.filled(user.displayName()).stream()))
                .findFirst()
                .orElse("somebody in OneDrive");
    }

    /** @param id what stands behind {@link #KIND} in a hit's id */
    Optional<Document> fetch(String id) {
        var parts = id.split("/", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return Absent.ifNotFound(() -> request(parts[0], parts[1]).as(DriveJson.Item.class))
                .map(item -> new Document(KIND + id, name(item), text(item), item.webUrl(), at(item), author(item)));
    }

    private Upstream.Request request(String drive, String item) {
        return drive.equals("me")
                ? upstream.get("me/drive/items/{item}", item)
                : upstream.get("drives/{drive}/items/{item}", drive, item);
    }

    private String text(DriveJson.Item item) {
        var type = type(item).orElse("folder");
        var office = OfficeText.of(name(item));
        var plain = type.startsWith("text/") || TEXTS.contains(type);
        if ((!plain && office.isEmpty()) || item.downloadUrl().isEmpty()) {
            return "(This file is of the type " + type + ", which is not text. Open it in OneDrive.)";
        }
        if (item.size().orElse(0L) > MOST_BYTES) {
            return "(This file is larger than 10 MiB. Open it in OneDrive.)";
        }
        var bytes = upstream.transfer(
                        "GET", MailFiles.address(item.downloadUrl().get()))
                .bytes();
        return office.map(kind -> kind.read(bytes)).orElseGet(() -> decoded(bytes));
    }

    private static String decoded(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
