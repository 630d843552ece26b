package dev.countersign.connector.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/** The provider's SQLite file: one connection that writes, a few that read. */
final class Store implements AutoCloseable {
    private static final int READERS = 3;

    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

    /** What is done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Opens the file and makes the tables that are missing. */
    Store(Path file) throws IOException {
        OwnerFile.make(file);
        try {
            writer = open(file);
            try (var statement = writer.createStatement();
                    var schema = Store.class.getResourceAsStream("schema.sql")) {
                if (schema == null) {
                    throw new IOException("schema.sql is missing in the jar");
                }
                for (var part : new String(schema.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\\n")) {
                    if (!part.isBlank()) {
                        statement.execute(part);
                    }
                }
            }
            for (var i = 0; i < READERS; i++) {
                readers.add(open(file));
            }
        } catch (SQLException e) {
            throw new IOException("cannot open the sandbox's database " + file, e);
        }
    }

    private static Connection open(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA secure_delete = ON");
        }
        return connection;
    }

    <T> T read(Work<T> work) {
        Connection connection;
        try {
            connection = readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
        try {
            return work.on(new Session(connection));
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed", e);
        } finally {
            readers.add(connection);
        }
    }

    /** Runs the work as one transaction: all of it is kept, or nothing. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            var session = new Session(writer);
            session.run("BEGIN IMMEDIATE");
            try {
                var result = work.on(session);
                session.run("COMMIT");
                return result;
            } catch (SQLException | RuntimeException e) {
                session.run("ROLLBACK");
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed", e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            for (var i = 0; i < READERS; i++) {
                readers.take().close();
            }
            writer.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the database did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writing.unlock();
        }
    }

    /** Statements on one connection. Instants are stored as milliseconds, booleans as 0 and 1, an empty Optional as NULL. */
    record Session(Connection connection) {
        int run(String sql, Object... values) throws SQLException {
            try (var statement = bound(sql, values)) {
                return statement.executeUpdate();
            }
        }

        <T> List<T> list(String sql, Mapper<T> mapper, Object... values) throws SQLException {
            try (var statement = bound(sql, values);
                    var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(mapper.of(rows));
                }
                return found;
            }
        }

        <T> Optional<T> one(String sql, Mapper<T> mapper, Object... values) throws SQLException {
            return list(sql, mapper, values).stream().findFirst();
        }

        long count(String sql, Object... values) throws SQLException {
            return one(sql, row -> row.getLong(1), values).orElse(0L);
        }

        private PreparedStatement bound(String sql, Object... values) throws SQLException {
            var statement = connection.prepareStatement(sql);
            for (var i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        }

        private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            switch (value) {
                case Optional<?> maybe -> {
                    if (maybe.isPresent()) {
                        bind(statement, index, maybe.get());
                    } else {
                        statement.setObject(index, null);
                    }
                }
                case Instant at -> statement.setLong(index, at.toEpochMilli());
                case Boolean truth -> statement.setInt(index, truth ? 1 : 0);
                case byte[] bytes -> statement.setBytes(index, bytes);
                case Long number -> statement.setLong(index, number);
                case Integer number -> statement.setInt(index, number);
                default -> statement.setString(index, value.toString());
            }
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static Optional<String> maybe(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
