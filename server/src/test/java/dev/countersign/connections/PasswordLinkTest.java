package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.client.Browser;
import dev.countersign.connections.LinkedAccount.State;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.hosts.Reach;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Accounts that are signed in to with a password, linked over the pages. */
class PasswordLinkTest {
    private static final String PASSWORD = PasswordFront.PASSWORD;

    @TempDir
    Path folder;

    private PasswordFront front;
    private final Browser browser = new Browser("nowhere:");

    @BeforeEach
    void start() throws IOException {
        front = new PasswordFront(folder);
    }

    @AfterEach
    void stop() {
        browser.close();
        front.close();
    }

    private List<LinkedAccount> accounts() {
        return front.connections.of(front.alice.id());
    }

    @Test
    void rightPassword_linksWithTheScopesOfItsServers() {
        var page = front.link(browser, PASSWORD);

        assertThat(page.text()).contains(PasswordFront.ACCOUNT + " is linked");
        assertThat(accounts()).singleElement().satisfies(account -> {
            assertThat(account.address()).isEqualTo(PasswordFront.ACCOUNT);
            assertThat(account.scopes())
                    .containsExactlyInAnyOrder("calendar:read", "calendar:write", "mail:read", "mail:send");
        });
        assertThat(front.audit).anyMatch(event -> event.type().equals("account.linked"));
    }

    @Test
    void serverLeftEmpty_leavesItsScopesOut() {
        var page = front.link(browser, Map.of("Server for sending (SMTP)", ""));

        assertThat(page.text()).contains("Not all was allowed");
        assertThat(accounts().getFirst().scopes())
                .containsExactlyInAnyOrder("calendar:read", "calendar:write", "mail:read");
    }

    @Test
    void wrongPassword_isSaidAndNothingKept() {
        var page = front.link(browser, "another password");

        assertThat(page.text()).contains("refused the password", "app password");
        assertThat(page.document().select("[aria-invalid]").eachAttr("id")).containsExactly("app-password");
        assertThat(page.document().html()).doesNotContain("another password");
        assertThat(accounts()).isEmpty();
        // one wrong try at one server is enough
        assertThat(front.dav.getRequestCount()).isEqualTo(1);
    }

    @Test
    void typedValues_standInTheFormAgain() {
        var page = front.link(
                browser, Map.of("Mail server (IMAP)", "imap.nowhere.invalid:143", "Your name for it optional", "work"));

        assertThat(page.text()).contains("Mail server: imap.nowhere.invalid is not known");
        assertThat(page.document().title()).startsWith("Error: ");
        assertThat(page.document().select("[aria-invalid][autofocus]").eachAttr("id"))
                .containsExactly("server-imap");
        assertThat(page.document().select("#server-imap-wrong").text()).startsWith("Mail server: imap.nowhere.invalid");
        assertThat(page.document().select("#server-imap").attr("aria-describedby"))
                .isEqualTo("server-imap-wrong");
        assertThat(page.document().select("#server-imap").val()).isEqualTo("imap.nowhere.invalid:143");
        assertThat(page.document().select("#label").val()).isEqualTo("work");
        assertThat(page.document().select("#app-password").val()).isEmpty();
    }

    @Test
    void privateAddress_isNotConnectedTo() {
        for (var host : List.of("10.0.0.1", "169.254.169.254", "[fd00::1]", "192.168.1.1:143")) {
            var page = front.link(browser, Map.of("Mail server (IMAP)", host));
            assertThat(page.text()).contains("an address that is not public");
        }
        assertThat(accounts()).isEmpty();
    }

