package dev.countersign.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.hosts.HostFailure.Reason;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to mail servers with access tokens. RFC 7628, and XOAUTH2 as Google and Microsoft describe it. */
class TokenSignInTest {
    private static final String TOKEN = "canary.access~token";
    private static final Login LOGIN = new Login.Bearer("alice@example.org", Secret.of(TOKEN));
    private static final String XOAUTH2 = base64("user=alice@example.org\1auth=Bearer " + TOKEN + "\1\1");
    private static final String INVALID = base64("{\"status\":\"invalid_token\",\"scope\":\"mail\"}");
    private static final String TOO_LITTLE = base64("{\"scope\":\"mail\", \"status\" : \"insufficient_scope\"}");

    @TempDir
    static Path folder;

    private static TestKeys keys;

    private final Hosts hosts = new Hosts(
            new Reach(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, any -> true, false, keys::client));

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(folder);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String bearer(String name, URI server) {
        return base64("n,a=" + name + ",\1host=" + server.getHost() + "\1port=" + server.getPort() + "\1auth=Bearer "
                + TOKEN + "\1\1");
    }

    private static ScriptedServer imap(String capabilities, String... then) throws IOException {
        var script = new ArrayList<>(List.of("TLS", "> * OK hello", "<"));
        script.add("> * CAPABILITY IMAP4rev1 " + capabilities + "\\nc1 OK done");
        script.addAll(List.of(then));
        return new ScriptedServer(keys.server(), script.toArray(String[]::new));
    }

    private static ScriptedServer submission(String ways, String... then) throws IOException {
        var script = new ArrayList<>(List.of("TLS", "> 220 hello", "<", "> 250-here\\n250 AUTH " + ways));
        script.addAll(List.of(then));
        return new ScriptedServer(keys.server(), script.toArray(String[]::new));
    }

    private Reason refusal(URI server) {
        var failure = catchThrowableOfType(HostFailure.class, () -> hosts.connect(server, LOGIN));
        assertThat(failure).hasMessageNotContaining(TOKEN).hasMessageNotContaining(XOAUTH2);
        return failure.reason();
    }

    @Test
    void imapWithBoth_getsTheStandard() throws IOException, HostFailure {
        try (var server = imap("SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER", "<", "> c2 OK in")) {
            var at = server.at("imaps");
            hosts.connect(at, LOGIN).close();
            assertThat(server.heard())
                    .startsWith("c1 CAPABILITY", "c2 AUTHENTICATE OAUTHBEARER " + bearer("alice@example.org", at));
        }
    }

    @Test
    void imapWithTheOlderOne_getsIt() throws IOException, HostFailure {
        try (var server = imap("SASL-IR AUTH=PLAIN AUTH=XOAUTH2", "<", "> * CAPABILITY IDLE\\nc2 OK in")) {
            hosts.connect(server.at("imaps"), LOGIN).close();
            assertThat(server.heard()).startsWith("c1 CAPABILITY", "c2 AUTHENTICATE XOAUTH2 " + XOAUTH2);
        }
    }

    @Test
    void imapWithoutInitialResponse_isAwaited() throws IOException, HostFailure {
        try (var server = imap("AUTH=XOAUTH2", "<", "> + ", "<", "> c2 OK in")) {
            hosts.connect(server.at("imaps"), LOGIN).close();
            assertThat(server.heard()).startsWith("c1 CAPABILITY", "c2 AUTHENTICATE XOAUTH2", XOAUTH2);
        }
    }

    @Test
    void standardsChallenge_isAnsweredWithOneOctetAndTheRefusalRead() throws IOException {
        try (var server =
                imap("SASL-IR AUTH=OAUTHBEARER", "<", "> + " + INVALID, "<", "> c2 NO [AUTHENTICATIONFAILED] no")) {
            assertThat(refusal(server.at("imaps"))).isEqualTo(Reason.TOKEN_REFUSED);
            assertThat(server.heard()).element(2).isEqualTo("AQ==");
        }
    }

    @Test
    void olderChallenge_isAnsweredWithNothing() throws IOException {
        try (var server = imap("SASL-IR AUTH=XOAUTH2", "<", "> + " + INVALID, "<", "> c2 NO no")) {
            assertThat(refusal(server.at("imaps"))).isEqualTo(Reason.TOKEN_REFUSED);
            assertThat(server.heard()).element(2).isEqualTo("");
        }
    }

