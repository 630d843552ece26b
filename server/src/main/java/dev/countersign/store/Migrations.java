package dev.countersign.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** The steps that make and change the tables, in order; each runs once and with its note of having run. */
final class Migrations {
    private Migrations() {}

    static final List<String> IN_ORDER = List.of(
            "010-identity.sql",
            "020-oauth.sql",
            "025-refresh-token-expiry.sql",
            "026-refresh-lineage.sql",
            "030-vault.sql",
            "040-connections.sql",
            "041-forced-consent.sql",
            "050-audit.sql",
            "060-approvals.sql",
            "061-approval-indexes.sql",
            "062-approval-content-index.sql",
            "070-risk.sql",
            "080-permissions.sql",
            "090-retrieval.sql");

    static void run(Connection connection) throws SQLException {
        run(connection, IN_ORDER);
    }

    static void run(Connection connection, List<String> inOrder) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT");
        }
        var done = Set.copyOf(Sql.list(connection, "SELECT name FROM migration", row -> row.getString("name")));
        for (var name : inOrder) {
            if (!done.contains(name)) {
                runOnce(connection, name);
            }
        }
    }

    /** Another process may be running it too. */
    private static void runOnce(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                if (Sql.update(connection, "INSERT OR IGNORE INTO migration (name) VALUES (?)", name) == 1) {
                    for (var step : text(name).split(";\\s*\\n")) {
                        if (!step.isBlank()) {
                            statement.execute(step);
                        }
                    }
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static String text(String name) {
        try (var in = Migrations.class.getResourceAsStream("migrations/" + name)) {
            if (in == null) {
                throw new IllegalStateException("migration is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*--.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
