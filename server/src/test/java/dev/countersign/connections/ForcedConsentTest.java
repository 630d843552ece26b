package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Upstream;
import dev.countersign.http.Request;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.People;
import dev.countersign.store.Database;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that gives a refresh token at the first consent only, as Google does. */
class ForcedConsentTest {
    @TempDir
    Path folder;

    private final MockWebServer provider = new MockWebServer();
    private final MovingClock clock = new MovingClock();
    private boolean givesRefreshToken;
    private Database database;
    private Connections connections;
    private LinkFlow flow;
    private LinkableProvider linkable;
    private BrowserSession session;

    record Me(String id) {}

    private final class OnceOnly implements Connector {
        @Override
        public String id() {
            return "once";
        }

        @Override
        public String name() {
            return "Once";
        }

        @Override
        public Provider provider(Settings settings) {
            var url = "http://127.0.0.1:" + provider.getPort();
            return Provider.oauth2(URI.create(url + "/auth"), URI.create(url + "/token"), URI.create(url + "/api/"))
                    .withAuthorizeParameters(Map.of("prompt", "select_account", "access_type", "offline"))
                    .withScope("mail:read", "mail");
        }

        @Override
        public Identity identity(Upstream upstream) {
            return new Identity(upstream.get("me").as(Me.class).id(), "alice@once.example", "Alice");
        }

        @Override
        public Map<String, String> forcedConsent() {
            return Map.of("prompt", "consent");
        }
    }

    @BeforeEach
    void start() throws IOException {
        provider.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                var body = request.getUrl().encodedPath().equals("/token")
                        ? "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":3600"
                                + (givesRefreshToken ? ",\"refresh_token\":\"rt\"}" : "}")
                        : "{\"id\":\"7\"}";
                return new MockResponse.Builder().body(body).build();
            }
        });
        provider.start();
        database = Database.open(folder.resolve("countersign.db"));
        var vault = new Vault(database, KeyRing.open(folder.resolve("keys")), clock);
        var people = new People(database, LinkFront.PASSWORDS, event -> {}, clock);
        var alice =
                people.create("alice@example.com", "Alice", Secret.of("a password for tests"), ZoneOffset.UTC, false);
        var sessions = new BrowserSessions(database, people, false, event -> {}, clock);
        sessions.start(alice, new Request.Client("127.0.0.1", "test"));
        session = new BrowserSession(sessions.of(alice.id()).getFirst().id(), alice, clock.instant(), "csrf");
        var connector = new OnceOnly();
        linkable =
                new LinkableProvider(connector, connector.provider(new Settings(Map.of())), "id", Secret.of("secret"));
        connections = new Connections(
                database, vault, List.of(linkable), "http://localhost:1", folder.resolve("spool"), event -> {}, clock);
        flow = new LinkFlow(connections, database, vault, clock);
    }

    @AfterEach
    void stop() {
        connections.close();
        database.close();
        provider.close();
    }

    private URI begin() {
        return flow.begin(session, new LinkWish(linkable, Set.of("mail:read"), "Mine", "/attach", Optional.empty()));
    }

    private LinkOutcome comeBack(URI from) {
        var state = from.getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
        return flow.end(
                session,
                new LinkFlow.Callback(
                        "once",
                        Optional.of(Secret.of(state)),
                        Optional.of(Secret.of("code")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private URI askedAgain(LinkOutcome outcome) {
        assertThat(outcome).isInstanceOf(LinkOutcome.AskAgain.class);
        return ((LinkOutcome.AskAgain) outcome).provider();
    }

    @Test
    void noRefreshTokenAndNoneHeld_asksOnceMoreWithForcedConsent() {
        var first = begin();
        assertThat(first.getRawQuery()).contains("prompt=select_account").doesNotContain("prompt=consent");

        var again = askedAgain(comeBack(first));
        assertThat(again.getRawQuery())
                .contains("prompt=consent", "access_type=offline")
                .doesNotContain("select_account");
        assertThat(connections.of(session.person().id())).isEmpty();

        givesRefreshToken = true;
        var linked = (LinkOutcome.Linked) comeBack(again);
        assertThat(linked.account().label()).isEqualTo("Mine");
        assertThat(linked.back()).isEqualTo("/attach");
    }

    @Test
    void providerThatGivesNoneEvenThen_isNotAskedAThirdTime() {
        assertThat(comeBack(askedAgain(comeBack(begin())))).isInstanceOf(LinkOutcome.Linked.class);
    }

    @Test
    void refreshTokenHeldFromBefore_isKeptAndNobodyIsAskedAgain() {
        givesRefreshToken = true;
        assertThat(comeBack(begin())).isInstanceOf(LinkOutcome.Linked.class);
        givesRefreshToken = false;
        assertThat(comeBack(begin())).isInstanceOf(LinkOutcome.Linked.class);
        assertThat(connections.of(session.person().id())).hasSize(1);
    }
}
