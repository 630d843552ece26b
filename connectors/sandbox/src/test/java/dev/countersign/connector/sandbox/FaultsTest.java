package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    private static final String KEY = "0123456789abcdefghijklmnop";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void tell(String json) {
        assertThat(bench.control("POST", "faults", json).statusCode()).isEqualTo(200);
    }

    private static Outgoing mail() {
        return new Outgoing(
                List.of(Mailbox.of("bob@example.com")),
                List.of(),
                List.of(),
                "Fault",
                "text",
                List.of(),
                Optional.empty());
    }

    private Kind sendFails(MailService service) {
        try {
            service.send(mail(), KEY);
            throw new AssertionError("was sent");
        } catch (UpstreamException e) {
            return e.kind();
        }
    }

    @Test
    void statusFaults_failAndDoNothing() {
        var service = new SandboxMail(bench.upstream("alice@example.com"));
        var expected = Map.of(
                "401", Kind.UNAUTHORIZED,
                "403", Kind.FORBIDDEN,
                "429:7", Kind.RATE_LIMITED,
                "500", Kind.UNAVAILABLE,
                "503:2", Kind.UNAVAILABLE,
                "drop-before", Kind.NO_ANSWER);
        expected.forEach((fault, kind) -> {
            tell("{\"operation\":\"mail-send\",\"fault\":\"" + fault + "\",\"times\":1}");
            assertThat(sendFails(service)).as(fault).isEqualTo(kind);
        });
        assertThat(bench.sentBy("alice@example.com").items()).isEmpty();
        assertThat(service.sent(KEY)).isEmpty();
    }

    @Test
    void tooManyRequests_saysWhenToComeBack() {
        var upstream = bench.upstream("alice@example.com");
        tell("{\"operation\":\"calendar-read\",\"fault\":\"429:7\"}");
        assertThatThrownBy(() -> new SandboxCalendar(upstream).calendars())
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @Test
    void dropAfter_doesTheEffectOnce_andARepeatIsAnsweredWithIt() {
        var service = new SandboxMail(bench.upstream("alice@example.com"));
        tell("{\"operation\":\"mail-send\",\"fault\":\"drop-after\",\"times\":1}");
        assertThat(sendFails(service)).isEqualTo(Kind.NO_ANSWER);
        assertThat(service.sent(KEY)).isPresent();
        assertThat(service.send(mail(), KEY)).isEqualTo(service.sent(KEY).orElseThrow());
        assertThat(bench.sentBy("alice@example.com").items()).hasSize(1);
    }

    @Test
    void brokenJson_doesTheEffectAndCannotBeRead() {
        var service = new SandboxMail(bench.upstream("alice@example.com"));
        tell("{\"operation\":\"mail-send\",\"fault\":\"broken-json\",\"times\":1}");
        assertThat(sendFails(service)).isEqualTo(Kind.BROKEN);
        assertThat(bench.sentBy("alice@example.com").items()).hasSize(1);
    }

    @Test
    void slow_answersRightAfterTheDelay() {
        var upstream = bench.upstream("alice@example.com");
        tell("{\"operation\":\"calendar-read\",\"fault\":\"slow:300ms\"}");
        var before = System.nanoTime();
        assertThat(new SandboxCalendar(upstream).calendars()).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void heldConnection_givesNoAnswerUntilTheClientLeaves() {
        var token = bench.link("alice@example.com").access();
        var request = java.net.http.HttpRequest.newBuilder(bench.origin.resolve("/api/userinfo"))
                .timeout(Duration.ofMillis(400))
                .header("Authorization", "Bearer " + token)
                .header(Faults.HEADER, "hold-before");
        assertThatThrownBy(() -> bench.sent(request)).hasCauseInstanceOf(java.net.http.HttpTimeoutException.class);
    }

    @Test
    void faultOfOnePerson_leavesTheOthers() {
        var alice = new SandboxCalendar(bench.upstream("alice@example.com"));
        var bob = new SandboxCalendar(bench.upstream("bob@example.com"));
        tell("{\"person\":\"alice@example.com\",\"operation\":\"all\",\"fault\":\"500\"}");
        assertThatThrownBy(alice::calendars).isInstanceOf(UpstreamException.class);
        assertThat(bob.calendars()).isNotEmpty();
        bench.control("DELETE", "faults", "");
        assertThat(alice.calendars()).isNotEmpty();
    }

    @Test
    void header_failsThatRequestOnly() {
        var token = bench.link("alice@example.com").access();
        assertThat(bench.api("GET", "calendars", token, Faults.HEADER, "503").statusCode())
                .isEqualTo(503);
        assertThat(bench.api("GET", "calendars", token).statusCode()).isEqualTo(200);
        assertThat(bench.api("GET", "calendars", token, Faults.HEADER, "invalid_grant")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void invalidGrantAsTold_consumesNothing() {
        var tokens = bench.link("alice@example.com");
        tell("{\"person\":\"alice@example.com\",\"operation\":\"token\",\"fault\":\"invalid_grant\",\"times\":1}");
        assertThat(bench.token(Bench.refresh(tokens.refresh())).body()).contains("invalid_grant");
        assertThat(bench.token(Bench.refresh(tokens.refresh())).statusCode()).isEqualTo(200);
    }

    @Test
    void lostRefreshAnswer_hasRotated() {
        var tokens = bench.link("alice@example.com");
        assertThatThrownBy(() -> bench.token(Bench.refresh(tokens.refresh()), List.of(Faults.HEADER, "drop-after")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(bench.token(Bench.refresh(tokens.refresh())).body()).contains("invalid_grant");
    }

    @Test
    void narrowerScopes_areTheOnesThatTheTokenHas() {
        tell("{\"operation\":\"token\",\"fault\":\"narrower-scopes:mail.send\"}");
        var tokens = bench.link("alice@example.com");
        assertThat(tokens.scope()).contains("mail.read").doesNotContain("mail.send");
        assertThat(bench.api("POST", "mail/send", tokens.access()).statusCode()).isEqualTo(403);
    }

    @Test
    void revocationThatFails_leavesTheTokens() {
        var tokens = bench.link("alice@example.com");
        tell("{\"operation\":\"revoke\",\"fault\":\"500\"}");
        assertThat(bench.revoke(tokens.refresh()).statusCode()).isEqualTo(500);
        assertThat(bench.api("GET", "userinfo", tokens.access()).statusCode()).isEqualTo(200);
    }

    @Test
    void faultsOfTheStart_meetEverybody() throws IOException {
        bench.close();
        bench = new Bench(folder, Map.of("mail-send", "403"));
        assertThat(sendFails(new SandboxMail(bench.upstream("alice@example.com"))))
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void unknownOperationOrFault_saysWhatIsAllowed() {
        for (var wrong : List.of(
                Map.of("mail-fly", "403"),
                Map.of("mail-send", "418"),
                Map.of("mail-send", "slow:long"),
                Map.of("mail-send", "invalid_grant"))) {
            assertThatThrownBy(() -> new Sandbox()
                            .start(
                                    folder.resolve("other"),
                                    "127.0.0.1",
                                    0,
                                    URI.create("http://localhost/"),
                                    Clock.systemUTC(),
                                    wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s).*(use one of|for the operation token only).*");
        }
    }

    @Test
    void controlWithoutTheKey_isRefused() {
        var answer = bench.sent(java.net.http.HttpRequest.newBuilder(bench.origin.resolve("/_sandbox/sent")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void unknownPersonAtControl_listsThePeople() {
        var answer = bench.control("POST", "expire", "{\"person\":\"zoe@example.com\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("alice@example.com");
    }

    @Test
    void expireAndRevoke_endTokensAsTold() {
        var tokens = bench.link("alice@example.com");
        bench.control("POST", "expire", "{\"person\":\"alice@example.com\"}");
        assertThat(bench.api("GET", "userinfo", tokens.access()).statusCode()).isEqualTo(401);
        var next = Bench.tokens(bench.token(Bench.refresh(tokens.refresh())));
        bench.control("POST", "revoke", "{\"person\":\"alice@example.com\"}");
        assertThat(bench.token(Bench.refresh(next.refresh())).body()).contains("invalid_grant");
        assertThat(bench.control("GET", "tokens?person=alice@example.com", "").body())
                .contains("\"families\":0");
    }
}
