package dev.countersign.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class CheckpointsTest {
    private static final int PAGE_BYTES = 4096;

    @TempDir
    Path folder;

    private Path file;
    private Path log;

    @BeforeEach
    void name() {
        file = folder.resolve("test.db");
        log = folder.resolve("test.db-wal");
    }

    private SqliteConnection connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        var connection = new SqliteConnection(file.toString(), config.toProperties());
        Sql.pragma(connection, "wal_autocheckpoint = 0");
        return connection;
    }

    @Test
    void whileWritesGoOn_theLogBeginsAnew() throws Exception {
        try (var opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var writer = connect();
                var other = connect();
                var checkpoints = new Checkpoints(other, opened, new Checkpoints.Limits(20, 100))) {
            Sql.update(writer, "CREATE TABLE thing (number INTEGER PRIMARY KEY, bytes BLOB) STRICT");
            int written = 0;
            var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (Files.size(log) >= (long) written * PAGE_BYTES && System.nanoTime() < deadline) {
                Sql.update(writer, "INSERT INTO thing (bytes) VALUES (zeroblob(?))", PAGE_BYTES * 2);
                checkpoints.committed(writer, 1);
                written++;
            }
            // each write has two pages or more, so the log has less than half of what was written to it
            assertThat(Files.size(log)).isLessThan((long) written * PAGE_BYTES);
        }
    }

    private boolean stands(String text) throws IOException {
        for (var each : List.of(file, log)) {
            if (new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whatWasDeleted_isInNoFileOnceItIsQuiet() throws Exception {
        try (var database = Database.open(file)) {
            database.write(c -> Sql.update(c, "CREATE TABLE thing (name TEXT) STRICT"));
            database.write(c -> Sql.update(c, "INSERT INTO thing VALUES (?)", "a word that nobody may find"));
            assertThat(stands("a word that nobody may find")).isTrue();
            database.write(c -> Sql.update(c, "DELETE FROM thing"));
            var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (Files.size(log) > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(log).isEmptyFile();
            assertThat(stands("a word that nobody may find")).isFalse();
        }
    }
}
