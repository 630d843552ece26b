package dev.countersign.connector.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The people of the organisation. */
final class People {
    private final Store store;

    /** Somebody with a calendar and a mailbox here. */
    record Person(String id, String address, String name, String title, String phone, ZoneId zone) {
        static Person of(ResultSet row) throws SQLException {
            return new Person(
                    row.getString("id"),
                    row.getString("address"),
                    row.getString("name"),
                    row.getString("title"),
                    row.getString("phone"),
                    ZoneId.of(row.getString("zone")));
        }
    }

    People(Store store) {
        this.store = store;
    }

    Optional<Person> byId(String id) {
        return store.read(db -> db.one("SELECT * FROM person WHERE id = ?", Person::of, id));
    }

    Optional<Person> byAddress(String address) {
        return store.read(db -> byAddress(db, address));
    }

    static Optional<Person> byAddress(Store.Session db, String address) throws SQLException {
        return db.one("SELECT * FROM person WHERE address = ?", Person::of, address.toLowerCase(Locale.ROOT));
    }

    List<Person> all() {
        return store.read(db -> db.list("SELECT * FROM person ORDER BY name", Person::of));
    }

    /** The person whose password this is. Takes as long when there is no such person. */
    Optional<Person> signIn(String address, String password) {
        var stored = store.read(db -> db.one(
                        "SELECT password FROM person WHERE address = ?",
                        row -> Optional.ofNullable(row.getString(1)),
                        address.strip().toLowerCase(Locale.ROOT)))
                .flatMap(hash -> hash);
        var right = Secrets.checkPassword(password, stored.orElseGet(Secrets::nobodysPassword));
        return right && stored.isPresent() ? byAddress(address.strip()) : Optional.empty();
    }
}
