package dev.countersign.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies SQLite's log into its file beside the writer, which would otherwise stand still for it. Once nothing is written for a
 * while the log is emptied, so that what was deleted is in no file any more.
 * See <a href="https://sqlite.org/pragma.html#pragma_wal_checkpoint">wal_checkpoint</a>.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final long QUIET_MILLIS = 1_000;

    /** What a commit adds to the log whatever it writes, counted in writes. */
    private static final int COMMIT = 4;

    /**
     * When something is done.
     *
     * @param writes after which the log is copied
     * @param pages of the log, at which the writer copies the last of them itself, so that the log can begin anew
     */
    record Limits(int writes, int pages) {
        /** A page has 4 KiB: 64 MiB. */
        static final Limits USUAL = new Limits(5_000, 16_000);
    }

    private final Connection connection;
    private final Limits limits;

    /**
     * SQLite flushes the file only with the very last pages of the log, which the writer would wait for. It must not be closed
     * before all connections are: that would end their locks. See
     * <a href="https://sqlite.org/howtocorrupt.html">how to corrupt a database</a>, 2.2.
     */
    private final FileChannel file;

    private final Thread thread;
    private long written;
    private boolean closed;
    private volatile boolean tooLong;

    private record Result(boolean busy, int pages) {}

    /**
     * @param connection for this use alone
     * @param file of the database; neither is closed here
     */
    Checkpoints(Connection connection, FileChannel file, Limits limits) throws SQLException {
        this.connection = connection;
        this.limits = limits;
        this.file = file;
        Sql.pragma(connection, "busy_timeout = 0");
        this.thread = Thread.ofPlatform().name("database-checkpoint").daemon().start(this::run);
    }

    /** The writer has committed so many writes, and stands between two groups. */
    void committed(Connection writer, int writes) {
        if (tooLong) {
            tooLong = false;
            checkpoint(writer, "PASSIVE");
        }
        synchronized (this) {
            boolean first = written == 0;
            written += writes + COMMIT;
            if (first || written >= limits.writes) {
                notifyAll();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                if (awaitMany()) {
                    if (copy() > limits.pages) {
                        flush();
                        copy();
                        flush();
                        tooLong = true;
                    }
                } else {
                    copy();
                    flush();
                    // this holds writers up, so little is left to copy
                    if (checkpoint(connection, "TRUNCATE").busy) {
                        again();
                    }
                }
            }
        } catch (InterruptedException e) {
            // closed: the last connection would do so, but another process may have one
            checkpoint(connection, "TRUNCATE");
        }
    }

    /** Gives the pages of the log. */
    private int copy() {
        return checkpoint(connection, "PASSIVE").pages;
    }

    /** Leaves little of that to who copies the last pages. */
    private void flush() {
        try {
            file.force(false);
        } catch (IOException e) {
            LOG.warn("the file of the database was not flushed; SQLite does it", e);
        }
    }

    /** Waits for writes; gives false when a few came and then none. */
    private synchronized boolean awaitMany() throws InterruptedException {
        long before = 0;
        while (written < limits.writes) {
            if (closed) {
                throw new InterruptedException();
            }
            if (written > 0 && written == before) {
                written = 0;
                return false;
            }
            before = written;
            wait(written == 0 ? 0 : QUIET_MILLIS);
        }
        written = 0;
        return true;
    }

    /** A reader was in the way. */
    private synchronized void again() {
        written++;
    }

    private Result checkpoint(Connection by, String mode) {
        try {
            return Sql.first(
                            by,
                            "PRAGMA wal_checkpoint(" + mode + ")",
                            row -> new Result(row.getBoolean(1), row.getInt(2)))
                    .orElseThrow();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("the log of the database was not copied; it is tried again after the next write", e);
            return new Result(false, 0);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
