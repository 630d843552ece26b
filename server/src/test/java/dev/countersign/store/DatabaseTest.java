package dev.countersign.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
        var writes = new ArrayList<java.util.concurrent.Future<String>>();
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

    /** Queues writes while the writer is busy, so that they are one group, and lets them run. */
    private List<CompletableFuture<String>> inOneGroup(List<Database.Work<String>> writes) {
        var begun = new CountDownLatch(1);
        var queued = new CountDownLatch(1);
        var holding = database.writeSoon(c -> {
            begun.countDown();
            return awaited(queued);
        });
        assertThat(awaited(begun)).isTrue(); // its group is closed
        var all = writes.stream().map(database::writeSoon).toList();
        queued.countDown();
        assertThat(holding.join()).isTrue();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .exceptionally(failed -> null)
                .join();
        return all;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Database.Work<String> leaving(Database.Together<String> work, String name) {
        return c -> {
            database.together(work, List.of(name));
            if (name.equals("bad")) {
                throw new IllegalArgumentException("on purpose");
            }
            return name;
        };
    }

    @Test
    void whatWritesLeave_isDoneOnceForTheirGroup_withoutThatOfUndoneOnes() {
        var done = new ArrayList<List<String>>();
        Database.Together<String> insert = (c, names) -> {
            done.add(List.copyOf(names));
            for (var name : names) {
                Sql.update(c, "INSERT INTO thing VALUES (?)", name);
            }
        };
        var all = inOneGroup(List.of(leaving(insert, "first"), leaving(insert, "bad"), leaving(insert, "second")));
        assertThat(all).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(1);
        assertThat(done).containsExactly(List.of("first", "second"));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void whatIsLeftAndFails_undoesItsGroup_andNoLaterOne() {
        Database.Together<String> broken = (c, names) -> {
            throw new IllegalStateException("on purpose");
        };
        var all = inOneGroup(List.of(
                c -> "changed " + Sql.update(c, "INSERT INTO thing VALUES ('first')"), leaving(broken, "second")));
        assertThat(all).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(count()).isZero();
        database.write(c -> Sql.update(c, "INSERT INTO thing VALUES ('later')"));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void outsideAWrite_nothingCanBeLeft() {
        assertThatThrownBy(() -> database.together((c, names) -> {}, List.of("name")))
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
