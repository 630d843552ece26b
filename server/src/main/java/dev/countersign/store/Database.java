package dev.countersign.store;

import dev.countersign.store.Flushes.Committed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The database of one node: SQLite with one writer and many readers. Writes of concurrent callers are committed together,
 * so a durable write costs a share of one flush; each write is undone alone when it fails. A reader may see a write shortly before
 * its caller hears that it is on disk; whatever is written upon it is on disk after it.
 */
public final class Database implements AutoCloseable {
    /** Readers are for queries of a few rows; more than this would wait for a core anyway. */
    private static final int READERS = 8;

    /** Bounds the time that the first write of a group waits for the last. */
    private static final int MOST_WRITES_IN_A_GROUP = 256;

    /**
     * How long after the beginning of a group the next one begins, when there is more than one caller: each flush is then for
     * many. A caller who is alone never waits for it.
     */
    private static final long BETWEEN_GROUPS_NANOS = 1_000_000;

    /** The writer copies the log itself, 128 MiB, when {@link Checkpoints} cannot keep up. */
    private static final String PAGES_AT_MOST = "wal_autocheckpoint = 32000";

    /** Of the writer: it leaves the flush of each commit to {@link Flushes}, and does those that a copy of the log needs. */
    private static final String FLUSHED_APART = "synchronous = NORMAL";

    /** Of the writer: all that writes usually touch, in memory once it was used. */
    private static final String WRITER_CACHE = "cache_size = -16384";

    /** What is done on a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** What is done once for all writes that are committed together. */
    @FunctionalInterface
    public interface Together<T> {
        void on(Connection connection, List<T> items) throws SQLException;
    }

    private record Write(Work<?> work, CompletableFuture<@Nullable Object> done) {}

    private final String file;
    private final Semaphore mayRead = new Semaphore(READERS);

    /** Those that are free, the one that was used last in front; another is opened only when all are busy. */
    private final Deque<Connection> readers = new ConcurrentLinkedDeque<>();

    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
    private final Connection writer;
    private final FileChannel opened;
    private final FileChannel log;
    private final Flushes flushes;
    private final Checkpoints checkpoints;
    private final Thread writing;

    /** What the write that runs has left to be done together, and those of its group before it. The writer's thread's own. */
    private final Leftovers ofOne = new Leftovers();

    private final Leftovers ofGroup = new Leftovers();
    private volatile boolean closed;

    private Database(String file) throws SQLException, IOException {
        this.file = file;
        this.writer = connect(false);
        Sql.pragma(writer, WRITER_CACHE);
        Migrations.run(writer);
        Sql.pragma(writer, FLUSHED_APART);
        this.opened = FileChannel.open(Path.of(file), StandardOpenOption.WRITE);
        this.log = FileChannel.open(Path.of(file + "-wal"), StandardOpenOption.WRITE);
        this.flushes = new Flushes(() -> log.force(false));
        this.checkpoints = new Checkpoints(connect(false), opened, Checkpoints.Limits.USUAL);
        readers.add(connect(true));
        this.writing = Thread.ofPlatform().name("database-writer").daemon().start(this::writeUntilClosed);
    }

    /** Opens the database in this file, makes it when it is absent, and brings its tables up to date. */
    public static Database open(Path file) {
        try {
            return new Database(file.toAbsolutePath().toString());
        } catch (SQLException | IOException e) {
            throw new StoreException("cannot open the database " + file, e);
        }
    }

    /** Runs a query on one snapshot. */
    public <T extends @Nullable Object> T read(Work<T> query) {
        try {
            mayRead.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for a reader", e);
        }
        try {
            var free = readers.poll();
            var connection = free == null ? another() : free;
            try {
                return query.on(connection);
            } finally {
                readers.push(connection);
            }
        } catch (SQLException e) {
            throw new StoreException("query failed", e);
        } finally {
            mayRead.release();
        }
    }

