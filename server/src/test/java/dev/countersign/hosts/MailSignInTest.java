package dev.countersign.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.hosts.HostFailure.Reason;
import dev.countersign.oauth.PublicAddresses;
import dev.countersign.vault.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to IMAP and submission servers. RFC 9051, RFC 6409, RFC 4954, RFC 8314. */
class MailSignInTest {
    private static final String PASSWORD = "canary “pass” word";
    private static final Login LOGIN = new Login.Password("alice@example.org", Secret.of(PASSWORD));
    private static final String PLAIN =
            Base64.getEncoder().encodeToString(("\0alice@example.org\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @TempDir
    static Path folder;

    private static TestKeys keys;

    private final Hosts hosts = hosts(false);

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(folder);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    private static Hosts hosts(boolean plainLoopback) {
        var here = InetAddress.getLoopbackAddress();
        return new Hosts(new Reach(host -> new InetAddress[] {here}, any -> true, plainLoopback, keys::client));
    }

    private Reason refusal(URI server) {
        return catchThrowableOfType(HostFailure.class, () -> hosts.connect(server, LOGIN))
                .reason();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static ScriptedServer imapOverTls(String... afterCapabilities) throws IOException {
        var script = new ArrayList<>(List.of("TLS", "> * OK hello", "<"));
        script.addAll(List.of(afterCapabilities));
        return new ScriptedServer(keys.server(), script.toArray(String[]::new));
    }

    @Test
    void imapOverTls_isHandedOverSignedIn() throws IOException, HostFailure {
        try (var server = imapOverTls(
                "> * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\\nc1 OK done", "<", "> * CAPABILITY IDLE\\nc2 OK in")) {
            try (var socket = hosts.connect(server.at("imaps"), LOGIN)) {
                var in = reader(socket);
                assertThat(in.readLine()).startsWith("* PREAUTH ");
                socket.getOutputStream().write("a1 NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("echo a1 NOOP");
            }
            assertThat(server.heard()).startsWith("c1 CAPABILITY", "c2 AUTHENTICATE PLAIN " + PLAIN, "a1 NOOP");
        }
    }

    @Test
    void imapWithStartTls_sendsThePasswordAfterwards() throws IOException, HostFailure {
        try (var server = new ScriptedServer(
                keys.server(),
                "> * OK hello",
                "<",
                "> * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\\nc1 OK done",
                "<",
                "> c2 OK begin",
                "TLS",
                "<",
                "> * CAPABILITY IMAP4rev1 AUTH=PLAIN\\nc3 OK done",
                "<",
                "> + ",
                "<",
                "> c4 OK in")) {
            hosts.connect(server.at("imap"), LOGIN).close();
            assertThat(server.heard())
                    .startsWith("c1 CAPABILITY", "c2 STARTTLS", "c3 CAPABILITY", "c4 AUTHENTICATE PLAIN", PLAIN);
        }
    }

    @Test
    void imapWithoutAuthenticate_getsLiterals() throws IOException, HostFailure {
        try (var server =
                imapOverTls("> * CAPABILITY IMAP4rev1\\nc1 OK done", "<", "> + go", "<", "> + go", "<", "> c2 OK in")) {
            hosts.connect(server.at("imaps"), LOGIN).close();
            assertThat(server.heard())
                    .startsWith(
                            "c1 CAPABILITY",
                            "c2 LOGIN {17}",
                            "alice@example.org {" + PASSWORD.getBytes(StandardCharsets.UTF_8).length + "}",
                            PASSWORD);
        }
    }

    @Test
    void imapWithoutStartTls_isNotGivenThePassword() throws IOException, HostFailure {
        try (var server = new ScriptedServer(
                keys.server(), "> * OK hello", "<", "> * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\\nc1 OK done")) {
            assertThat(refusal(server.at("imap"))).isEqualTo(Reason.NO_STARTTLS);
            assertThat(server.heard()).first().isEqualTo("c1 CAPABILITY");
            assertThat(server.heard()).noneMatch(line -> line.contains(PLAIN));
        }
    }

    /** CVE-2011-0411: what somebody put in before TLS would count as said by the server. */
    @Test
    void wordsSlippedInBeforeTls_endIt() throws IOException, HostFailure {
        try (var server = new ScriptedServer(
                keys.server(),
                "> * OK hello",
                "<",
                "> * CAPABILITY IMAP4rev1 STARTTLS\\nc1 OK done",
                "<",
                "> c2 OK begin\\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\\nc3 OK")) {
            assertThat(refusal(server.at("imap"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        }
    }

    @Test
    void preauthInClear_endsIt() throws IOException, HostFailure {
        try (var server = new ScriptedServer(keys.server(), "> * PREAUTH welcome")) {
            assertThat(refusal(server.at("imap"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        }
    }

    @Test
    void imapRefusal_isReadByItsCode() throws IOException, HostFailure {
        assertThat(imapRefusal("NO [AUTHENTICATIONFAILED] no")).isEqualTo(Reason.PASSWORD_REFUSED);
        assertThat(imapRefusal("NO [UNAVAILABLE] later")).isEqualTo(Reason.LATER);
        assertThat(imapRefusal("NO [ALERT] Application-specific password required: https://example.org/x"))
                .isEqualTo(Reason.APP_PASSWORD_NEEDED);
    }

    private Reason imapRefusal(String answer) throws IOException, HostFailure {
        try (var server =
                imapOverTls("> * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\\nc1 OK done", "<", "> c2 " + answer)) {
            return refusal(server.at("imaps"));
        }
    }

    @Test
    void certificateOfAnotherName_getsNothing() throws IOException, HostFailure {
        try (var server = new ScriptedServer(keys.server(), "TLS", "> * OK hello", "<")) {
            var elsewhere = URI.create(server.at("imaps").toString().replace(TestKeys.HOST, "imap.example.net"));
            assertThat(refusal(elsewhere)).isEqualTo(Reason.NO_TLS);
            assertThat(server.heard()).isSubsetOf("(gone)");
        }
    }

    @Test
    void otherProtocol_isSaid() throws IOException, HostFailure {
        try (var server = new ScriptedServer(keys.server(), "> HTTP/1.1 400 Bad Request")) {
            assertThat(refusal(server.at("imap"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        }
        try (var server = new ScriptedServer(keys.server(), "> HTTP/1.1 400 Bad Request")) {
            assertThat(refusal(server.at("smtps"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        }
    }

    @Test
    void endlessLine_isNotReadToItsEnd() throws IOException, HostFailure {
        try (var server = new ScriptedServer(keys.server(), "> * OK " + "x".repeat(100_000))) {
            assertThat(refusal(server.at("imap"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        }
    }

    @Test
    void submissionWithStartTls_isHandedOverSignedIn() throws IOException, HostFailure {
        try (var server = new ScriptedServer(
                keys.server(),
                "> 220-mail.example.org\\n220 ready",
                "<",
                "> 250-mail.example.org\\n250-SIZE 1000\\n250 STARTTLS",
                "<",
                "> 220 begin",
                "TLS",
                "<",
                "> 250-mail.example.org\\n250 AUTH LOGIN PLAIN",
                "<",
                "> 235 2.7.0 in")) {
            try (var socket = hosts.connect(server.at("smtp"), LOGIN)) {
                var in = reader(socket);
                assertThat(in.readLine()).startsWith("220 ");
                socket.getOutputStream().write("EHLO me\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("echo EHLO me");
            }
            assertThat(server.heard())
                    .startsWith("EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]", "AUTH PLAIN " + PLAIN);
        }
    }

    @Test
    void submissionRefusal_isReadByItsCode() throws IOException, HostFailure {
        assertThat(submissionRefusal("535 5.7.8 no")).isEqualTo(Reason.PASSWORD_REFUSED);
        assertThat(submissionRefusal("534 5.7.9 Application-specific password required"))
                .isEqualTo(Reason.APP_PASSWORD_NEEDED);
        assertThat(submissionRefusal("454 4.7.0 later")).isEqualTo(Reason.LATER);
    }

    private Reason submissionRefusal(String answer) throws IOException, HostFailure {
        try (var server = new ScriptedServer(
                keys.server(), "TLS", "> 220 ready", "<", "> 250-mail\\n250 AUTH PLAIN", "<", "> " + answer)) {
            return refusal(server.at("smtps"));
        }
    }

    @Test
    void submissionWithoutTls_isNotGivenThePassword() throws IOException, HostFailure {
        try (var server =
                new ScriptedServer(keys.server(), "> 220 ready", "<", "> 250-mail\\n250 AUTH PLAIN", "<", "> 235 in")) {
            assertThat(refusal(server.at("smtp"))).isEqualTo(Reason.NO_STARTTLS);
            assertThat(server.heard()).noneMatch(line -> line.contains("AUTH"));
        }
    }

    @Test
    void hostWithAPrivateAddress_isNotConnectedTo() throws IOException, HostFailure {
        try (var server = new ScriptedServer(keys.server(), "TLS");
                var strict = new Hosts(new Reach(
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        new PublicAddresses(),
                        false,
                        keys::client))) {
            assertThat(catchThrowableOfType(HostFailure.class, () -> strict.connect(server.at("imaps"), LOGIN))
                            .reason())
                    .isEqualTo(Reason.NOT_PUBLIC);
            assertThat(server.left(0)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void interruptedSignIn_leavesAtOnce() throws IOException, InterruptedException {
        try (var server = new ScriptedServer(keys.server(), "> * OK hello", "<")) {
            var reached = new AtomicReference<Throwable>();
            var asking = Thread.ofVirtual()
                    .start(() -> reached.set(
                            catchThrowableOfType(HostFailure.class, () -> hosts.connect(server.at("imap"), LOGIN))));
            while (server.heard().isEmpty()) {
                Thread.onSpinWait();
            }
            asking.interrupt();
            assertThat(asking.join(Duration.ofMinutes(1))).isTrue();
            assertThat(reached.get()).isInstanceOf(HostFailure.class);
            assertThat(server.left(60)).isTrue();
        }
    }

    @Test
    void forgottenSocket_endsWithItsThread() throws IOException, InterruptedException {
        try (var server = imapOverTls("> * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\\nc1 OK done", "<", "> c2 OK in")) {
            var opened = new AtomicReference<Socket>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            opened.set(hosts.connect(server.at("imaps"), LOGIN));
                        } catch (HostFailure e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .join();
            assertThat(opened.get()).isNotNull();
            assertThat(server.left(60)).isTrue();
            assertThat(opened.get().isClosed()).isTrue();
        }
    }

    @Test
    void failures_tellNothingOfThePassword() throws IOException, HostFailure {
        try (var server = new ScriptedServer(keys.server(), "> * OK " + PASSWORD + PLAIN, "<", "> " + PASSWORD)) {
            var failure = catchThrowableOfType(HostFailure.class, () -> hosts.connect(server.at("imap"), LOGIN));
            assertThat(failure.sentence() + failure + LOGIN).doesNotContain(PASSWORD, PLAIN, LOGIN.user());
        }
    }
}
