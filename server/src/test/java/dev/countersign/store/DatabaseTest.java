package dev.countersign.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"));
        database.write(c -> Sql.update(c, "CREATE TABLE thing (name TEXT PRIMARY KEY) STRICT"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int count() {
        return database.read(c -> Sql.first(c, "SELECT count(*) AS n FROM thing", row -> row.getInt("n")))
                .orElseThrow();
    }

    @Test
    void failedWrite_isUndoneAlone() throws Exception {
        var together = new CountDownLatch(1);
        var writes = new java.util.ArrayList<java.util.concurrent.Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                var name = "thing-" + i;
                boolean fails = i % 2 == 1;
                writes.add(threads.submit(() -> {
                    together.await();
                    return database.write(c -> {
                        Sql.update(c, "INSERT INTO thing VALUES (?)", name);
                        if (fails) {
                            throw new IllegalArgumentException("on purpose");
                        }
                        return name;
                    });
                }));
            }
            together.countDown();
        }
        assertThat(writes)
                .filteredOn(write -> write.state() == java.util.concurrent.Future.State.FAILED)
                .hasSize(32);
        assertThat(count()).isEqualTo(32);
    }

    @Test
    void exceptionOfTheWork_reachesTheCaller() {
        assertThatThrownBy(() -> database.write(c -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThatThrownBy(() -> database.write(c -> Sql.update(c, "no sql")))
                .isInstanceOf(StoreException.class)
                .hasMessage("write failed");
    }

    @Test
    void writeInsideAWrite_isRefusedInsteadOfWaitingForItself() {
        assertThatThrownBy(() -> database.write(c -> database.write(inner -> 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reader_cannotWrite() {
        assertThatThrownBy(() -> database.read(c -> Sql.update(c, "INSERT INTO thing VALUES ('x')")))
                .isInstanceOf(StoreException.class);
        assertThat(count()).isZero();
    }

    @Test
    void whatWasWritten_isThereAfterReopening() {
        database.write(c -> Sql.update(c, "INSERT INTO thing VALUES ('kept')"));
        database.close();
        database = Database.open(folder.resolve("test.db"));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void closedDatabase_saysSo() {
        database.close();
        assertThatThrownBy(() -> database.write(c -> 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        database = Database.open(folder.resolve("test.db"));
    }
}
