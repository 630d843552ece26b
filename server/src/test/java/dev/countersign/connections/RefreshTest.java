package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.store.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refresh of access tokens at a provider whose refresh tokens are good once. RFC 6749 section 6, RFC 9700 section 4.14. */
class RefreshTest {
    private static final int MANY = 64;

    @TempDir
    Path folder;

    private LinkFront front;
    private LinkedAccount account;

    record Who(String sub) {}

    @BeforeEach
    void start() throws IOException {
        front = new LinkFront(folder);
        account = front.linkedAlice();
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private Upstream upstream() {
        return front.connections.upstream(account);
    }

    private String sub(Upstream upstream) {
        return upstream.get("userinfo").as(Who.class).sub();
    }

    private long version() {
        return front.database.read(c -> Sql.first(c, "SELECT version FROM connection", row -> row.getLong(1))
                .orElseThrow());
    }

    private LinkedAccount.State state() {
        return front.connections
                .find(front.alice.id(), account.id())
                .orElseThrow()
                .state();
    }

    private void assertFails(Kind kind) {
        assertThatThrownBy(() -> sub(upstream()))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void manyCallsWithADueToken_refreshOnce() throws Exception {
        front.clock.advance(Duration.ofMinutes(6));
        callAtOnce();
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void manyCallsMetBy401_refreshOnce() throws Exception {
        front.expireAtProvider(LinkFront.ALICE);
        callAtOnce();
        assertThat(version()).isEqualTo(2);
    }

    private void callAtOnce() throws Exception {
        Callable<String> call = () -> sub(upstream());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(MANY, call)))
                    .extracting(Future::resultNow)
                    .containsOnly("alice");
        }
    }

    @Test
    void twoNodesAtOnce_bothGoOnAndTheGrantLives() throws Exception {
        front.expireAtProvider(LinkFront.ALICE);
        try (var other = front.connections(front.database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var here = threads.submit(() -> sub(upstream()));
            var there = threads.submit(() -> sub(other.upstream(account)));
            assertThat(here.get()).isEqualTo("alice");
            assertThat(there.get()).isEqualTo("alice");
        }
        assertThat(front.tokens(LinkFront.ALICE).get("families").asInt()).isOne();
    }

    @Test
    void tokenStillGood_isUsedWhenTheProviderCannotRenewIt() {
        front.clock.advance(Duration.ofMinutes(4).plusSeconds(10));
        front.fault("token", "503", 1);
        assertThat(sub(upstream())).isEqualTo("alice");
        assertThat(version()).isOne();
    }

    @Test
    void answerLost_isNotAskedAgainWhileTheOldTokenIsGood() {
        front.clock.advance(Duration.ofMinutes(4).plusSeconds(10));
        front.fault("token", "drop-after", 1);
        assertThat(sub(upstream())).isEqualTo("alice");
        assertThat(sub(upstream())).isEqualTo("alice");
        assertThat(front.tokens(LinkFront.ALICE).get("revoked").asInt()).isZero();
    }

    @Test
    void refusedOnce_isNotTheEnd() {
        front.expireAtProvider(LinkFront.ALICE);
        front.fault("token", "invalid_grant", 1);
        assertFails(Kind.NOT_SENT);
        assertThat(state()).isEqualTo(LinkedAccount.State.ACTIVE);
        assertThat(sub(upstream())).isEqualTo("alice");
    }

    @Test
    void refusedAgainLater_mustBeLinkedAgain() {
        front.revokeAtProvider(LinkFront.ALICE);
        assertFails(Kind.NOT_SENT);
        front.connections.sweep();
        assertThat(state()).isEqualTo(LinkedAccount.State.ACTIVE);
        front.clock.advance(TokenRefresh.CONFIRMED_AFTER);
        front.connections.sweep();
        assertThat(state()).isEqualTo(LinkedAccount.State.NEEDS_CONSENT);
        assertFails(Kind.UNAUTHORIZED);
        try (var browser = front.browser()) {
            assertThat(front.open(browser, LinkFront.ALICE, "/connections").text())
                    .contains("Sandbox ended the access that you gave", "Link it again");
            front.link(browser, LinkFront.ALICE, LinkFront.ALICE);
        }
        assertThat(sub(upstream())).isEqualTo("alice");
    }

    @Test
    void freshTokenRefused_mustBeLinkedAgain() {
        front.fault("calendar-read", "401", 2);
        assertThatThrownBy(() -> upstream().get("calendars").send())
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
        assertThat(state()).isEqualTo(LinkedAccount.State.NEEDS_CONSENT);
    }

    @Test
    void crashBetweenAnswerAndCommit_losesNoToken() throws IOException {
        front.expireAtProvider(LinkFront.ALICE);
        // the database takes no commit, as when the process dies right after the answer
        front.database.write(c -> Sql.update(
                c,
                "CREATE TRIGGER no_commit BEFORE UPDATE OF version ON connection BEGIN"
                        + " SELECT RAISE(ABORT, 'disk is gone'); END"));
        assertFails(Kind.NOT_SENT);
        assertThat(spooled()).isOne();
        front.database.write(c -> Sql.update(c, "DROP TRIGGER no_commit"));
        front.restart();
        front.connections.sweep();
        assertThat(spooled()).isZero();
        assertThat(version()).isEqualTo(2);
        front.clock.advance(Duration.ofMinutes(6));
        assertThat(sub(upstream())).isEqualTo("alice");
        assertThat(front.tokens(LinkFront.ALICE).get("revoked").asInt()).isZero();
    }

    private long spooled() throws IOException {
        try (var files = Files.list(front.data().resolve("spool"))) {
            return files.filter(file -> !file.endsWith("node")).count();
        }
    }

    @Test
    void callerInterrupted_leavesTheRefreshToItsEnd() throws Exception {
        front.expireAtProvider(LinkFront.ALICE);
        front.fault("token", "slow:700ms", 1);
        var caller = Thread.ofVirtual().unstarted(() -> sub(upstream()));
        caller.setUncaughtExceptionHandler((thread, e) -> {});
        caller.start();
        while (front.database
                .read(c -> Sql.first(
                        c, "SELECT 1 FROM connection WHERE intent_at IS NOT NULL OR version = 2", row -> true))
                .isEmpty()) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();
        assertThat(sub(upstream())).isEqualTo("alice");
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void frozenAccount_isNotUsed() {
        front.connections.freezeAll(front.alice.id(), "Something unusual happened.");
        assertFails(Kind.FORBIDDEN);
        front.connections.unfreezeAll(front.alice.id());
        assertThat(sub(upstream())).isEqualTo("alice");
    }
}
