package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.People.Person;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The files that a sandbox begins with; one that was made before there were files gets them at its next start. */
final class FileSeed {
    private static final String SEEDED = "seeded-files";

    private final Store store;
    private final Clock clock;

    /**
     * @param owner a person's id; absent for a stranger
     * @param stranger who shares it from outside
     * @param shared ids of people
     * @param ago how long before the start it was changed, e.g. {@code P1DT3H}
     */
    record Planned(
            String id,
            String name,
            String type,
            Optional<String> owner,
            Optional<Party> stranger,
            List<String> shared,
            String ago,
            Optional<List<String>> lines,
            Optional<String> base64) {
        byte[] content() {
            return lines.map(all -> (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8))
                    .or(() -> base64.map(Base64.getDecoder()::decode))
                    .orElseThrow();
        }
    }

    record All(List<Planned> files) {}

    FileSeed(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Does nothing when it was done before. */
    void plant() {
        var done = store.read(db -> db.count("SELECT COUNT(*) FROM setting WHERE name = ?", SEEDED));
        if (done > 0) {
            return;
        }
        store.write(db -> {
            for (var planned : Seed.resource("seed-files.json", All.class).files()) {
                plant(db, planned);
            }
            return db.run(
                    "INSERT INTO setting (name, value) VALUES (?, ?)",
                    SEEDED,
                    clock.instant().toString());
        });
    }

    private void plant(Store.Session db, Planned planned) throws SQLException {
        var file = new StoredFile(
                planned.id(),
                owner(db, planned),
                planned.name(),
                planned.type(),
                planned.content(),
                clock.instant().minus(Duration.parse(planned.ago())));
        FileBook.insert(db, file, planned.shared());
    }

    private static Party owner(Store.Session db, Planned planned) throws SQLException {
        if (planned.stranger().isPresent()) {
            return planned.stranger().get();
        }
        return db.one(
                        "SELECT * FROM person WHERE id = ?",
                        Person::of,
                        planned.owner().orElseThrow())
                .map(person -> new Party(person.address(), person.name()))
                .orElseThrow();
    }
}
