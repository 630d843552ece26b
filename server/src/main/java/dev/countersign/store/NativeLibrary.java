package dev.countersign.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's machine code, kept in a file. Without it the driver writes it anew at each start and compares it byte by byte with the
 * jar, which takes longer than everything else that a database needs to open.
 */
public final class NativeLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String NAME_PROPERTY = "org.sqlite.lib.name";

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
        try (var in = packed()) {
            return Arrays.equals(in.readAllBytes(), Files.readAllBytes(file));
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
        var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        var in = SQLiteJDBCLoader.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the jar has no SQLite for this machine");
        }
        return in;
    }
}
