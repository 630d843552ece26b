package dev.countersign.identity;

import dev.countersign.store.Database;
import dev.countersign.store.FirstRunTable;
import dev.countersign.store.PersonTable;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/** The one-time link that makes the first person, who administers. */
public final class FirstRun {
    private final Database database;
    private final People people;
    private final FirstRunTable table = new FirstRunTable();
    private final PersonTable persons = new PersonTable();
    private final Clock clock;

    public FirstRun(Database database, People people, Clock clock) {
        this.database = database;
        this.people = people;
        this.clock = clock;
    }

    /** A new token while there is nobody yet; the one before is void then. */
    public Optional<Secret> link() {
        var token = RandomToken.token("cs_first_");
        var digest = RandomToken.digest(token);
        var made = database.write(c -> {
            if (!persons.none(c)) {
                return false;
            }
            table.put(c, digest, clock.instant());
            return true;
        });
        return made ? Optional.of(token) : Optional.empty();
    }

    /** Whether this is the token of the link that is still open. */
    public boolean matches(Secret token) {
        var digest = RandomToken.digest(token);
        return database.read(
                c -> persons.none(c) && table.digest(c).filter(digest::equals).isPresent());
    }

    /**
     * Makes the first person and uses the link up.
     *
     * @throws IdentityException when the link is used up or not ours, or what was entered cannot be used; the link stays open in the
     *     latter case
     */
    public Person complete(Secret token, String email, String name, Secret password, ZoneId zone) {
        if (!matches(token)) {
            throw new IdentityException(USED_UP);
        }
        var row = people.prepare(email, name, password, zone, true);
        var made = database.write(
                c -> persons.none(c) && table.take(c, RandomToken.digest(token)) && persons.insert(c, row));
        if (!made) {
            throw new IdentityException(USED_UP);
        }
        var person = People.person(row);
        people.created(person);
        return person;
    }

    private static final String USED_UP =
            "This link is used up or not the newest. Start the server again for a new one, or sign in.";
}
