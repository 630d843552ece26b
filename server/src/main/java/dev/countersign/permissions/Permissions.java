package dev.countersign.permissions;

import dev.countersign.store.Database;
import dev.countersign.store.RelationshipTable;
import java.util.List;

/** Who may view what. A change takes effect with the next question: nothing is remembered. */
public final class Permissions {
    private final Database database;
    private final RelationshipTable table = new RelationshipTable();

    public Permissions(Database database) {
        this.database = database;
    }

    public void write(Relationship relationship) {
        database.write(connection -> {
            table.insert(connection, row(relationship));
            return true;
        });
    }

    /** Gives whether it was there. */
    public boolean delete(Relationship relationship) {
        return database.write(connection -> table.delete(connection, row(relationship)));
    }

    /** Whether the person may view the folder or document, e.g. {@code document:leave}. */
    public boolean mayView(String userId, String object) {
        return database.read(connection -> table.isVisible(connection, subject(userId), object));
    }

    /** All relationships but the places of documents in folders. */
    public List<Relationship> all() {
        return database.read(table::all).stream()
                .map(row -> new Relationship(row.object(), row.relation(), row.subject()))
                .toList();
    }

    /** How a person stands in relationships. */
    public static String subject(String userId) {
        return "user:" + userId;
    }

    private static RelationshipTable.Row row(Relationship relationship) {
        return new RelationshipTable.Row(relationship.object(), relationship.relation(), relationship.subject());
    }
}
