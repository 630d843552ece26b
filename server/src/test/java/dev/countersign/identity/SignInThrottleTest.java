package dev.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.AtOnce;
import dev.countersign.StandingClock;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NIST SP 800-63B section 3.2.2: guesses are limited, and a stranger locks nobody out for long. */
class SignInThrottleTest {
    private static final String ALICE = "alice@example.com";
    private static final Request.Client HOME = from("192.0.2.1");

    private final StandingClock clock = new StandingClock();
    private Database database;
    private SignInThrottle throttle;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("test.db"));
        throttle = new SignInThrottle(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Request.Client from(String address) {
        return new Request.Client(address, "browser");
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.attempt(ALICE, HOME);
        }
    }

    private void assertRefused(String email, Request.Client client) {
        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> throttle.attempt(email, client))
                .withMessageContaining("Try again in")
                .satisfies(e -> assertThat(e.status()).isEqualTo(429));
    }

    private boolean isLetIn(String email, Request.Client client) {
        try {
            throttle.attempt(email, client);
            return true;
        } catch (HttpException e) {
            return false;
        }
    }

    @Test
    void firstFailures_costNoWait() {
        assertThatCode(() -> fail(5)).doesNotThrowAnyException();
        assertRefused(ALICE, HOME);
    }

    @Test
    void waits_doubleUpToAQuarterOfAnHour() {
        fail(5);
        for (int seconds : List.of(2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900)) {
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertRefused(ALICE, HOME);
            clock.advance(Duration.ofMillis(1));
            assertThat(isLetIn(ALICE, HOME)).as("after %d seconds", seconds).isTrue();
        }
    }

    @Test
    void refusedAttempts_lengthenNoWait() {
        fail(5);
        for (int i = 0; i < 100; i++) {
            assertRefused(ALICE, HOME);
        }
        clock.advance(Duration.ofSeconds(2));

        assertThat(isLetIn(ALICE, HOME)).isTrue();
    }

    @Test
    void burstAtOnce_countsLikeTheSameGuessesInARow() throws Exception {
        var letIn = AtOnce.run(AtOnce.MANY, i -> isLetIn(ALICE, HOME));

        assertThat(letIn.stream().filter(yes -> yes)).hasSize(5);
    }

    @Test
    void burstFromManyAddresses_isStoppedAtTheAccount() throws Exception {
        var letIn = AtOnce.run(AtOnce.MANY, i -> isLetIn(ALICE, from("192.0.2." + i)));

        assertThat(letIn.stream().filter(yes -> yes)).hasSize(5);
    }

    @Test
    void burstOverManyAccounts_isStoppedAtTheAddress() throws Exception {
        var letIn = AtOnce.run(AtOnce.MANY, i -> isLetIn("person" + i + "@example.com", HOME));

        assertThat(letIn.stream().filter(yes -> yes)).hasSize(30);
        assertRefused("another@example.com", HOME);
        assertThat(isLetIn("another@example.com", from("198.51.100.1"))).isTrue();
    }

    @Test
    void success_forgivesTheAccount() {
        fail(5);
        clock.advance(Duration.ofSeconds(2));
        throttle.attempt(ALICE, HOME);
        throttle.succeeded(ALICE, HOME);

        assertThatCode(() -> fail(5)).doesNotThrowAnyException();
        assertRefused(ALICE, HOME);
    }

    @Test
    void ownSuccesses_doNotForgiveAnAddressItsGuesses() {
        int guesses = 0;
        for (int i = 0; i < 100; i++) {
            if (!isLetIn("victim" + i + "@example.com", HOME)) {
                break;
            }
            guesses++;
            if (isLetIn("mallory@example.com", HOME)) {
                throttle.succeeded("mallory@example.com", HOME);
            }
        }

        assertThat(guesses).isEqualTo(30);
    }

    @Test
    void aDayWithoutAnAttempt_isForgotten() {
        fail(5);
        clock.advance(Duration.ofDays(1).plusMillis(1));

        assertThatCode(() -> fail(5)).doesNotThrowAnyException();
        assertRefused(ALICE, HOME);
    }
}