    @Test
    void serverThatIsNone_isSaid() throws IOException {
        try (var garbage = new MockWebServer()) {
            garbage.enqueue(new MockResponse.Builder().code(200).body("hello").build());
            garbage.start();
            var page = front.link(
                    browser,
                    Map.of(
                            "Calendar server (CalDAV)",
                            garbage.url("/x/").toString(),
                            "Mail server (IMAP)",
                            "imap://127.0.0.1:" + front.mail.getSmtp().getPort()));
            assertThat(page.text())
                    .contains("Calendar server: localhost answers, but not as such a server does")
                    .contains("Mail server: 127.0.0.1 answers, but not as such a server does");
        }
    }

    @Test
    void davServerThatPointsElsewhere_isNotFollowedWithThePassword() throws IOException {
        try (var pointing = new MockWebServer();
                var other = new MockWebServer()) {
            other.start();
            pointing.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", other.url("/dav/").toString())
                    .build());
            pointing.start();
            var page = front.link(
                    browser,
                    Map.of("Calendar server (CalDAV)", pointing.url("/").toString()));
            assertThat(page.text()).contains("points to another host");
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void hangingServer_isGivenUp() throws IOException {
        var reach = Reach.internet(true).within(Duration.ofSeconds(1));
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var hurried = new PasswordFront(Files.createDirectory(folder.resolve("hurried")), reach)) {
            var started = System.nanoTime();
            var page = hurried.link(browser, Map.of("Mail server (IMAP)", "imap://127.0.0.1:" + silent.getLocalPort()));
            assertThat(page.text()).contains("gave no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMinutes(1));
            assertThat(hurried.connections.of(hurried.alice.id())).isEmpty();
        }
    }

    @Test
    void manyTries_areStopped() {
        var form = front.form(browser);
        Browser.Page last = form;
        for (int i = 0; i < 21; i++) {
            last = browser.press(form, "Connect Hosted", Map.of("App password", "guess " + i));
        }
        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void formOfAnotherSession_isRefused() {
        var form = front.form(browser);
        form.document().select("input[name=csrf]").val("made-up");
        assertThat(browser.press(form, "Connect Hosted", Map.of("App password", PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(accounts()).isEmpty();
    }

    @Test
    void upstream_speaksToItsOwnServersOnly() throws Exception {
        var upstream = front.connections.upstream(front.linked());
        var asked = front.dav.getRequestCount();
        for (int i = 0; i < asked; i++) {
            front.dav.takeRequest();
        }

        upstream.at("caldav").request("PROPFIND", "x/").header("Depth", "1").send();
        upstream.request("REPORT", "/dav/a%20b/")
                .body("<x/>".getBytes(StandardCharsets.UTF_8), "application/xml")
                .send();
        upstream.request("PROPFIND", front.dav.url("/dav/y/").toString()).send();

        var first = front.dav.takeRequest();
        assertThat(first.getRequestLine()).startsWith("PROPFIND /dav/x/ ");
        assertThat(first.getHeaders().get("Depth")).isEqualTo("1");
        var second = front.dav.takeRequest();
        assertThat(second.getRequestLine()).startsWith("REPORT /dav/a%20b/ ");
        assertThat(second.getHeaders().get("Content-Type")).isEqualTo("application/xml");
        assertThat(front.dav.takeRequest().getRequestLine()).startsWith("PROPFIND /dav/y/ ");
        try (var other = new MockWebServer()) {
            other.start();
            var failure = catchThrowableOfType(
                    UpstreamException.class,
                    () -> upstream.request("PROPFIND", other.url("/dav/").toString()));
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(other.getRequestCount()).isZero();
        }
        assertThat(upstream.address()).contains(PasswordFront.ACCOUNT);
    }

    @Test
    void sockets_comeSignedIn() throws IOException {
        var upstream = front.connections.upstream(front.linked());
        try (var socket = upstream.connect("imap")) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("* PREAUTH");
            socket.getOutputStream().write("a SELECT INBOX\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(in.lines().takeWhile(line -> !line.startsWith("a ")).toList())
                    .anyMatch(line -> line.endsWith("EXISTS"));
        }
        try (var socket = upstream.connect("smtp")) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("220");
            socket.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("250");
        }
    }

    @Test
    void passwordRefusedLater_asksForAnother() {
        var account = front.linked();
        front.davPassword = "changed";
        var upstream = front.connections.upstream(account);

        var failure = catchThrowableOfType(
                UpstreamException.class,
                () -> upstream.request("PROPFIND", "x/").send());

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure).hasMessageContaining("does not take the password any more");
        assertThat(accounts().getFirst().state()).isEqualTo(State.NEEDS_CONSENT);
        var requests = front.dav.getRequestCount();
        assertThatThrownBy(() -> upstream.request("PROPFIND", "x/")).isInstanceOf(UpstreamException.class);
        assertThat(front.dav.getRequestCount()).isEqualTo(requests);

        front.mail.setUser(PasswordFront.ACCOUNT, PasswordFront.ACCOUNT, "changed");
        var again =
                front.open(browser, "/connections").link("Give a new password").orElseThrow();
        var form = browser.open(again);
        assertThat(front.open(browser, "/connect/hosted?tool=mail_send&scopes=mail:send")
                        .hasButton("Save password"))
                .isTrue();
        assertThat(form.document().select("#server-imap").val())
                .isEqualTo(front.here().get("imap").toString());
        browser.press(form, "Save password", Map.of("App password", "changed"));

        assertThat(accounts()).singleElement().satisfies(mended -> {
            assertThat(mended.id()).isEqualTo(account.id());
            assertThat(mended.state()).isEqualTo(State.ACTIVE);
            assertThat(mended.scopes()).isEqualTo(account.scopes());
        });
        upstream.request("PROPFIND", "x/").send();
    }

    @Test
    void disconnected_isErased() {
        var account = front.linked();
        var upstream = front.connections.upstream(account);
        var asked = front.open(browser, "/connections/" + account.id() + "/disconnect");

        var page = browser.press(asked, "Disconnect " + PasswordFront.ACCOUNT, Map.of());

        assertThat(page.text()).contains("The password is erased here");
        assertThat(accounts()).isEmpty();
        assertThat(catchThrowableOfType(UpstreamException.class, () -> upstream.connect("imap"))
                        .kind())
                .isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void password_isNowhereToBeRead() throws IOException {
        var events = new ListAppender<ILoggingEvent>();
        events.start();
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var ours = context.getLogger("dev.countersign");
        root.addAppender(events);
        ours.setLevel(Level.TRACE);
        var said = new ArrayList<String>();
        try {
            said.add(front.link(browser, Map.of("Mail server (IMAP)", "imap.nowhere.invalid"))
                    .document()
                    .html());
            said.add(front.link(browser, PASSWORD).document().html());
            var account = accounts().getFirst();
            front.davPassword = "changed";
            said.add(String.valueOf(catchThrowableOfType(
                    UpstreamException.class,
                    () -> front.connections
                            .upstream(account)
                            .request("PROPFIND", "x/")
                            .send())));
            said.add(front.open(browser, "/connections").document().html());
            said.add(front.open(browser, LinkAddress.anew(account)).document().html());
            said.add(front.audit.toString());
            assertNowhereIn(front.data);
        } finally {
            root.detachAppender(events);
            ours.setLevel(null);
        }
        events.list.forEach(event -> {
            said.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        });
        assertThat(events.list.stream().map(ILoggingEvent::getLoggerName).collect(Collectors.toSet()))
                .anyMatch(name -> name.startsWith("dev.countersign"));
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(forms()));
    }

    /** The password as it is, and as it passes in the three ways of signing in. */
    private static List<String> forms() {
        var user = PasswordFront.ACCOUNT;
        return List.of(
                PASSWORD, base64("\0" + user + "\0" + PASSWORD), base64(user + ":" + PASSWORD), base64(PASSWORD));
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertNowhereIn(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(forms()).as(file.toString()).noneMatch(bytes::contains);
            }
        }
    }
}
