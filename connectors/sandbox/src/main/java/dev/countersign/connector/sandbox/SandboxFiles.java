package dev.countersign.connector.sandbox;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.FileInfo;
import dev.countersign.connector.workspace.FileText;
import dev.countersign.connector.workspace.FilesService;
import dev.countersign.connector.workspace.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** {@link FilesService} over the sandbox's API. */
final class SandboxFiles implements FilesService {
    private static final long MOST_TEXT_BYTES = 5L * 1024 * 1024;

    private final Upstream upstream;

    SandboxFiles(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Page<FileInfo> search(String text, int limit, Optional<String> page) {
        var found = upstream.get("files")
                .query("text", text)
                .query("limit", limit)
                .query("cursor", page)
                .as(FilesJson.Files.class);
        return new Page<>(found.items().stream().map(SandboxFiles::info).toList(), found.next());
    }

    private static FileInfo info(FilesJson.File file) {
        return new FileInfo(
                file.id(),
                file.name(),
                file.contentType(),
                Optional.of(file.bytes()),
                file.owner().address(),
                Optional.of(Instant.parse(file.updated())),
                Optional.of(file.link()));
    }

    @Override
    public Optional<FileText> read(String fileId) {
        return Absent.ifNotFound(() -> upstream.get("files/{id}", fileId).as(FilesJson.File.class))
                .map(file -> read(info(file)));
    }

    private FileText read(FileInfo file) {
        if (!file.mediaType().startsWith("text/")) {
            return FileText.without(
                    file,
                    "This file is of the type " + file.mediaType() + ", which is not text. Open it in the sandbox.");
        }
        if (file.bytes().orElse(0L) > MOST_TEXT_BYTES) {
            return FileText.without(file, "This file is larger than 5 MiB. Open it in the sandbox.");
        }
        var bytes = upstream.get("files/{id}/content", file.id()).bytes();
        return FileText.of(file, new String(bytes, StandardCharsets.UTF_8));
    }
}
