package dev.countersign.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.Browser;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.identity.QuickPasswords;
import dev.countersign.oauth.Grants;
import dev.countersign.oauth.Scopes;
import dev.countersign.store.Database;
import dev.countersign.store.GrantTable;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new password on the security page, and what it ends. ASVS 5.0, 7.4.3. */
class NewPasswordTest {
    private static final String EMAIL = "alice@example.com";
    private static final String OLD = "the old password of tests";
    private static final String NEW = "quite another set of words";
    private static final Clock CLOCK = Clock.systemUTC();

    private final Browser here = new Browser("nowhere:");
    private final Browser elsewhere = new Browser("nowhere:");
    private Database database;
    private Grants grants;
    private Person alice;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        database = Database.open(folder.resolve("test.db"));
        var people = new People(database, QuickPasswords.make(), event -> {}, CLOCK);
        alice = people.create(EMAIL, "Alice", Secret.of(OLD), ZoneOffset.UTC, false);
        allow();
        grants = new Grants(database, event -> {}, CLOCK);
        var sessions = new BrowserSessions(database, people, false, event -> {}, CLOCK);
        var shell = new Shell(new Assets(), userId -> 0, CLOCK);
        var guard = new Guard(sessions);
        var firstRun = new FirstRun(database, people, CLOCK);
        var routes = new ArrayList<Route>();
        routes.addAll(new EntryPages(shell, guard, people, sessions, firstRun, userId -> false, URI.create("http:/mcp"))
                .routes());
        routes.addAll(
                new AccessPages(shell, guard, grants, sessions, new Scopes(List.of()), userId -> List.of(), people::all)
                        .routes());
        routes.addAll(new NewPasswordPages(shell, guard, people, sessions, grants).routes());
        server = HttpServer.start(HttpSettings.loopback(0), routes, new Failures(shell));
    }

    @AfterEach
    void stop() {
        here.close();
        elsewhere.close();
        server.close();
        database.close();
    }

    private void allow() {
        var now = CLOCK.instant();
        var row = new GrantTable.GrantRow(
                "grant",
                alice.id(),
                "app",
                "App",
                "app.example",
                "http://localhost/",
                "mail:read",
                now,
                now,
                now,
                now.plus(Duration.ofDays(1)));
        database.write(c -> {
            new GrantTable().insert(c, row);
            return null;
        });
    }

    private Browser.Page open(Browser browser, String path) {
        var page = browser.open(URI.create("http://localhost:" + server.port() + path));
        return browser.signInIfAsked(page, EMAIL, OLD);
    }

    private Browser.Page change(String current, String password, String apps) {
        return here.press(
                open(here, "/security/password"),
                "Change password",
                Map.of("Current password", current, "New password", password, "Apps that act for you", apps));
    }

    @Test
    void newPassword_signsOutOtherBrowsersAndKeepsThisOne() {
        open(elsewhere, "/security");

        var done = change(OLD, NEW, "keep");

        assertThat(done.text()).contains("Your password is changed", "Apps that you allowed can still act for you");
        var there = elsewhere.open(URI.create("http://localhost:" + server.port() + "/security"));
        assertThat(there.hasButton("Sign in")).isTrue();
        assertThat(elsewhere.signInIfAsked(there, EMAIL, OLD).status()).isEqualTo(401);
        assertThat(elsewhere.signInIfAsked(there, EMAIL, NEW).url()).hasPath("/security");
        assertThat(grants.live("grant")).isTrue();
    }

    @Test
    void appsEndedWithIt_canActNoMore() {
        var done = change(OLD, NEW, "end");

        assertThat(done.text()).contains("no app can act for you any more");
        assertThat(grants.live("grant")).isFalse();
    }

    @Test
    void tooManyTries_areSaidOnThePageItself() {
        var page = change("not the password", NEW, "keep");
        // the wait doubles with each try, so that a slow machine comes too early in the end
        for (int i = 0; i < 20 && page.status() == 422; i++) {
            page = change("not the password", NEW, "keep");
        }

        assertThat(page.status()).isEqualTo(429);
        assertThat(page.document().title()).startsWith("Error: Change password");
        assertThat(page.document().select("[role=alert][autofocus]").text()).startsWith("Too many attempts");
        assertThat(page.document().select("[aria-invalid]")).isEmpty();
    }

    @Test
    void wrongCurrentPasswordOrWeakNewOne_changesAndEndsNothing() {
        open(elsewhere, "/security");

        assertThat(change("not the password", NEW, "end").text()).contains("The current password did not match");
        assertThat(change(OLD, "short", "end").status()).isEqualTo(422);

        assertThat(elsewhere
                        .open(URI.create("http://localhost:" + server.port() + "/security"))
                        .hasButton("Sign in"))
                .isFalse();
        assertThat(grants.live("grant")).isTrue();
    }
}
