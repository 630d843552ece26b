package dev.countersign.retrieval;

import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;
import dev.countersign.store.Database;
import dev.countersign.store.DocumentTable;
import dev.countersign.store.RelationshipTable;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shared documents of the organisation: taken in, indexed, found and read by those who may view them. */
public final class Documents {
    /** More words than this say nothing more. */
    private static final int MOST_WORDS = 32;

    private final Database database;
    private final Clock clock;
    private final DocumentTable documents = new DocumentTable();
    private final RelationshipTable relationships = new RelationshipTable();

    public Documents(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Takes in a document, or its new text, and places it in its folder. */
    public void put(String id, String folder, String title, String text, Optional<String> url) {
        var row = new DocumentTable.Row(id, folder, title, text, url, clock.instant());
        var place = Relationship.inFolder(row.object(), folder);
        database.write(connection -> {
            documents.put(connection, row);
            relationships.insert(
                    connection, new RelationshipTable.Row(place.object(), place.relation(), place.subject()));
            return true;
        });
    }

    /** Removes a document, its words and all that is said of it. Gives whether it was there. */
    public boolean remove(String id) {
        return database.write(connection -> {
            relationships.deleteObject(connection, "document:" + id);
            return documents.remove(connection, id);
        });
    }

    public List<String> idsIn(String folder) {
        return database.read(connection -> documents.idsIn(connection, folder));
    }

    /** The best permitted documents: those with every word, and when there are none, those with any. */
    List<DocumentTable.Found> search(String userId, String query, int limit) {
        var words = words(query);
        if (words.isEmpty()) {
            return List.of();
        }
        var every = search(userId, words, " AND ", limit);
        return every.isEmpty() ? search(userId, words, " OR ", limit) : every;
    }

    /** The document when the person may view it; one that is hidden looks like one that is not there. */
    Optional<DocumentTable.Row> fetch(String userId, String id) {
        return database.read(connection -> documents.fetch(connection, Permissions.subject(userId), id));
    }

    private List<DocumentTable.Found> search(String userId, List<String> words, String operator, int limit) {
        var match = words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(operator));
        return database.read(connection -> documents.search(connection, Permissions.subject(userId), match, limit));
    }

    /** Letters and digits only: nothing that is typed reaches the index as an operator. */
    private static List<String> words(String query) {
        return Arrays.stream(query.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
    }
}
