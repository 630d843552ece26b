package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static dev.countersign.front.CountersignServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.countersign.client.ModernClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Seeded secrets: after everything that can be done and go wrong, they are found in no log, page or file. */
class CanaryTest {
    private static final String IN_MAIL = "canary-7f3a-plover-lantern";
    private static final String WRONG_PASSWORD = "canary-wrong-password";
    private static final List<String> PAGES = List.of(
            "/",
            "/sign-in",
            "/approvals",
            "/connections",
            "/connect/sandbox",
            "/activity",
            "/clients",
            "/security",
            "/attach",
            "/admin");
    private static final List<String> FAULTS =
            List.of("401", "403", "429:1", "500", "503", "broken-json", "drop-before", "drop-after");

    private final Logs logs = new Logs();
    private final Set<String> ourSecrets = new HashSet<>(Set.of(PASSWORD, WRONG_PASSWORD));
    private final Map<String, String> ofAlice = new LinkedHashMap<>();
    private final Map<String, String> ofBob = new LinkedHashMap<>();

    /** Every line that is logged, as it would be written. */
    private static final class Logs extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        Logs open() {
            setContext(root.getLoggerContext());
            start();
            root.addAppender(this);
            return this;
        }

        @Override
        protected void append(ILoggingEvent event) {
            var failure = event.getThrowableProxy();
            lines.add(event.getFormattedMessage()
                    + event.getMDCPropertyMap()
                    + event.getKeyValuePairs()
                    + (failure == null ? "" : ThrowableProxyUtil.asString(failure)));
        }

