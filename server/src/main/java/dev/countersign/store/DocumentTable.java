package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Documents of the organisation and the index of their words. Every read asks for a user and gives what that user may view. */
public final class DocumentTable {
    private static final String COLUMNS = "d.id, d.folder, d.title, d.text, d.url, d.updated_at";

    /** One document. */
    public record Row(String id, String folder, String title, String text, Optional<String> url, Instant updatedAt) {
        /** Its name in relationships. */
        public String object() {
            return "document:" + id;
        }
    }

    /** One document that was found, and the words around the match. */
    public record Found(
            String id, String folder, String title, String snippet, Optional<String> url, Instant updatedAt) {}

    /** Puts a document in place of the one with its id. */
    public void put(Connection connection, Row row) throws SQLException {
        remove(connection, row.id());
        Sql.update(
                connection,
                "INSERT INTO document (id, object, folder, title, text, url, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.object(),
                row.folder(),
                row.title(),
                row.text(),
                row.url(),
                row.updatedAt());
        Sql.update(
                connection,
                "INSERT INTO document_words (rowid, title, text) SELECT number, title, text FROM document WHERE id = ?",
                row.id());
    }

    /** Removes a document and its words; gives whether it was there. */
    public boolean remove(Connection connection, String id) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO document_words (document_words, rowid, title, text) "
                        + "SELECT 'delete', number, title, text FROM document WHERE id = ?",
                id);
        return Sql.update(connection, "DELETE FROM document WHERE id = ?", id) == 1;
    }

    /**
     * The best permitted documents, best first. The filter stands inside the query, so that what is hidden takes no place
     * among the results.
     *
     * @param match an FTS5 query
     */
    public List<Found> search(Connection connection, String userSubject, String match, int limit) throws SQLException {
        return Sql.list(
                connection,
                RelationshipTable.VISIBLE + """
                    SELECT d.id, d.folder, d.title, d.url, d.updated_at,
                      snippet(document_words, 1, '', '', '…', 40) AS snippet
                    FROM document_words JOIN document d ON d.number = document_words.rowid
                    WHERE document_words MATCH ? AND d.object IN (SELECT object FROM visible)
                    ORDER BY bm25(document_words, 4.0, 1.0), d.number LIMIT ?
                    """,
                row -> new Found(
                        row.getString("id"),
                        row.getString("folder"),
                        row.getString("title"),
                        row.getString("snippet"),
                        Sql.optionalString(row, "url"),
                        Sql.instant(row, "updated_at")),
                userSubject,
                match,
                limit);
    }

    /** The document, when the user may view it. */
    public Optional<Row> fetch(Connection connection, String userSubject, String id) throws SQLException {
        return Sql.first(
                connection,
                RelationshipTable.VISIBLE + "SELECT " + COLUMNS
                        + " FROM document d WHERE d.id = ? AND d.object IN (SELECT object FROM visible)",
                DocumentTable::row,
                userSubject,
                id);
    }

    /** Ids of a folder's documents, whoever may view them: for the one who keeps the index. */
    public List<String> idsIn(Connection connection, String folder) throws SQLException {
        return Sql.list(
                connection, "SELECT id FROM document WHERE folder = ? ORDER BY id", row -> row.getString("id"), folder);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("folder"),
                row.getString("title"),
                row.getString("text"),
                Sql.optionalString(row, "url"),
                Sql.instant(row, "updated_at"));
    }
}
