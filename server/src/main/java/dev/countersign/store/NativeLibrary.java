package dev.countersign.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            if (!Files.exists(file)) {
                unpack(file);
            }
        } catch (IOException e) {
            return;
        }
        System.setProperty(FOLDER_PROPERTY, String.valueOf(file.getParent()));
        System.setProperty(NAME_PROPERTY, name);
    }

    /** Under its name only when it is whole. */
    private static void unpack(Path file) throws IOException {
        var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        var part = Files.createTempFile(file.getParent(), "sqlite", ".part");
        try (var in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the jar has no SQLite for this machine");
            }
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
