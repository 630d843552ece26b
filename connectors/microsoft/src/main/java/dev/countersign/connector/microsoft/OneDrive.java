package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.FileInfo;
import dev.countersign.connector.workspace.FileText;
import dev.countersign.connector.workspace.FilesService;
import dev.countersign.connector.workspace.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@link FilesService} over OneDrive. Graph gives content at an address of its own, to which no token goes. A file's id is its
 * drive and its item, for what is shared lies in another drive.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-search">Search for files</a>
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-get-content">Download a file</a>
 */
final class OneDrive implements FilesService {
    private static final long MOST_BYTES = 10L * 1024 * 1024;

    private static final Set<String> TEXTS =
            Set.of("application/json", "application/xml", "application/x-yaml", "application/javascript");

    /** Stands for the account's own drive where Graph names none. */
    private static final String OWN = "me";

    /** What Graph answers to an id that names nothing, and to one of another form than its own. */
    private static final Set<Kind> NO_SUCH_ID = EnumSet.of(Kind.NOT_FOUND, Kind.INVALID);

    private final Upstream upstream;

    OneDrive(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Page<FileInfo> search(String text, int limit, Optional<String> page) {
        var words = words(text);
        if (words.isEmpty()) {
            return Page.last(List.of());
        }
        var request = upstream.get("me/drive/search(q='{words}')", words);
        var found = page.map(state -> Graph.page(request, state).as(DriveJson.Items.class))
                .orElseGet(() -> first(request.query("$top", limit).query("$select", DriveJson.FOUND)));
        return new Page<>(
                found.value().stream()
                        .filter(item -> type(item).isPresent())
                        .map(OneDrive::info)
                        .toList(),
                Graph.next(found.nextLink()));
    }

    /** They stand between apostrophes in one segment of the path. */
    private static String words(String text) {
        return text.replaceAll("[\\s/\\\\]+", " ").strip().replace("'", "''");
    }

    private static DriveJson.Items first(Upstream.Request request) {
        return Absent.ifNotFound(() -> request.as(DriveJson.Items.class))
                .orElseThrow(() -> new UpstreamException(
                        Kind.FORBIDDEN, "This account has no OneDrive that apps may use. Use another account."));
    }

    /** Empty for a folder or notebook. */
    private static Optional<String> type(DriveJson.Item item) {
        return item.first(DriveJson.Item::file)
                .map(file -> Absent.filled(file.mimeType()).orElse("application/octet-stream"));
    }

    private static FileInfo info(DriveJson.Item item) {
        return new FileInfo(
                id(item),
                name(item),
                type(item).orElse("application/octet-stream"),
                item.first(DriveJson.Item::size),
                owner(item.remoteItem().orElse(item)),
                item.first(DriveJson.Item::lastModifiedDateTime).map(OneDrive::instant),
                item.first(DriveJson.Item::webUrl));
    }

    private static String id(DriveJson.Item item) {
        var itself = item.remoteItem().orElse(item);
        return itself.parentReference().flatMap(DriveJson.Reference::driveId).orElse(OWN) + "/" + itself.id();
    }

    private static String name(DriveJson.Item item) {
        return item.first(DriveJson.Item::name).orElse("(no name)");
    }

    private static Instant instant(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    /** Who made it, or changed it last; by mail address rather than by name. */
    private static String owner(DriveJson.Item item) {
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

    @Override
    public Optional<FileText> read(String fileId) {
        var parts = fileId.split("/", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return Absent.unless(NO_SUCH_ID, () -> item(parts[0], parts[1]))
                .filter(item -> type(item).isPresent())
                .map(this::read);
    }

    /** Not limited by {@code $select}, which leaves out the address of the content. */
    private DriveJson.Item item(String drive, String item) {
        var request = drive.equals(OWN)
                ? upstream.get("me/drive/items/{item}", item)
                : upstream.get("drives/{drive}/items/{item}", drive, item);
        try {
            return request.as(DriveJson.Item.class);
        } catch (UpstreamException e) {
            throw e.kind() == Kind.FORBIDDEN ? closed(e) : e;
        }
    }

    /** An account of work or school is linked for its own drive, and may still find what others share with it. */
    private static UpstreamException closed(UpstreamException cause) {
        return new UpstreamException(
                Kind.FORBIDDEN,
                "Microsoft does not let this account's link read the file; that is so for files in the drives of"
                        + " others. Ask the person to open it in OneDrive, or to put a copy into their own.",
                Optional.empty(),
                Optional.of(cause));
    }

    private FileText read(DriveJson.Item item) {
        var info = info(item);
        var office = OfficeText.of(info.name());
        if (office.isEmpty() && !info.mediaType().startsWith("text/") && !TEXTS.contains(info.mediaType())) {
            return FileText.without(
                    info, "This file is of the type " + info.mediaType() + ", which is not text. Open it in OneDrive.");
        }
        if (info.bytes().orElse(0L) > MOST_BYTES) {
            return FileText.without(info, "This file is larger than 10 MiB. Open it in OneDrive.");
        }
        if (item.downloadUrl().isEmpty()) {
            return FileText.without(info, "OneDrive does not give out what this file holds. Open it there.");
        }
        var bytes = upstream.transfer(
                        "GET", MailFiles.address(item.downloadUrl().get()))
                .bytes();
        return office.map(kind -> kind.read(bytes))
                .orElseGet(() -> Optional.of(decoded(bytes)))
                .map(text -> FileText.of(info, text))
                .orElseGet(() -> FileText.without(
                        info,
                        "This file cannot be read: it is damaged, protected, or too large. Open it in OneDrive."));
    }

    private static String decoded(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
