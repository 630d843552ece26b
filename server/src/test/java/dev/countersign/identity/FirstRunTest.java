package dev.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.AtOnce;
import dev.countersign.StandingClock;
import dev.countersign.audit.AuditEvent;
import dev.countersign.store.Database;
import dev.countersign.vault.Secret;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first person is made by whoever holds the newest link, once. */
class FirstRunTest {
    private static final Passwords PASSWORDS = QuickPasswords.make();
    private static final Secret PASSWORD = Secret.of("a password for tests");

    private final Queue<AuditEvent> audited = new ConcurrentLinkedQueue<>();
    private Database database;
    private People people;
    private FirstRun firstRun;

    @BeforeEach
    void open(@TempDir Path folder) {
        var clock = new StandingClock();
        database = Database.open(folder.resolve("test.db"));
        people = new People(database, PASSWORDS, audited::add, clock);
        firstRun = new FirstRun(database, people, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Person complete(Secret token, String email) {
        return firstRun.complete(token, email, "Alice", PASSWORD, ZoneOffset.UTC);
    }

    private void assertUsedUp(Secret token) {
        assertThat(firstRun.matches(token)).isFalse();
        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> complete(token, "eve@example.com"))
                .withMessageContaining("used up or not the newest");
    }

    @Test
    void link_makesTheFirstPersonWhoAdministers() {
        var token = firstRun.link().orElseThrow();
        assertThat(firstRun.matches(token)).isTrue();
        var alice = complete(token, " Alice@Example.com ");

        assertThat(alice.administrator()).isTrue();
        assertThat(alice.email()).isEqualTo("alice@example.com");
        assertThat(people.all()).containsExactly(alice);
        assertThat(audited).extracting(AuditEvent::type).containsExactly("person.created");
        assertUsedUp(token);
        assertThat(firstRun.link()).isEmpty();
    }

    @Test
    void secondLink_voidsTheFirst() {
        var first = firstRun.link().orElseThrow();
        var second = firstRun.link().orElseThrow();

        assertUsedUp(first);
        assertThat(complete(second, "alice@example.com").administrator()).isTrue();
    }

    @Test
    void linkUsedByManyAtOnce_makesOnePerson() throws Exception {
        var token = firstRun.link().orElseThrow();
        // each hashes a password: a few are enough for a race
        var made = AtOnce.run(8, i -> {
            try {
                return Optional.of(complete(token, "person" + i + "@example.com"));
            } catch (IdentityException e) {
                return Optional.<Person>empty();
            }
        });

        assertThat(made.stream().flatMap(Optional::stream)).hasSize(1);
        assertThat(people.all()).hasSize(1);
        assertThat(audited).hasSize(1);
    }

    @Test
    void weakPassword_keepsTheLinkOpen() {
        var token = firstRun.link().orElseThrow();

        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() ->
                        firstRun.complete(token, "alice@example.com", "Alice", Secret.of("password"), ZoneOffset.UTC))
                .withMessageContaining("at least 12");
        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> complete(token, "no address"))
                .withMessageContaining("not a mail address");
        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> firstRun.complete(token, "no address", " ", Secret.of("short"), ZoneOffset.UTC))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(IdentityException.Problem::entry)
                        .containsExactly(
                                IdentityException.Entry.EMAIL,
                                IdentityException.Entry.NAME,
                                IdentityException.Entry.PASSWORD));
        assertThat(people.none()).isTrue();
        assertThat(complete(token, "alice@example.com").administrator()).isTrue();
    }

    @Test
    void tokenOfAnother_opensNothing() {
        firstRun.link();

        assertUsedUp(Secret.of("cs_first_" + "A".repeat(43)));
        assertUsedUp(Secret.of(""));
        assertThat(people.none()).isTrue();
    }

    @Test
    void somebodyMadeInAnotherWay_closesTheLink() {
        var token = firstRun.link().orElseThrow();
        people.create("bob@example.com", "Bob", PASSWORD, ZoneOffset.UTC, false);

        assertUsedUp(token);
    }
}
