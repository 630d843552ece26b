package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ModernClient;
import dev.countersign.client.ModernClient.Answer;
import dev.countersign.front.CountersignServer.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} between approval and execution, and a start on the same data: the mail goes out once. */
class KillTest {
    private static final String PASSWORD = "violet harbour seventy lanterns";

    private static Path home;
    private static Ports ports;
    private static AttachedApp app;

    /** The one that a test leaves is the one that the next test finds: each test starts one anew. */
    private static ChildServer server;

    @BeforeAll
    static void makeAlice(@TempDir Path folder) throws Exception {
        home = folder;
        ports = Ports.free();
        server = ChildServer.start(home, ports);
        try (var alice = surfer()) {
            alice.welcome(server.firstRunLink().orElseThrow(), "Alice");
            alice.link();
            app = AttachedApp.attach(ports.url().resolve("/mcp"), ALICE, PASSWORD, "Killed client");
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.kill();
        }
    }

    @BeforeEach
    void findItRunning() throws Exception {
        if (!server.runs()) {
            server = ChildServer.start(home, ports);
        }
        app = app.refreshed(); // an access token lives ten minutes, which all starts together may take longer than
    }

    private static void killAndStartAgain() throws Exception {
        server.kill();
        server = ChildServer.start(home, ports);
    }

    private static Surfer surfer() {
        return new Surfer(ports.url(), ALICE, PASSWORD);
    }

    private static SandboxControl sandbox() {
        return new SandboxControl(ports.sandboxUrl(), home.resolve("data/sandbox"));
    }

    private static Answer call(String subject) {
        try (ModernClient client = app.modern(AttachedApp.NOTHING)) {
            return client.callTool("mail_send", Calls.mail(BOB, subject));
        }
    }

    private static URI ask(String subject) {
        var asked = call(subject);
        assertThat(Calls.status(asked)).isEqualTo("confirmation_required");
        return Calls.page(asked);
    }

    private static void approve(URI page) {
        try (var alice = surfer()) {
            alice.approve(page);
        }
    }

    /** The result that the client gets when it makes the same call again. */
    private static Answer result(String subject) {
        return Await.found("the outcome of " + subject, () -> {
            var answer = call(subject);
            return Calls.status(answer).isEmpty() ? Optional.of(answer) : Optional.empty();
        });
    }

    private static void assertSentOnce(String subject) {
        var result = result(subject);
        assertThat(Calls.failed(result)).as(Calls.text(result)).isFalse();
        assertThat(Calls.structured(result).path("messageId").asString()).isNotEmpty();
        assertThat(sandbox().sent(ALICE, subject)).isOne();
    }

    @Test
    void killedAfterTheProviderActed_isFoundAndNotRepeated() throws Exception {
        var subject = "Killed after the provider acted";
        var page = ask(subject);
        sandbox().fail(ALICE, "mail-send", "hold-after", 1);
        approve(page);
        Await.until("the mail at the provider", () -> sandbox().sent(ALICE, subject) == 1);

        killAndStartAgain();

        assertSentOnce(subject);
    }

    @Test
    void killedBeforeTheProviderActed_isDoneAfterTheStart() throws Exception {
        var subject = "Killed before the provider acted";
        var page = ask(subject);
        sandbox().fail(ALICE, "mail-send", "slow:100s", 1);
        approve(page);
        Await.until("the request at the provider", () -> sandbox().faultsLeft() == 0);
        assertThat(sandbox().sent(ALICE, subject)).isZero();

        killAndStartAgain();

        assertSentOnce(subject);
    }

    @Test
    void killedWhileTheTokenIsRefreshed_isDoneAfterTheStart() throws Exception {
        var subject = "Killed while the token is refreshed";
        var page = ask(subject);
        sandbox().expire(ALICE);
        sandbox().fail(ALICE, "token", "slow:100s", 1);
        approve(page);
        Await.until("the refresh at the provider", () -> sandbox().faultsLeft() == 0);

        killAndStartAgain();

        assertSentOnce(subject);
    }

    @RepeatedTest(2)
    void killedAtOnceAfterTheApproval_runsOnce() throws Exception {
        var subject = "Killed at once " + System.nanoTime();
        approve(ask(subject));

        killAndStartAgain();

        assertSentOnce(subject);
    }

    @Test
    void killedWhileItWaits_theQuestionIsStillThere() throws Exception {
        var subject = "Killed while it waits";
        var page = ask(subject);

        killAndStartAgain();

        assertThat(Calls.page(call(subject))).isEqualTo(page);
        approve(page);
        assertSentOnce(subject);
    }

    @Test
    void killedAfterTheResult_doesNotSendAgain() throws Exception {
        var subject = "Killed after the result";
        approve(ask(subject));
        assertSentOnce(subject);

        killAndStartAgain();

        assertSentOnce(subject);
    }
}
