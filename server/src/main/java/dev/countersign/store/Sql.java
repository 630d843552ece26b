package dev.countersign.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements with parameters. Instants are stored as milliseconds since 1970, booleans as 0 and 1, an empty
 * {@link Optional} as NULL.
 */
public final class Sql {
    private Sql() {}

    /** Reads the row on which the cursor stands. */
    @FunctionalInterface
    public interface Row<T> {
        T from(ResultSet row) throws SQLException;
    }

    public static <T> List<T> list(Connection connection, String sql, Row<T> mapping, Object... parameters)
            throws SQLException {
        return run(connection, sql, parameters, statement -> {
            try (var rows = statement.executeQuery()) {
                var result = new ArrayList<T>();
                while (rows.next()) {
                    result.add(mapping.from(rows));
                }
                return List.copyOf(result);
            }
        });
    }

    public static <T> Optional<T> first(Connection connection, String sql, Row<T> mapping, Object... parameters)
            throws SQLException {
        return run(connection, sql, parameters, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(mapping.from(rows)) : Optional.empty();
            }
        });
    }

    /** Runs a statement and gives the number of rows that it changed. */
    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        return run(connection, sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Sets a pragma of a connection. */
    static void pragma(Connection connection, String assignment) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA " + assignment);
        }
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Runs a statement and keeps it for the next time; one that failed is closed. */
    private static <T> T run(Connection connection, String sql, Object[] parameters, Use<T> use) throws SQLException {
        var keeping = connection instanceof SqliteConnection sqlite ? sqlite : null;
        var statement = keeping == null ? connection.prepareStatement(sql) : keeping.take(sql);
        boolean done = false;
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, stored(parameters[i]));
            }
            var result = use.of(statement);
            done = true;
            return result;
        } finally {
            if (done && keeping != null) {
                keeping.give(sql, statement);
            } else {
                statement.close();
            }
        }
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    public static Optional<String> optionalString(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static @Nullable Object stored(Object value) {
        return switch (value) {
            case Instant at -> at.toEpochMilli();
            case Boolean yes -> yes ? 1 : 0;
            case Enum<?> name -> name.name();
            case Optional<?> maybe -> maybe.isPresent() ? stored(maybe.get()) : null;
            default -> value;
        };
    }
}