    /**
     * Runs statements in a transaction of their own and returns when they are on disk. Whatever the work throws undoes it
     * and is thrown here.
     */
    public <T extends @Nullable Object> T write(Work<T> statements) {
        if (Thread.currentThread() == writing || flushes.isCurrentThread()) {
            throw new IllegalStateException("a write inside a write would wait for itself");
        }
        try {
            return writeSoon(statements).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case SQLException sql -> throw new StoreException("write failed", sql);
                case RuntimeException own -> throw own;
                case Error error -> throw error;
                case null, default -> throw new StoreException("write failed", e.getCause());
            }
        }
    }

    /** As {@link #write}, without waiting for it. What follows on the future runs between flushes, so it must be short. */
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object> CompletableFuture<T> writeSoon(Work<T> statements) {
        if (closed) {
            throw new StoreException("the database is closed", null);
        }
        var done = new CompletableFuture<@Nullable Object>();
        writes.add(new Write(statements, done));
        return (CompletableFuture<T>) done;
    }

    /**
     * Within a write: leaves items to work that is done once for the group, in its transaction, after all of its writes. A
     * write that is undone leaves nothing; work that fails undoes the group.
     */
    public <T> void together(Together<T> work, List<T> items) {
        if (Thread.currentThread() != writing) {
            throw new IllegalStateException("only a write leaves something to its group");
        }
        ofOne.add(work, items);
    }

    private void writeUntilClosed() {
        var group = new ArrayList<Write>(MOST_WRITES_IN_A_GROUP);
        long next = System.nanoTime();
        while (!closed || !writes.isEmpty()) {
            try {
                group.add(writes.take());
            } catch (InterruptedException e) {
                continue; // close() interrupts: what is queued is still written
            }
            long early = next - System.nanoTime();
            if (early > 0 && !closed) {
                LockSupport.parkNanos(early);
            }
            writes.drainTo(group, MOST_WRITES_IN_A_GROUP - 1);
            long began = System.nanoTime();
            writeTogether(group);
            checkpoints.committed(writer, group.size());
            next = group.size() > 1 ? began + BETWEEN_GROUPS_NANOS : began;
            group.clear();
        }
    }

    private void writeTogether(List<Write> group) {
        var committed = new ArrayList<Committed>(group.size());
        try {
            flushes.check();
            Sql.update(writer, "BEGIN IMMEDIATE");
            for (var write : group) {
                committed.add(writeOne(write));
            }
            ofGroup.finish(writer);
            Sql.update(writer, "COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            undo();
            group.forEach(write -> write.done.completeExceptionally(e));
            return;
        } finally {
            ofGroup.clear();
        }
        flushes.add(committed);
    }

    private Committed writeOne(Write write) throws SQLException {
        Sql.update(writer, "SAVEPOINT one");
        try {
            var result = write.work.on(writer);
            Sql.update(writer, "RELEASE one");
            ofOne.moveTo(ofGroup);
            return new Committed(write.done, result, null);
        } catch (SQLException | RuntimeException | Error e) {
            ofOne.clear();
            Sql.update(writer, "ROLLBACK TO one");
            Sql.update(writer, "RELEASE one");
            return new Committed(write.done, null, e);
        }
    }

    private void undo() {
        try {
            Sql.update(writer, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has undone the transaction itself, e.g. on a full disk
        }
    }

    private Connection another() throws SQLException {
        if (closed) {
            throw new StoreException("the database is closed", null);
        }
        return connect(true);
    }

    private Connection connect(boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        config.setGetGeneratedKeys(false);
        var connection = new SqliteConnection(file, config.toProperties());
        connections.add(connection);
        Sql.pragma(connection, readOnly ? "query_only = 1" : PAGES_AT_MOST);
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        writing.interrupt();
        try {
            writing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flushes.close();
        checkpoints.close();
        try {
            for (var connection : connections.reversed()) {
                connection.close();
            }
            opened.close();
            log.close();
        } catch (SQLException | IOException e) {
            throw new StoreException("cannot close the database", e);
        }
    }
}
