package dev.countersign.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.connections.RecordJson;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;
import dev.countersign.store.Database;
import dev.countersign.store.DocumentTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RetrievalToolsTest {
    @TempDir
    Path folder;

    private final Map<String, List<LinkedSearch.Source>> linked = new HashMap<>();
    private Database database;
    private Documents documents;
    private Permissions permissions;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"));
        documents = new Documents(database, Clock.systemUTC());
        permissions = new Permissions(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Tool<?, ?> tool(String name, Duration deadline) {
        return RetrievalTools.tools(documents, userId -> linked.getOrDefault(userId, List.of()), deadline).stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private SearchTool.Output search(String userId, String query) {
        return FakeCall.run(
                SearchTool.Output.class,
                tool("search", Duration.ofSeconds(20)),
                new SearchTool.Input(query, Optional.empty()),
                userId);
    }

    private FetchTool.Output fetch(String userId, String id, int offset) {
        return FakeCall.run(
                FetchTool.Output.class,
                tool("fetch", Duration.ofSeconds(20)),
                new FetchTool.Input(id, Optional.of(offset)),
                userId);
    }

    private List<String> ids(String userId, String query) {
        return search(userId, query).results().stream()
                .map(SearchTool.Result::id)
                .toList();
    }

    private void handbook(String userId, int count) {
        IntStream.range(0, count)
                .forEach(i -> documents.put("d" + i, "handbook", "Page " + i, "planning", Optional.empty()));
        permissions.write(Relationship.userMayView(userId, "folder:handbook"));
    }

    @Test
    void documentsAndAccounts_takeTurns() {
        handbook("alice", 20);
        linked.put(
                "alice",
                List.of(
                        FakeSearch.source("work", FakeSearch.mails("w", 20)),
                        FakeSearch.source("home", FakeSearch.mails("h", 2))));

        var found = ids("alice", "planning");

        assertThat(found)
                .hasSize(10)
                .startsWith(
                        "doc:d0",
                        "account:acc-work/mail/w0",
                        "account:acc-home/mail/h0",
                        "doc:d1",
                        "account:acc-work/mail/w1",
                        "account:acc-home/mail/h1",
                        "doc:d2",
                        "account:acc-work/mail/w2");
    }

    @Test
    void failingAccount_isNamedAndTheOthersAnswer() {
        handbook("alice", 1);
        linked.put(
                "alice",
                List.of(
                        FakeSearch.source("work", new FakeSearch(query -> {
                            throw new UpstreamException(UpstreamException.Kind.UNAVAILABLE, "Try again in a minute.");
                        })),
                        FakeSearch.source("broken", new FakeSearch(query -> {
                            throw new IllegalStateException("content of a mail");
                        })),
                        FakeSearch.source("home", FakeSearch.mails("h", 1))));

        var out = search("alice", "planning");

        assertThat(out.results())
                .extracting(SearchTool.Result::id)
                .containsExactly("doc:d0", "account:acc-home/mail/h0");
        assertThat(out.problems())
                .containsExactly(
                        new SearchTool.Problem("acc-work", "Try again in a minute."),
                        new SearchTool.Problem("acc-broken", "It could not be searched. Search again later."));
    }

    @Test
    @Timeout(300)
    void slowAccount_isLeftAtTheDeadlineAndStopped() throws InterruptedException {
        handbook("alice", 1);
        var stopped = new CountDownLatch(1);
        linked.put(
                "alice",
                List.of(
                        FakeSearch.source("slow", new FakeSearch(query -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                stopped.countDown();
                            }
                            return List.of();
                        })),
                        FakeSearch.source("home", FakeSearch.mails("h", 1))));

        SearchTool.Output out = FakeCall.run(
                SearchTool.Output.class,
                tool("search", Duration.ofSeconds(4)),
                new SearchTool.Input("planning", Optional.empty()),
                "alice");

        assertThat(out.results()).hasSize(2);
        assertThat(out.problems())
                .containsExactly(
                        new SearchTool.Problem("acc-slow", "No answer came in 4 seconds. Search again later."));
        assertThat(stopped.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @Timeout(300)
    void accounts_areAskedAtTheSameTime() {
        var both = new CountDownLatch(2);
        var meeting = new FakeSearch(query -> {
            both.countDown();
            try {
                assertThat(both.await(2, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of(FakeSearch.hit("mail/1", "met"));
        });
        linked.put("alice", List.of(FakeSearch.source("a", meeting), FakeSearch.source("b", meeting)));

        assertThat(search("alice", "planning").results()).hasSize(2);
    }

    @Test
    @Timeout(300)
    void callThatEnds_stopsTheSearch() {
        linked.put("alice", List.of(FakeSearch.source("slow", new FakeSearch(query -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        }))));

        Thread.currentThread().interrupt();
        var failure = catchThrowable(() -> search("alice", "!"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(CancellationException.class);
    }

    @Test
    void tenThousandHiddenDocuments_takeNothingFromTheTenPermitted() {
        database.write(connection -> {
            var table = new DocumentTable();
            for (int i = 0; i < 10_000; i++) {
                table.put(
                        connection,
                        new DocumentTable.Row(
                                "hidden" + i,
                                "board",
                                "Planning planning",
                                "planning planning planning",
                                Optional.empty(),
                                FakeSearch.AT));
            }
            return true;
        });
        handbook("alice", 10);

        assertThat(ids("alice", "planning")).hasSize(10).allMatch(id -> id.startsWith("doc:d"));
        assertThat(search("bob", "planning")).isEqualTo(new SearchTool.Output(List.of(), List.of()));
    }

    @Test
    void unshare_takesEffectOnTheNextCall() {
        handbook("alice", 1);
        assertThat(ids("alice", "planning")).containsExactly("doc:d0");
        assertThat(fetch("alice", "doc:d0", 0).text()).isEqualTo("planning");

        permissions.delete(Relationship.userMayView("alice", "folder:handbook"));

        assertThat(ids("alice", "planning")).isEmpty();
        assertThatThrownBy(() -> fetch("alice", "doc:d0", 0)).isInstanceOf(ToolException.class);
    }

    @Test
    void othersIdsHiddenIdsAndIdsOfNothing_lookTheSame() {
        handbook("bob", 1);
        linked.put("bob", List.of(FakeSearch.source("bob", FakeSearch.mails("b", 1))));
        linked.put("alice", List.of(FakeSearch.source("work", new FakeSearch(query -> {
            throw new UpstreamException(UpstreamException.Kind.NOT_FOUND, "no such message");
        }))));
        assertThat(fetch("bob", "account:acc-bob/mail/b0", 0).text()).isEqualTo("the whole of mail/b0");

        for (var id : List.of(
                "doc:d0",
                "doc:none",
                "account:acc-bob/mail/b0",
                "account:none/mail/b0",
                "account:acc-work/mail/x",
                "account:",
                "account:/",
                "d0",
                "")) {
            assertThatThrownBy(() -> fetch("alice", id, 0))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("Nothing with id " + id + ". Call search and use an id from it.");
        }
    }

    @Test
    void failingAccount_isNoMissingResult() {
        linked.put("alice", List.of(FakeSearch.source("work", new FakeSearch(query -> {
            throw new UpstreamException(UpstreamException.Kind.UNAVAILABLE, "Try again in a minute.");
        }))));

        assertThatThrownBy(() -> fetch("alice", "account:acc-work/mail/1", 0))
                .isInstanceOf(UpstreamException.class)
                .hasMessage("Try again in a minute.");
    }

    @Test
    void result_saysWhereItIsFromAndWhoWroteIt() {
        handbook("alice", 1);
        linked.put("alice", List.of(FakeSearch.source("work", FakeSearch.mails("w", 1))));

        var out = search("alice", "planning");

        var mail = out.results().get(1);
        assertThat(mail.source()).isEqualTo("work (work@example.com)");
        assertThat(mail.author()).contains(FakeSearch.STRANGER);
        assertThat(mail.time()).contains(OffsetDateTime.parse("2026-03-03T11:00:00+01:00"));
        assertThat(mail.url()).contains("https://mail.example/mail/w0");
        assertThat(out.foreign())
                .extracting(Foreign::author)
                .containsExactly("shared folder handbook", FakeSearch.STRANGER);
        assertThat(out.foreign().get(1).text()).contains("account-77@strangers.example");
    }

    @Test
    void fetched_isForeignText() {
        handbook("alice", 1);

        var out = fetch("alice", "doc:d0", 0);

        assertThat(out.metadata().source()).isEqualTo("shared folder handbook");
        assertThat(out.foreign())
                .isEqualTo(new Foreign(
                        "shared folder handbook", "“Page 0” in shared folder handbook", "Page 0\nplanning"));
    }

    @Test
    void longText_comesInPartsThatJoin() {
        var text = "𝄞".repeat(FetchTool.MAX_TEXT) + "end";
        documents.put("long", "handbook", "Long", text, Optional.empty());
        permissions.write(Relationship.userMayView("alice", "folder:handbook"));

        var joined = new StringBuilder();
        var next = Optional.of(0);
        while (next.isPresent()) {
            var part = fetch("alice", "doc:long", next.get());
            assertThat(part.text()).hasSizeLessThanOrEqualTo(FetchTool.MAX_TEXT);
            assertThat(Character.isLowSurrogate(part.text().charAt(0))).isFalse();
            joined.append(part.text());
            next = part.nextOffset();
        }

        assertThat(joined.toString()).isEqualTo(text);
        assertThatThrownBy(() -> fetch("alice", "doc:long", text.length() + 1)).isInstanceOf(ToolException.class);
    }

    @Test
    @SuppressWarnings("unchecked")
    void text_isTheJsonThatClientsOfTheseNamesRead() {
        handbook("alice", 1);

        var text = ((Tool<?, SearchTool.Output>) tool("search", Duration.ofSeconds(1)))
                .text()
                .orElseThrow()
                .apply(search("alice", "planning"));

        var result = RecordJson.UPSTREAM.mapper().readTree(text).path("results").path(0);
        assertThat(result.path("id").stringValue()).isEqualTo("doc:d0");
        assertThat(result.path("title").stringValue()).isEqualTo("Page 0");
    }

    @Test
    void blankQuery_saysWhatToDo() {
        assertThatThrownBy(() -> search("alice", "  "))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("Say in a few words");
    }
}
