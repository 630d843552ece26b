package dev.countersign.cli;

import dev.countersign.retrieval.FolderImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may view which shared folders. */
@Command(
        name = "access",
        description = "Say who may search and read shared folders. A change counts from the next call on.",
        mixinStandardHelpOptions = true,
        subcommands = AccessGroupCommand.class)
final class AccessCommand extends Group {
    private static final String WITH = "group:NAME, user:EMAIL or everyone.";

    @Command(name = "share", description = "Let somebody view a folder.", mixinStandardHelpOptions = true)
    int share(
            @Parameters(paramLabel = "FOLDER", description = "The folder's name.") String folder,
            @Option(names = "--with", paramLabel = "WHOM", required = true, description = WITH) String whom) {
        try (var rooms = Rooms.open()) {
            var sharing = new Sharing(rooms);
            sharing.add(Sharing.relationship("folder:" + folder, "viewer", sharing.viewer(whom)));
            out().println("Shared " + folder + " with " + whom + ".");
            return 0;
        }
    }

    @Command(
            name = "unshare",
            description = "Take back what was shared. Others with whom the folder is shared keep it.",
            mixinStandardHelpOptions = true)
    int unshare(
            @Parameters(paramLabel = "FOLDER", description = "The folder's name.") String folder,
            @Option(names = "--with", paramLabel = "WHOM", required = true, description = WITH) String whom) {
        try (var rooms = Rooms.open()) {
            var sharing = new Sharing(rooms);
            if (!sharing.remove(Sharing.relationship("folder:" + folder, "viewer", sharing.viewer(whom)))) {
                throw new CommandException(folder + " is not shared with " + whom
                        + ". 'countersign access list' shows what is shared with whom.");
            }
            out().println("Took " + folder + " back from " + whom + ".");
            return 0;
        }
    }

    @Command(name = "list", description = "Show which folders are shared with whom.", mixinStandardHelpOptions = true)
    int list() {
        try (var rooms = Rooms.open()) {
            var sharing = new Sharing(rooms);
            rooms.permissions().all().stream()
                    .filter(tuple -> tuple.relation().equals("viewer"))
                    .forEach(tuple -> out().println(tuple.object() + "  " + sharing.shown(tuple.subject())));
            return 0;
        }
    }

    @Command(
            name = "import",
            description = "Make a shared folder hold the .md and .txt files under a path: new and changed ones come in,"
                    + " absent ones go.",
            mixinStandardHelpOptions = true)
    int take(
            @Parameters(paramLabel = "FOLDER", description = "The folder's name.") String folder,
            @Parameters(paramLabel = "PATH", description = "Where the files are.") Path path)
            throws IOException {
        Sharing.checkObject("folder:" + folder);
        if (!Files.isDirectory(path)) {
            throw new CommandException(path + " is no folder. Give the folder that holds the files.");
        }
        try (var rooms = Rooms.open()) {
            var report = new FolderImport(rooms.documents()).run(path, folder);
            out().println("Took in " + report.taken() + " documents and removed " + report.removed() + ".");
            report.leftOut().forEach(file -> out().println("Left out, no .md or .txt of at most 2 MiB: " + file));
            return 0;
        }
    }

    @Command(
            name = "check",
            description = "Say whether somebody may view a folder or document. Exit status 0: yes; 1: no.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "EMAIL", description = "Who.") String email,
            @Parameters(paramLabel = "OBJECT", description = "folder:NAME or document:ID.") String object) {
        Sharing.checkObject(object);
        try (var rooms = Rooms.open()) {
            var person = rooms.person(email);
            var may = rooms.permissions().mayView(person.id(), object);
            out().println(person.email() + (may ? " may view " : " may not view ") + object + ".");
            return may ? 0 : 1;
        }
    }
}
