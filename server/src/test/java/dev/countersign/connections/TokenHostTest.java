package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.connector.Provider;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.testkit.Dovecot;
import dev.countersign.store.Sql;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Servers that take access tokens: Dovecot, which asks about each (RFC 7662), and a DAV server. Consent is given at the sandbox.
 * RFC 7628, RFC 6750.
 */
class TokenHostTest {
    /** How the sandbox's tokens begin, and the messages that carry one over a wire. */
    private static final List<String> CANARIES = List.of("sbx_at_", "sbx_rt_", "bixhPW", "dXNlcj1");

    private static final int MANY = 8;

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.countersign");
    private Optional<Dovecot> dovecot = Optional.empty();
    private TokenDav dav;
    private LinkFront front;
    private LinkedAccount account;

    @BeforeEach
    void listen() {
        events.start();
        ours.addAppender(events);
        ours.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        dav.close();
        dovecot.ifPresent(Dovecot::close);
        ours.detachAppender(events);
        ours.setLevel(null);
        assertThat(events.list).allSatisfy(TokenHostTest::showsNoToken);
    }

    private static void showsNoToken(ILoggingEvent event) {
        assertThat(event.getFormattedMessage()).doesNotContain(CANARIES);
        if (event.getThrowableProxy() != null) {
            assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy())).doesNotContain(CANARIES);
        }
    }

    /** Alice's account at the sandbox, whose tokens the servers take in this way. */
    private void link(String mechanism) throws IOException {
        front = new LinkFront(folder, provider -> withServers(provider, mechanism));
        account = front.linkedAlice();
    }

    private Provider withServers(Provider provider, String mechanism) {
        var userInfo = provider.api().resolve("userinfo");
        if (dovecot.isEmpty()) {
            dav = TokenDav.start(userInfo);
            dovecot = Optional.of(Dovecot.start(
                    """
                    auth_mechanisms = plain %1$s
                    passdb {
                      driver = oauth2
                      mechanisms = %1$s
                      args = {folder}/oauth2.conf.ext
                    }
                    """.formatted(mechanism), Map.of("oauth2.conf.ext", """
                        introspection_url = %s
                        introspection_mode = post
                        username_attribute = email
                        active_attribute = active
                        active_value = true
                        timeout_msecs = 30000
                        """.formatted(dav.introspection()))));
        }
        return provider.withApi(
                        "imap", URI.create("imap://127.0.0.1:" + dovecot.get().imapPort() + "/"))
                .withApi("caldav", dav.url());
    }

    /** What the mailbox answers to a command. */
    private String inbox() throws IOException {
        try (var socket = front.connections.upstream(account).connect("imap")) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("* PREAUTH ");
            socket.getOutputStream().write("a STATUS INBOX (MESSAGES)\r\n".getBytes(StandardCharsets.US_ASCII));
            return String.valueOf(in.readLine());
        }
    }

    private long version() {
        return front.database.read(c -> Sql.first(c, "SELECT version FROM connection", row -> row.getLong(1))
                .orElseThrow());
    }

    private static void fails(Kind kind, Executable act) {
        var failure = catchThrowableOfType(UpstreamException.class, act::execute);
        assertThat(failure.kind()).isEqualTo(kind);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(CANARIES);
    }

    @Test
    void consent_opensTheMailbox() throws IOException {
        link("oauthbearer");
        assertThat(inbox()).isEqualTo("* STATUS INBOX (MESSAGES 0)");
        assertThat(dovecot.orElseThrow().log()).contains("Login: user=<alice@example.com>, method=OAUTHBEARER");
        assertThat(version()).isOne();
    }

    @Test
    void consent_opensTheMailboxOfAnOlderServer() throws IOException {
        link("xoauth2");
        assertThat(inbox()).isEqualTo("* STATUS INBOX (MESSAGES 0)");
        assertThat(dovecot.orElseThrow().log()).contains("Login: user=<alice@example.com>, method=XOAUTH2");
    }

    @Test
    void tokenThatIsOver_isRenewedOnceForAll() throws Exception {
        link("oauthbearer");
        front.expireAtProvider(LinkFront.ALICE);
        Callable<String> call = this::inbox;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(MANY, call)))
                    .extracting(Future::resultNow)
                    .containsOnly("* STATUS INBOX (MESSAGES 0)");
        }
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void tokenThatIsOver_isRenewedForAnOlderServer() throws IOException {
        link("xoauth2");
        front.expireAtProvider(LinkFront.ALICE);
        assertThat(inbox()).isEqualTo("* STATUS INBOX (MESSAGES 0)");
        assertThat(version()).isEqualTo(2);
    }

    private LinkedAccount.State state() {
        return front.connections
                .find(front.alice.id(), account.id())
                .orElseThrow()
                .state();
    }

    @Test
    void accessTakenBack_asksToLinkAgain() throws IOException {
        link("oauthbearer");
        front.revokeAtProvider(LinkFront.ALICE);
        // decision 031: the provider is asked again before it is believed
        fails(Kind.NOT_SENT, this::inbox);
        front.connections.sweep();
        front.clock.advance(TokenRefresh.CONFIRMED_AFTER);
        front.connections.sweep();
        assertThat(state()).isEqualTo(LinkedAccount.State.NEEDS_CONSENT);
        fails(Kind.UNAUTHORIZED, this::inbox);
    }

    @Test
    void renewedTokenRefusedToo_asksToLinkAgain() throws IOException {
        link("oauthbearer");
        dav.letNobodyIn();
        fails(Kind.UNAUTHORIZED, this::inbox);
        assertThat(version()).isEqualTo(2);
        assertThat(state()).isEqualTo(LinkedAccount.State.NEEDS_CONSENT);
    }

    @Test
    void davRequests_carryTheTokenAndStayAtTheHost() throws IOException {
        link("oauthbearer");
        var calendars = front.connections.upstream(account).at("caldav");
        calendars.request("PROPFIND", "alice/").send();
        calendars.request("PROPFIND", "/principals/alice/").send();
        calendars
                .request("PROPFIND", dav.url().resolve("/elsewhere/").toString())
                .send();
        assertThat(dav.asked())
                .containsExactly("PROPFIND /dav/alice/", "PROPFIND /principals/alice/", "PROPFIND /elsewhere/");
        fails(Kind.BROKEN, () -> calendars.request("PROPFIND", "http://localhost:1/"));
    }

    @Test
    void davTokenThatIsOver_isRenewedAndTheRequestSentOnceMore() throws IOException {
        link("oauthbearer");
        front.expireAtProvider(LinkFront.ALICE);
        front.connections.upstream(account).at("caldav").request("REPORT", "a/").send();
        assertThat(dav.asked()).containsExactly("REPORT /dav/a/", "REPORT /dav/a/");
        assertThat(version()).isEqualTo(2);
        dav.letNobodyIn();
        fails(
                Kind.UNAUTHORIZED,
                () -> front.connections
                        .upstream(account)
                        .at("caldav")
                        .request("REPORT", "a/")
                        .send());
        assertThat(dav.asked()).hasSize(4);
        assertThat(state()).isEqualTo(LinkedAccount.State.NEEDS_CONSENT);
    }
}
