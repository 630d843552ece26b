package dev.countersign.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's machine code, kept in a file. Without it the driver writes it anew at each start and compares it byte by byte with the
 * jar, which takes longer than everything else that a database needs to open.
 */
public final class NativeLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String NAME_PROPERTY = "org.sqlite.lib.name";

    /** The library has some megabytes, which a start need not hold. */
    private static final int PIECE_BYTES = 64 * 1024;

    private NativeLibrary() {}

    /**
     * Has the driver load the library from this folder, and puts it there when it is absent. Where that cannot be done the driver
     * unpacks its own.
     *
     * @param folder that nobody else may write to
     */
    public static void keepIn(Path folder) {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return; // the operator's own, or this process has one already
        }
        var name = SQLiteJDBCLoader.getVersion() + "-" + LibraryLoaderUtil.getNativeLibName();
        var file = folder.toAbsolutePath().resolve(name);
        try {
            if (!isWhole(file)) {
                unpack(file);
            }
        } catch (IOException e) {
            return;
        }
        System.setProperty(FOLDER_PROPERTY, String.valueOf(file.getParent()));
        System.setProperty(NAME_PROPERTY, name);
    }

    /** Whether it is byte for byte what the jar has: code from the data folder is not taken on trust. */
    private static boolean isWhole(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        var packedPiece = new byte[PIECE_BYTES];
        var keptPiece = new byte[PIECE_BYTES];
        try (var packed = packed();
                var kept = Files.newInputStream(file)) {
            int length;
            do {
                length = packed.readNBytes(packedPiece, 0, PIECE_BYTES);
                int keptLength = kept.readNBytes(keptPiece, 0, PIECE_BYTES);
                if (!Arrays.equals(packedPiece, 0, length, keptPiece, 0, keptLength)) {
                    return false;
                }
            } while (length == PIECE_BYTES);
            return true;
        }
    }

    /** Under its name only when it is whole. */
    private static void unpack(Path file) throws IOException {
        var part = Files.createTempFile(file.getParent(), "sqlite", ".part");
        try (var in = packed()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static InputStream packed() throws IOException {
        var in = SQLiteJDBCLoader.class.getResourceAsStream(folder() + "/" + LibraryLoaderUtil.getNativeLibName());
        if (in == null) {
            throw new IOException("the jar has no SQLite for this machine");
        }
        return in;
    }

    /** The driver would run a program to tell Linux from Android, for which the jar has no library. */
    private static String folder() {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return LibraryLoaderUtil.getNativeLibResourcePath();
        }
        return "/org/sqlite/native/" + (OSInfo.isMusl() ? "Linux-Musl/" : "Linux/") + OSInfo.getArchName();
    }
}
