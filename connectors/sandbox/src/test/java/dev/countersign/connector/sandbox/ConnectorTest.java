package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.workspace.Contact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest {
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

    @Test
    void connector_isFoundAndSpeaksOfItsProvider() {
        var connector = ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.id().equals("sandbox"))
                .findFirst()
                .orElseThrow();
        var provider = connector.provider(bench.running.settings());
        assertThat(provider.refresh()).isEqualTo(Provider.Refresh.SINGLE_USE);
        assertThat(provider.issuer()).contains(bench.origin.toString());
        assertThat(provider.scopes()).containsEntry("mail:send", List.of("mail.send"));
        assertThat(connector.embedded()).isPresent();
        var identity = connector.identity(bench.upstream("alice@example.com"));
        assertThat(identity).isEqualTo(new Connector.Identity("alice", "alice@example.com", "Alice Andersson"));
    }

    @Test
    void wrongUrl_namesTheSetting() {
        for (var url : List.of("sandbox", "ftp://127.0.0.1", "http://127.0.0.1:8485/api", "http://a@127.0.0.1")) {
            assertThatThrownBy(() -> new SandboxConnector().provider(new Settings(Map.of("url", url))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("url");
        }
    }

    @Test
    void search_findsFilesMailAndEventsOfThisPersonOnly() {
        SearchService alice = new SandboxSearch(bench.upstream("alice@example.com"));
        var hits = alice.search("budget", 10);
        assertThat(hits)
                .extracting(SearchService.Hit::id)
                .anyMatch(id -> id.startsWith("mail/"))
                .contains("event/alice/budgettalk", "file/atlasbudget");
        assertThat(alice.search("harbour gate silo", 10)).isEmpty();
        for (var hit : hits) {
            assertThat(alice.fetch(hit.id()).orElseThrow().title()).isEqualTo(hit.title());
        }
        assertThat(alice.search("budget", 1)).hasSize(1);
        assertThat(alice.fetch("file/atlasbudget").orElseThrow().text()).contains("Fabrication,96000");
        assertThat(alice.fetch("mail/unknown")).isEmpty();
        assertThat(alice.fetch("file/suppliers")).isEmpty();
        assertThat(alice.fetch("folder/x")).isEmpty();
    }

    @Test
    void searchWithCalendarOnly_findsEvents() {
        var access = Bench.tokens(bench.token(Bench.exchange(bench.code("alice@example.com", "profile calendar.read"))))
                .access();
        SearchService alice = new SandboxSearch(new DirectUpstream(bench.origin.resolve("/api/"), access));
        assertThat(alice.search("budget", 10))
                .extracting(SearchService.Hit::id)
                .containsExactly("event/alice/budgettalk");
    }

    @Test
    void contacts_areOwnOnesAndColleagues() {
        var contacts = new SandboxContacts(bench.upstream("alice@example.com"));
        assertThat(contacts.search("lund", 10, Optional.empty()).items())
                .singleElement()
                .extracting(Contact::addresses)
                .isEqualTo(List.of("henrik@lund-typefaces.example", "henrik.lund@post.example"));
        assertThat(contacts.search("carla", 10, Optional.empty()).items()).hasSize(1);
        assertThat(contacts.search("siobhan", 10, Optional.empty()).items()).isEmpty();
        var first = contacts.search("", 2, Optional.empty());
        var second = contacts.search("", 2, first.next());
        assertThat(first.items()).hasSize(2).doesNotContainAnyElementsOf(second.items());
    }
}