        @Override
        public void close() {
            root.detachAppender(this);
        }
    }

    @Test
    void secretsAndMail_areFoundNowhere(@TempDir Path home) throws Exception {
        var ports = CountersignServer.Ports.free();
        Set<String> tokens;
        Map<String, String> files = new LinkedHashMap<>();
        try (var _ = logs.open();
                var proxy = new RecordingProxy(ports.sandbox());
                var server = CountersignServer.start(home, true, ports)) {
            useEverything(server);
            tokens = proxy.secrets();
            assertThat(proxy.count("sbx_at_")).isGreaterThanOrEqualTo(4);
            assertThat(proxy.count("sbx_rt_")).isGreaterThanOrEqualTo(4);
            assertThat(proxy.count("sbx_ac_")).isGreaterThanOrEqualTo(3);
            files.putAll(files(server.data(), "while it runs: "));
        }
        files.putAll(files(home.resolve("data"), "after it ended: "));

        assertThat(logs.lines).isNotEmpty();
        assertThat(ofAlice.values()).anyMatch(text -> text.contains(IN_MAIL));
        var logLines = String.join("\n", logs.lines);
        var pages = new LinkedHashMap<String, String>();
        ofAlice.forEach((name, text) -> pages.put("Alice " + name, text));
        ofBob.forEach((name, text) -> pages.put("Bob " + name, text));

        assertThat(placesOf(tokens, Map.of("logs", logLines))).isEmpty();
        assertThat(placesOf(tokens, pages)).isEmpty();
        assertThat(placesOf(tokens, files)).isEmpty();
        assertThat(placesOf(ourSecrets, Map.of("logs", logLines))).isEmpty();
        assertThat(placesOf(ourSecrets, pages)).isEmpty();
        assertThat(placesOf(ourSecrets, files)).isEmpty();
        assertThat(placesOf(Set.of(IN_MAIL), Map.of("logs", logLines))).isEmpty();
        assertThat(placesOf(Set.of(IN_MAIL), ofBob)).isEmpty();
        files.keySet().removeIf(name -> name.contains("sandbox")); // the provider has the mail, of course
        assertThat(placesOf(Set.of(IN_MAIL), files)).isEmpty();
    }

    private void useEverything(CountersignServer server) throws Exception {
        try (var alice = server.surfer(ALICE);
                var bob = server.surfer(BOB)) {
            alice.link();
            bob.link();
            var app = server.attach(ALICE, "Canary client");
            var bobsApp = server.attach(BOB, "Canary client of Bob");
            keep(app);
            keep(bobsApp);
            server.sandbox().receive(ALICE, "stranger@outside.example", "Plover " + IN_MAIL, "Text of " + IN_MAIL);
            readMail("Alice", app, ofAlice);
            readMail("Bob", bobsApp, ofBob);
            refreshUpstream(server, app);
            failUpstream(server, app);
            send(server, app, alice);
            refreshOurs(app);
            signInWrongly(server);
            keepSession(server);
            look(alice, ofAlice);
            look(bob, ofBob);
            server.sandbox().fail(ALICE, "revoke", "500", 1);
            ofAlice.put("disconnected", alice.disconnect().document().outerHtml());
            alice.link();
            server.sandbox().fail(ALICE, "token", "invalid_grant", 1);
            server.sandbox().expire(ALICE);
            readMail("after a refused refresh", app, ofAlice);
            look(alice, ofAlice);
        } finally {
            server.sandbox().clearFaults();
        }
    }

    private void keep(AttachedApp app) {
        ourSecrets.add(app.tokens().accessToken());
        ourSecrets.add(app.tokens().refreshToken());
    }

    private static Answer call(AttachedApp app, String tool, Map<String, Object> arguments) {
        try (var client = app.modern(AttachedApp.NOTHING)) {
            return client.callTool(tool, arguments);
        }
    }

    private static void readMail(String when, AttachedApp app, Map<String, String> seen) {
        seen.put(
                when + " mail_search",
                call(app, "mail_search", Map.of("text", "plover")).message().toString());
        seen.put(
                when + " search",
                call(app, "search", Map.of("query", "plover")).message().toString());
        seen.put(
                when + " accounts_list",
                call(app, "accounts_list", Map.of()).message().toString());
    }

    /** The access token ends, so the next call renews it; once the provider fails at that too. */
    private void refreshUpstream(CountersignServer server, AttachedApp app) {
        server.sandbox().expire(ALICE);
        readMail("refreshed", app, ofAlice);
        server.sandbox().expire(ALICE);
        server.sandbox().fail(ALICE, "token", "500", 1);
        readMail("refresh failed", app, ofAlice);
        readMail("refreshed after a failure", app, ofAlice);
    }

    private void failUpstream(CountersignServer server, AttachedApp app) {
        for (var fault : FAULTS) {
            server.sandbox().fail(ALICE, "mail-read", fault, 1);
            readMail(fault, app, ofAlice);
            server.sandbox().clearFaults();
        }
    }

    private void send(CountersignServer server, AttachedApp app, Surfer alice) {
        var mail =
                Map.<String, Object>of("to", List.of("carla@example.com"), "subject", "On " + IN_MAIL, "body", IN_MAIL);
        var asked = call(app, "mail_send", mail);
        ofAlice.put("question", alice.open(Calls.page(asked)).document().outerHtml());
        server.sandbox().fail(ALICE, "mail-send", "drop-after", 1);
        alice.approve(Calls.page(asked));
        Await.until("the mail", () -> server.sandbox().sent(ALICE, "On " + IN_MAIL) == 1);
        ofAlice.put("outcome", call(app, "mail_send", mail).message().toString());
    }

    private void refreshOurs(AttachedApp app) {
        var refreshed = app.refreshed();
        keep(refreshed);
        keep(refreshed.refreshed());
    }

    private static void signInWrongly(CountersignServer server) {
        try (var wrong = new Surfer(server.url(), ALICE, WRONG_PASSWORD)) {
            wrong.signIn();
        }
    }

    /** The cookie of a browser is a secret too. */
    private void keepSession(CountersignServer server) throws Exception {
        var cookies = new CookieManager();
        try (var http = HttpClient.newBuilder().cookieHandler(cookies).build()) {
            var form = "email=" + ALICE.replace("@", "%40") + "&password=" + PASSWORD + "&next=%2Fapprovals";
            http.send(
                    HttpRequest.newBuilder(server.page("/sign-in"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", server.url().toString())
                            .POST(BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.discarding());
        }
        var values = cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getValue)
                .filter(value -> value.length() > 20)
                .toList();
        assertThat(values).isNotEmpty();
        ourSecrets.addAll(values);
    }

    private static void look(Surfer person, Map<String, String> seen) {
        PAGES.forEach(path -> seen.merge(path, person.open(path).document().outerHtml(), String::concat));
    }

    /** Each byte as a character, so that any text can be looked for. */
    private static Map<String, String> files(Path data, String when) throws IOException {
        var contents = new LinkedHashMap<String, String>();
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                try {
                    contents.put(when + data.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (NoSuchFileException e) {
                    // a file of the database that came and went
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        assertThat(contents).isNotEmpty();
        return contents;
    }

    /** Where a secret is found, as it is or in another spelling. Names no secret. */
    private static List<String> placesOf(Set<String> secrets, Map<String, String> texts) {
        var places = new ArrayList<String>();
        texts.forEach((name, text) ->
                secrets.forEach(secret -> spellings(secret).forEach((spelling, written) -> {
                    if (text.contains(written)) {
                        places.add(name + " has " + secret.substring(0, 7) + "… " + spelling);
                    }
                })));
        return places;
    }

    private static Map<String, String> spellings(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        var base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        return Map.of(
                "in clear", secret,
                "as base64", base64.substring(0, base64.length() - 1),
                "as hex", HexFormat.of().formatHex(bytes));
    }
}
