package dev.countersign.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/** Looks at a database without changing it, also while a server uses it. */
public final class DatabaseCheckup {
    private DatabaseCheckup() {}

    /**
     * What was found.
     *
     * @param waiting changes of tables that the next start makes
     * @param unknown changes that a newer program made
     * @param damage what the integrity check says; empty when all is well
     * @param keyIds keys of the key file that the database needs
     */
    public record Report(List<String> waiting, List<String> unknown, List<String> damage, Set<String> keyIds) {
        public Report {
            waiting = List.copyOf(waiting);
            unknown = List.copyOf(unknown);
            damage = List.copyOf(damage);
            keyIds = Set.copyOf(keyIds);
        }
    }

    /** Fails with {@link StoreException} when the file is no database or cannot be read. */
    public static Report look(Path file) {
        try (var connection = connect(file)) {
            var damage = Sql.list(connection, "PRAGMA integrity_check", row -> row.getString(1));
            var ran = has(connection, "migration")
                    ? Sql.list(connection, "SELECT name FROM migration", row -> row.getString(1))
                    : List.<String>of();
            return new Report(
                    Migrations.IN_ORDER.stream()
                            .filter(name -> !ran.contains(name))
                            .toList(),
                    ran.stream()
                            .filter(name -> !Migrations.IN_ORDER.contains(name))
                            .toList(),
                    damage.equals(List.of("ok")) ? List.of() : damage,
                    has(connection, "user_key") ? Set.copyOf(new UserKeyTable().kekIds(connection)) : Set.of());
        } catch (SQLException e) {
            throw new StoreException("cannot read the database " + file, e);
        }
    }

    /** Without a log beside it nobody writes: read so, not even a file for readers to agree in is made. */
    private static Connection connect(Path file) throws SQLException {
        boolean inUse = Files.exists(Path.of(file + "-wal"));
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        var address = file.toAbsolutePath().toUri().getRawPath();
        return DriverManager.getConnection(
                "jdbc:sqlite:file:" + address + (inUse ? "?mode=ro" : "?immutable=1"), config.toProperties());
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?",
                        row -> row.getString(1),
                        table)
                .isPresent();
    }
}
