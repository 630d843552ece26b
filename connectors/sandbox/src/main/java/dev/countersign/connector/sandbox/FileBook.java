package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.People.Person;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The stored files. Each lies in one place, and is seen by its owner and by those with whom it is shared. */
final class FileBook {
    private final Store store;

    FileBook(Store store) {
        this.store = store;
    }

    /**
     * What this person may see: files that have all the words in their name come first, then the newest.
     *
     * @param words in lower case, in name or text
     */
    List<StoredFile> search(Person person, Collection<String> words) {
        return seen(person).stream()
                .filter(file -> file.holds(words))
                .sorted(Comparator.comparing((StoredFile file) -> !file.isNamed(words))
                        .thenComparing(
                                Comparator.comparing(StoredFile::updatedAt).reversed())
                        .thenComparing(StoredFile::id))
                .toList();
    }

    private List<StoredFile> seen(Person person) {
        return store.read(db -> db.list(
                "SELECT f.* FROM file f JOIN file_reader r ON r.file = f.id WHERE r.person = ?",
                StoredFile::of,
                person.id()));
    }

    /** Empty when there is none of that id that this person may see. */
    Optional<StoredFile> find(Person person, String id) {
        return store.read(db -> db.one(
                "SELECT f.* FROM file f JOIN file_reader r ON r.file = f.id WHERE r.person = ? AND f.id = ?",
                StoredFile::of,
                person.id(),
                id));
    }

    /** @param shared ids of people who see it beside its owner */
    static void insert(Store.Session db, StoredFile file, Collection<String> shared) throws SQLException {
        db.run(
                "INSERT INTO file (id, owner_address, owner_name, name, content_type, content, updated_at) VALUES (?,"
                        + " ?, ?, ?, ?, ?, ?)",
                file.id(),
                file.owner().address(),
                file.owner().name(),
                file.name(),
                file.contentType(),
                file.content(),
                file.updatedAt());
        var readers = new LinkedHashSet<>(shared);
        readers.addAll(owner(db, file.owner()));
        for (var reader : readers) {
            db.run("INSERT INTO file_reader (file, person) VALUES (?, ?)", file.id(), reader);
        }
    }

    /** Nobody when the owner is not of the organisation. */
    private static List<String> owner(Store.Session db, Party owner) throws SQLException {
        return People.byAddress(db, owner.address()).stream().map(Person::id).toList();
    }

    static Refusal unknown() {
        return Refusal.notFound("No file with this id. Search for files and use an id of them.");
    }
}
