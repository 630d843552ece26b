package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Relationship tuples, and what they make visible. The model, in OpenFGA's words: a group's {@code member} is a user or
 * another group's member; a folder's and a document's {@code viewer} is a user, everybody ({@code user:*}), a group's member,
 * or whoever is viewer of its {@code parent} folder.
 */
public final class RelationshipTable {
    /** One tuple. */
    public record Row(String object, String relation, String subject) {}

    /**
     * Common table expressions that end in {@code visible (object)}: all folders and documents that one user may view. The
     * one parameter is the user's subject, e.g. {@code user:ab12}. UNION drops repeats, so that circles end.
     */
    static final String VISIBLE = """
        WITH RECURSIVE
          subject (name) AS (
            VALUES (?), ('user:*')
            UNION
            SELECT r.object || '#member' FROM subject s
            JOIN relationship r ON r.subject = s.name AND r.relation = 'member'
          ),
          visible (object) AS (
            SELECT r.object FROM subject s JOIN relationship r ON r.subject = s.name AND r.relation = 'viewer'
            UNION
            SELECT r.object FROM visible v JOIN relationship r ON r.subject = v.object AND r.relation = 'parent'
          )
        """;

    public void insert(Connection connection, Row row) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO relationship (object, relation, subject) VALUES (?, ?, ?)",
                row.object(),
                row.relation(),
                row.subject());
    }

    /** Gives whether it was there. */
    public boolean delete(Connection connection, Row row) throws SQLException {
        return Sql.update(
                        connection,
                        "DELETE FROM relationship WHERE object = ? AND relation = ? AND subject = ?",
                        row.object(),
                        row.relation(),
                        row.subject())
                == 1;
    }

    /** Removes all that is said of an object. */
    public void deleteObject(Connection connection, String object) throws SQLException {
        Sql.update(connection, "DELETE FROM relationship WHERE object = ? OR subject = ?", object, object);
    }

    /** Removes all that is said of a subject, e.g. of a person who left. */
    public void deleteSubject(Connection connection, String subject) throws SQLException {
        Sql.update(connection, "DELETE FROM relationship WHERE subject = ?", subject);
    }

    public boolean isVisible(Connection connection, String userSubject, String object) throws SQLException {
        return Sql.first(
                        connection,
                        VISIBLE + "SELECT 1 AS yes FROM visible WHERE object = ?",
                        row -> row.getInt("yes"),
                        userSubject,
                        object)
                .isPresent();
    }

    public List<Row> ofObject(Connection connection, String object) throws SQLException {
        return Sql.list(
                connection,
                "SELECT object, relation, subject FROM relationship WHERE object = ? ORDER BY relation, subject",
                row -> new Row(row.getString("object"), row.getString("relation"), row.getString("subject")),
                object);
    }

    /** Everything, in order, for an administrator to read. */
    public List<Row> all(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT object, relation, subject FROM relationship WHERE relation <> 'parent' ORDER BY object,"
                        + " relation, subject",
                row -> new Row(row.getString("object"), row.getString("relation"), row.getString("subject")));
    }
}
