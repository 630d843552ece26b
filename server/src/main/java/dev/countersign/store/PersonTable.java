package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People who can sign in. */
public final class PersonTable {
    /**
     * One person.
     *
     * @param zone an IANA zone id
     * @param password PHC string
     */
    public record PersonRow(
            String id,
            String email,
            String name,
            String zone,
            boolean administrator,
            String password,
            Instant createdAt) {}

    /** Adds a person; false when somebody has that address. */
    public boolean insert(Connection connection, PersonRow row) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO person (id, email, name, zone, administrator, password, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING",
                        row.id,
                        row.email,
                        row.name,
                        row.zone,
                        row.administrator,
                        row.password,
                        row.createdAt)
                == 1;
    }

    public Optional<PersonRow> byId(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM person WHERE id = ?", PersonTable::row, id);
    }

    public Optional<PersonRow> byEmail(Connection connection, String email) throws SQLException {
        return Sql.first(connection, "SELECT * FROM person WHERE email = ?", PersonTable::row, email);
    }

    /** Everybody, in the order in which they came. */
    public List<PersonRow> all(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT * FROM person ORDER BY created_at, id", PersonTable::row);
    }

    public boolean none(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT 1 FROM person LIMIT 1", row -> row.getInt(1))
                .isEmpty();
    }

    public void setPassword(Connection connection, String id, String password) throws SQLException {
        Sql.update(connection, "UPDATE person SET password = ? WHERE id = ?", password, id);
    }

    private static PersonRow row(ResultSet row) throws SQLException {
        return new PersonRow(
                row.getString("id"),
                row.getString("email"),
                row.getString("name"),
                row.getString("zone"),
                row.getBoolean("administrator"),
                row.getString("password"),
                Sql.instant(row, "created_at"));
    }
}
