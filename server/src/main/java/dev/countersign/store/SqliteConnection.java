package dev.countersign.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/** A connection that keeps its prepared statements: to compile one costs more than to run it. One thread at a time uses it. */
final class SqliteConnection extends JDBC4Connection {
    /** More than any connection has use for, so that only a mistake, e.g. a value within the text, can fill it. */
    private static final int MOST_KEPT = 128;

    private final LinkedHashMap<String, PreparedStatement> kept = new LinkedHashMap<>();

    SqliteConnection(String file, Properties properties) throws SQLException {
        super("jdbc:sqlite:" + file, file, properties);
    }

    /** A statement for this text. It belongs to the caller until it is given back or closed. */
    PreparedStatement take(String sql) throws SQLException {
        var statement = kept.remove(sql);
        return statement == null ? prepareStatement(sql) : statement;
    }

    /** Takes a statement back whose results are closed. */
    void give(String sql, PreparedStatement statement) throws SQLException {
        var other = kept.putLast(sql, statement);
        if (other != null) {
            other.close();
        }
        if (kept.size() > MOST_KEPT) {
            Map.Entry<String, PreparedStatement> oldest = kept.pollFirstEntry();
            oldest.getValue().close();
        }
    }
}