    @Test
    void challengeAndYetLetIn_isNotUnderstood() throws IOException {
        try (var server = imap("SASL-IR AUTH=OAUTHBEARER", "<", "> + " + INVALID, "<", "> c2 OK in")) {
            assertThat(refusal(server.at("imaps"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        }
    }

    @Test
    void tooLittleConsentedTo_isToldApart() throws IOException {
        try (var server = imap("SASL-IR AUTH=OAUTHBEARER", "<", "> + " + TOO_LITTLE, "<", "> c2 NO no")) {
            assertThat(refusal(server.at("imaps"))).isEqualTo(Reason.SCOPE_REFUSED);
        }
        assertThat(Reason.SCOPE_REFUSED.ofLogin()).isFalse();
    }

    @Test
    void notNow_isNoRefusalOfTheToken() throws IOException {
        try (var server = imap("SASL-IR AUTH=XOAUTH2", "<", "> c2 NO [UNAVAILABLE] later")) {
            assertThat(refusal(server.at("imaps"))).isEqualTo(Reason.LATER);
        }
        try (var server = submission("XOAUTH2", "<", "> 454 4.7.0 later")) {
            assertThat(refusal(server.at("smtps"))).isEqualTo(Reason.LATER);
        }
    }

    @Test
    void neitherOffered_nothingIsSent() throws IOException {
        try (var server = imap("SASL-IR AUTH=PLAIN")) {
            assertThat(refusal(server.at("imaps"))).isEqualTo(Reason.NO_TOKENS);
            assertThat(server.heard()).startsWith("c1 CAPABILITY").noneMatch(line -> line.contains("AUTHENTICATE"));
        }
        try (var server = submission("PLAIN LOGIN")) {
            assertThat(refusal(server.at("smtps"))).isEqualTo(Reason.NO_TOKENS);
        }
    }

    @Test
    void submission_isHandedOverSignedIn() throws IOException, HostFailure {
        try (var server = submission("PLAIN OAUTHBEARER", "<", "> 235 2.7.0 in")) {
            var at = server.at("smtps");
            hosts.connect(at, LOGIN).close();
            assertThat(server.heard()).element(1).isEqualTo("AUTH OAUTHBEARER " + bearer("alice@example.org", at));
        }
    }

    @Test
    void submissionsChallenge_isAnsweredAndTheRefusalRead() throws IOException {
        try (var server = submission("XOAUTH2", "<", "> 334 " + INVALID, "<", "> 535 5.7.8 no")) {
            assertThat(refusal(server.at("smtps"))).isEqualTo(Reason.TOKEN_REFUSED);
            assertThat(server.heard()).element(1).isEqualTo("AUTH XOAUTH2 " + XOAUTH2);
            assertThat(server.heard()).element(2).isEqualTo("");
        }
        try (var server = submission("OAUTHBEARER", "<", "> 334 " + TOO_LITTLE, "<", "> 535 5.7.8 no")) {
            assertThat(refusal(server.at("smtps"))).isEqualTo(Reason.SCOPE_REFUSED);
            assertThat(server.heard()).element(2).isEqualTo("AQ==");
        }
    }

    @Test
    void serverInClear_getsNoToken() throws IOException {
        try (var server =
                new ScriptedServer(keys.server(), "> * OK hello", "<", "> * CAPABILITY AUTH=XOAUTH2\\nc1 OK")) {
            assertThat(refusal(server.at("imap"))).isEqualTo(Reason.NO_STARTTLS);
            assertThat(server.heard()).startsWith("c1 CAPABILITY").noneMatch(line -> line.contains("AUTHENTICATE"));
        }
    }

    @Test
    void nameWithCommaAndEqualsSign_isWrittenInCodes() throws IOException, HostFailure {
        var login = new Login.Bearer("a,b=c@example.org", Secret.of(TOKEN));
        try (var server = imap("SASL-IR AUTH=OAUTHBEARER", "<", "> c2 OK in")) {
            var at = server.at("imaps");
            hosts.connect(at, login).close();
            assertThat(server.heard())
                    .element(1)
                    .isEqualTo("c2 AUTHENTICATE OAUTHBEARER " + bearer("a=2Cb=3Dc@example.org", at));
        }
    }

    @Test
    void nameOrTokenThatCouldHideAMessage_isRefusedUnseen() {
        for (var name :
                List.of("", "a\1auth=Bearer x@example.org", "a\r\nb@example.org", "a\0b@example.org", "a\u0085b")) {
            assertThatThrownBy(() -> new Login.Bearer(name, Secret.of(TOKEN)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(TOKEN);
        }
        for (var token : List.of("canary\1x", "canary\r\nx", "canary x", "canary\u00e9")) {
            assertThatThrownBy(() -> new Login.Bearer("alice@example.org", Secret.of(token)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("canary");
        }
        assertThat(LOGIN).hasToString("Login.Bearer(…)");
    }
}
