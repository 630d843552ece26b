package dev.countersign.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.audit.AuditEvent;
import dev.countersign.http.Request;
import dev.countersign.identity.IdentityException.Entry;
import dev.countersign.identity.IdentityException.Problem;
import dev.countersign.store.BrowserSessionTable;
import dev.countersign.store.Database;
import dev.countersign.store.PersonTable;
import dev.countersign.store.PersonTable.PersonRow;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Everybody who can sign in. */
public final class People {
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>\"(),:;\\\\\\p{Cntrl}]{1,64}@[^\\s@<>\"(),:;\\\\\\p{Cntrl}]{1,189}");
    private static final int MOST_NAME_CHARACTERS = 100;
    private static final int MOST_KNOWN = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private final Database database;
    private final PersonTable table = new PersonTable();
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final Consumer<AuditEvent> audit;
    private final Clock clock;

    /** Every call asks for its person. Nothing of what is kept changes but by another process, which counts a little later. */
    private final Cache<String, Person> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .executor(Runnable::run)
            .build();

    public People(Database database, Passwords passwords, Consumer<AuditEvent> audit, Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.throttle = new SignInThrottle(database, clock);
        this.audit = audit;
        this.clock = clock;
    }

    public Optional<Person> byId(String id) {
        return database.read(c -> table.byId(c, id)).map(People::person);
    }

    /** The same, as they were at most ten seconds ago. */
    public Optional<Person> known(String id) {
        var kept = Optional.ofNullable(known.getIfPresent(id));
        return kept.isPresent() ? kept : remembered(byId(id));
    }

    private Optional<Person> remembered(Optional<Person> person) {
        person.ifPresent(found -> known.put(found.id(), found));
        return person;
    }

    public Optional<Person> byEmail(String email) {
        return database.read(c -> table.byEmail(c, canonical(email))).map(People::person);
    }

    public List<Person> all() {
        return database.read(table::all).stream().map(People::person).toList();
    }

    /** True while nobody can sign in. */
    public boolean none() {
        return database.read(table::none);
    }

    /**
     * Makes a person.
     *
     * @throws IdentityException when the address is taken or not an address, or the password is too weak
     */
    public Person create(String email, String name, Secret password, ZoneId zone, boolean administrator) {
        var row = prepare(email, name, password, zone, administrator);
        if (!database.write(c -> table.insert(c, row))) {
            throw new IdentityException(
                    List.of(new Problem(Entry.EMAIL, "Somebody has this mail address already. Give another.")));
        }
        var person = person(row);
        created(person);
        return person;
    }

    /**
     * The person with this address and password. An unknown address costs the same time as a wrong password, and both
     * are empty.
     *
     * @throws dev.countersign.http.HttpException 429 after too many failures of this account or from this network address, 503 when
     *     too many sign-ins wait already
     */
    public Optional<Person> authenticate(String email, Secret password, Request.Client client) {
        var canonical = canonical(email);
        throttle.attempt(canonical, client);
        var row = database.read(c -> table.byEmail(c, canonical));
        var matches = passwords.matches(password, row.map(PersonRow::password));
        if (!matches || row.isEmpty()) {
            audit.accept(event("sign_in.failed", row.map(PersonRow::id).orElse("unknown"), "deny"));
            return Optional.empty();
        }
        throttle.succeeded(canonical, client);
        audit.accept(event("sign_in.succeeded", row.get().id(), "allow"));
        return row.map(People::person);
    }

    /**
     * Gives a person a new password and ends their sessions in browsers. Gives how many ended.
     *
     * @throws IdentityException when the password is too weak
     */
    public int changePassword(Person person, Secret password) {
        PasswordRules.problem(password, person.email()).ifPresent(problem -> {
            throw new IdentityException(List.of(new Problem(Entry.PASSWORD, problem)));
        });
        var hash = passwords.hash(password);
        var ended = database.write(c -> {
            table.setPassword(c, person.id(), hash);
            return new BrowserSessionTable().deleteAllOf(c, person.id());
        });
        audit.accept(event("password.changed", person.id(), "allow"));
        return ended;
    }

    /** What a new person's row will be, checked, with the password hashed: done before the row's transaction. */
    PersonRow prepare(String email, String name, Secret password, ZoneId zone, boolean administrator) {
        var canonical = canonical(email);
        var shown = name.strip();
        var problems = new ArrayList<Problem>();
        if (!EMAIL.matcher(canonical).matches()) {
            problems.add(new Problem(Entry.EMAIL, "This is not a mail address. Write it like name@example.com."));
        }
        if (!isName(shown)) {
            problems.add(new Problem(Entry.NAME, "Give a name of 1 to 100 characters."));
        }
        PasswordRules.problem(password, canonical)
                .ifPresent(problem -> problems.add(new Problem(Entry.PASSWORD, problem)));
        if (!problems.isEmpty()) {
            throw new IdentityException(problems);
        }
        return new PersonRow(
                RandomToken.id(),
                canonical,
                shown,
                zone.getId(),
                administrator,
                passwords.hash(password),
                clock.instant());
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_NAME_CHARACTERS
                && text.chars().noneMatch(Character::isISOControl);
    }

    void created(Person person) {
        audit.accept(event("person.created", person.id(), "allow"));
    }

    static Person person(PersonRow row) {
        return new Person(row.id(), row.email(), row.name(), zone(row.zone()), row.administrator());
    }

    private static String canonical(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC; // the zone data of this JDK no longer knows it
        }
    }

    private AuditEvent event(String type, String userId, String decision) {
        return new AuditEvent(clock.instant(), type, userId, Optional.empty(), userId, decision, Map.of());
    }
}
