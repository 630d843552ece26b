package dev.countersign.cli;

import dev.countersign.audit.Verification;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The log of decisions. */
@Command(name = "audit", description = "Verify or export the log of decisions.", mixinStandardHelpOptions = true)
final class AuditCommand extends Group {
    @Command(
            name = "verify",
            description = "Compute the hash chain anew. Exit status 0: intact; 1: an event was changed or is missing.",
            mixinStandardHelpOptions = true)
    int verify() {
        try (var rooms = Rooms.open()) {
            return switch (rooms.audit().verify()) {
                case Verification.Intact intact -> {
                    out().println("Intact: " + intact.count() + " events. Head: " + intact.head());
                    out().println("Keep the head elsewhere: it shows later that the log was not replaced.");
                    yield 0;
                }
                case Verification.Broken broken -> {
                    out().println("Broken at event " + broken.sequence() + ": " + broken.reason()
                            + ". Compare with a backup or an export made before.");
                    yield 1;
                }
            };
        }
    }

    @Command(
            name = "export",
            description = "Write all events as JSON, one a line, with their hashes.",
            mixinStandardHelpOptions = true)
    int export(
            @Option(names = "--file", paramLabel = "FILE", description = "A new file; without it, standard output.")
                    Optional<Path> file)
            throws IOException {
        try (var rooms = Rooms.open()) {
            if (file.isEmpty()) {
                rooms.audit().export(out());
                return 0;
            }
            try (var writer = create(file.get())) {
                rooms.audit().export(writer);
            }
            return 0;
        }
    }

    /** For its owner alone, and never in place of an export that is there. */
    private static Writer create(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new OutputStreamWriter(
                    Channels.newOutputStream(Files.newByteChannel(file, options, ownerOnly())), StandardCharsets.UTF_8);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(file + " exists already. Give another name.", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        var posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
