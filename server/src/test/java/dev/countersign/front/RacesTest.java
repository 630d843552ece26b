package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static dev.countersign.front.CountersignServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ClientException;
import dev.countersign.client.ModernClient.Answer;
import dev.countersign.client.OAuthLogin.Tokens;
import dev.countersign.oauth.Race;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many at once, two at once, and what ends while something waits. */
class RacesTest {
    /** More than a minute allows, whichever way they fall into two minutes. */
    private static final int TOO_MANY_CALLS = 500;

    private static CountersignServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = CountersignServer.demo(home);
        try (var alice = server.surfer(ALICE);
                var bob = server.surfer(BOB)) {
            alice.link();
            bob.link();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer call(AttachedApp app, String tool, Map<String, Object> arguments) {
        try (var client = app.modern(AttachedApp.NOTHING)) {
            return client.callTool(tool, arguments);
        }
    }

    /** The page of a mail that waits. */
    private static URI ask(AttachedApp app, String to, String subject) {
        var asked = call(app, "mail_send", Calls.mail(to, subject));
        assertThat(Calls.status(asked)).isEqualTo("confirmation_required");
        return Calls.page(asked);
    }

    private static Answer outcome(AttachedApp app, String to, String subject) {
        return Await.found("the outcome of " + subject, () -> {
            var answer = call(app, "mail_send", Calls.mail(to, subject));
            return Calls.status(answer).isEmpty() ? Optional.of(answer) : Optional.empty();
        });
    }

    private static List<String> titles(AttachedApp app, String words) {
        return Calls.structured(call(app, "search", Map.of("query", words)))
                .path("results")
                .valueStream()
                .map(result -> result.path("title").asString())
                .toList();
    }

    @Test
    void sameCallOf64AtOnce_isOneQuestionAndOneMail() throws Exception {
        var app = server.attach(ALICE, "Hasty client");
        var subject = "Sent by sixty-four";
        var mail = Calls.mail(BOB, subject);
        try (var client = app.modern(AttachedApp.PAGES_AND_FORMS);
                var alice = server.surfer(ALICE)) {
            var asked = Race.of(64, i -> client.callTool("mail_send", mail));
            assertThat(asked).extracting(Calls::page).containsOnly(Calls.page(asked.getFirst()));

            var results = Race.of(65, i -> {
                if (i == 64) {
                    alice.approve(Calls.page(asked.getFirst()));
                    return "";
                }
                var result = client.repeatTool("mail_send", mail, asked.get(i), "accept", Map.of());
                return Calls.structured(result).path("messageId").asString("none: " + Calls.text(result));
            });

            assertThat(results.subList(0, 64)).containsOnly(results.getFirst());
            assertThat(results.getFirst()).startsWith("<");
        }
        assertThat(server.sandbox().sent(ALICE, subject)).isOne();
    }

    @Test
    void approvedAndDeclinedAtOnce_hasOneOutcome() throws Exception {
        var app = server.attach(ALICE, "Undecided client");
        for (int round = 0; round < 4; round++) {
            var subject = "Approved and declined " + round;
            var page = ask(app, BOB, subject);
            try (var first = server.surfer(ALICE);
                    var second = server.surfer(ALICE)) {
                var tabs = List.of(first.open(page), second.open(page));

                Race.of(
                        2,
                        i -> i == 0
                                ? first.press(tabs.getFirst(), "Approve")
                                : second.press(tabs.getLast(), "Decline"));
            }
            var outcome = outcome(app, BOB, subject);
            assertThat(server.sandbox().sent(ALICE, subject)).isEqualTo(Calls.failed(outcome) ? 0 : 1);
        }
    }

    @Test
    void twoPeopleWhoSearchTheSameWord_getTheirOwn() throws Exception {
        var ofAlice = server.attach(ALICE, "Searching client");
        var ofBob = server.attach(BOB, "Searching client");

        var found = Race.of(16, i -> titles(i % 2 == 0 ? ofAlice : ofBob, "enamel"));

        for (int i = 0; i < found.size(); i += 2) {
            assertThat(found.get(i))
                    .contains("Letter spacing on enamel")
                    .doesNotContain("Price for enamel panels until March");
            assertThat(found.get(i + 1))
                    .contains("Price for enamel panels until March")
                    .doesNotContain("Letter spacing on enamel");
        }
    }

    @Test
    void unsharedDocument_isGoneFromTheNextAnswer() {
        var app = server.attach(ALICE, "Reading client");
        var before = Calls.structured(call(app, "search", Map.of("query", "parental leave")));
        var id = before.path("results")
                .valueStream()
                .filter(result -> result.path("title").asString().equals("Leave and holidays"))
                .map(result -> result.path("id").asString())
                .findFirst()
                .orElseThrow();
        assertThat(Calls.failed(call(app, "fetch", Map.of("id", id)))).isFalse();

        server.running().stage().unshare("staff", id);

        assertThat(titles(app, "parental leave")).doesNotContain("Leave and holidays");
        assertThat(Calls.failed(call(app, "fetch", Map.of("id", id)))).isTrue();
    }

    @Test
    void replayedRefreshToken_endsThatSessionAndNoOther() {
        var untouched = server.attach(ALICE, "Untouched client");
        var stolen = server.attach(ALICE, "Copied client");
        var sameClient = stolen.again(ALICE, PASSWORD);
        var page = ask(stolen, BOB, "Waits in the copied session");
        var newest = stolen.refreshed().refreshed();

        assertThatThrownBy(stolen::refreshed)
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("invalid_grant");

        assertThatThrownBy(newest::refreshed)
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("invalid_grant");
        assertThat(call(newest, "accounts_list", Map.of()).status()).isEqualTo(401);
        assertThat(call(stolen, "accounts_list", Map.of()).status()).isEqualTo(401);
        assertThat(call(untouched, "accounts_list", Map.of()).status()).isEqualTo(200);
        assertThat(call(sameClient, "accounts_list", Map.of()).status()).isEqualTo(200);
        try (var alice = server.surfer(ALICE)) {
            assertThat(alice.open(page).hasButton("Approve")).isFalse();
            assertThat(alice.open("/security").text()).contains("Copied client");
        }
    }

    @Test
    void refreshOf64AtOnce_hasOneSuccessor() throws Exception {
        var app = server.attach(ALICE, "Racing client");

        var refreshed = Race.of(64, i -> app.refreshed().tokens());

        assertThat(refreshed)
                .extracting(Tokens::refreshToken)
                .containsOnly(refreshed.getFirst().refreshToken());
        assertThat(call(app, "accounts_list", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void revokedClient_voidsWhatItWaitsFor() {
        var app = server.attach(ALICE, "Revoked client");
        var page = ask(app, BOB, "Waits for a revoked client");
        try (var alice = server.surfer(ALICE)) {
            assertThat(alice.open(page).hasButton("Approve")).isTrue();

            alice.press(alice.open("/clients"), "Revoke Revoked client");

            assertThat(alice.open(page).hasButton("Approve")).isFalse();
        }
        assertThat(call(app, "accounts_list", Map.of()).status()).isEqualTo(401);
        assertThat(server.sandbox().sent(ALICE, "Waits for a revoked client")).isZero();
    }

    @Test
    void disconnectedAccount_voidsWhatItWaitsFor() {
        var app = server.attach(BOB, "Client of Bob");
        var page = ask(app, ALICE, "Waits for a disconnected account");
        try (var bob = server.surfer(BOB)) {
            assertThat(bob.open(page).hasButton("Approve")).isTrue();

            bob.disconnect();

            assertThat(bob.open(page).hasButton("Approve")).isFalse();
            assertThat(server.sandbox().revoked(BOB)).isOne();
            assertThat(server.sandbox().sent(BOB, "Waits for a disconnected account"))
                    .isZero();
            bob.link();
        }
    }

    @Test
    void tooManyCalls_areRefusedWithTheWait_andThePersonSeesIt() throws Exception {
        var app = server.attach(BOB, "Busy client");
        try (var client = app.modern(AttachedApp.NOTHING);
                var bob = server.surfer(BOB)) {
            var answers = Race.of(TOO_MANY_CALLS, i -> client.callTool("accounts_list", Map.of()));

            var refused = answers.stream().filter(Calls::failed).toList();
            assertThat(refused)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(Calls.text(answer)).contains("Wait"));
            assertThat(answers.size() - refused.size()).isGreaterThanOrEqualTo(240);
            assertThat(bob.open("/security").text()).contains("Busy client");
        }
    }
}
