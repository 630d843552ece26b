package dev.countersign.cli;

import dev.countersign.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The folder of keys, database and sandbox: whose it is, and whether the disk has room. */
final class DataFolderCheck implements Examination {
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST_FREE = 50 * MEGABYTE;
    private static final long COMFORTABLY_FREE = 500 * MEGABYTE;

    private final Config config;

    DataFolderCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> look() throws IOException {
        var folder = config.dataFolder().toAbsolutePath();
        var findings = new ArrayList<Finding>();
        if (Files.exists(folder)) {
            findings.add(existing(folder));
        } else {
            findings.add(absent(folder));
        }
        findings.add(room(nearest(folder)));
        return findings;
    }

    private static Finding existing(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Finding.bad(
                    "the data folder " + folder + " is no folder", "Move that file away, or set data to a folder.");
        }
        if (!Files.isWritable(folder) || !Files.isReadable(folder)) {
            return Finding.bad(
                    "the data folder " + folder + " cannot be written by this user",
                    "Run Countersign as its owner, or set data to another folder.");
        }
        if (openToOthers(folder)) {
            return Finding.notice(
                    "the data folder " + folder + " is open to other users of this machine",
                    "Run: chmod 700 " + folder);
        }
        return Finding.good("the data folder is " + folder
                + (DataFolderState.inUse(folder)
                        ? ", and a Countersign runs on it"
                        : ", and no Countersign runs on it"));
    }

    private static boolean openToOthers(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)
                && !OWNER.containsAll(Files.getPosixFilePermissions(folder));
    }

    private static Finding absent(Path folder) {
        var parent = nearest(folder);
        return Files.isWritable(parent)
                ? Finding.good("the data folder " + folder + " is made at the first start")
                : Finding.bad(
                        "the data folder " + folder + " cannot be made: this user may not write to " + parent,
                        "Make it for the user that runs Countersign, or set data to another folder.");
    }

    private static Finding room(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        var words = free / MEGABYTE + " MB free on the disk of the data folder";
        if (free < LEAST_FREE) {
            return Finding.bad(words, "Make room: the database needs some to write anything.");
        }
        return free < COMFORTABLY_FREE ? Finding.notice(words, "Make room before it runs full.") : Finding.good(words);
    }

    private static Path nearest(Path folder) {
        var path = folder;
        while (!Files.exists(path)) {
            path = Objects.requireNonNull(path.getParent());
        }
        return path;
    }
}
