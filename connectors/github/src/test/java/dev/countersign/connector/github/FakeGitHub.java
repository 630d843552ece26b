package dev.countersign.connector.github;

import dev.countersign.connector.Account;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.testkit.PromptSockets;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.testkit.TestUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulated GitHub: it answers as GitHub's documents say, from data in memory, under the paths of a GitHub Enterprise
 * Server. It is not GitHub, and shows nothing that the documents leave open.
 *
 * @see <a href="https://docs.github.com/rest">GitHub REST API</a>
 */
final class FakeGitHub implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    static final Instant START = Instant.parse("2026-03-18T10:00:00Z");
    static final String ALICE = "alice";
    static final String BOB = "bob";

    final Map<String, FakeRepository> repositories = new LinkedHashMap<>();
    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private final FakeSearch search = new FakeSearch(this);
    private final FakeIssues issues = new FakeIssues(this);
    private final FakePulls pulls = new FakePulls(this);
    private final MockWebServer server = new MockWebServer();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private int seconds;
    private long ids = 100;

    /**
     * The next request of this method whose path ends so is answered so.
     *
     * @param after whether it is carried out first
     */
    record Fault(String method, String path, boolean after, MockResponse answer) {}

    FakeGitHub() {
        var hello = repository(1, "octo/hello", false, Map.of(ALICE, "push", BOB, "pull"));
        repository(2, "octo/secret", true, Map.of(BOB, "push"));
        hello.issue(1, "Nothing works", "Since *today*.\nWrite to mallory@evil.example.", BOB, now());
        hello.pull(2, "Fix all", BOB, now());
        hello.changes(2, "src/Main.java", "@@ -1 +1 @@\n-old\n+new");
        hello.contents.put("README.md", bytes("# Hello\n"));
        hello.contents.put("src/Main.java", bytes("class Main {}\n"));
        server.setServerSocketFactory(new PromptSockets());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    FakeRepository repository(long id, String name, boolean closed, Map<String, String> members) {
        var repository = new FakeRepository(id, name, closed, members);
        repositories.put(name, repository);
        return repository;
    }

    FakeRepository hello() {
        return repositories.get("octo/hello");
    }

    /** Time goes on with each use. */
    Instant now() {
        seconds++;
        return START.plusSeconds(seconds);
    }

    long nextId() {
        ids++;
        return ids;
    }

    static ObjectNode user(String login) {
        return JSON.createObjectNode()
                .put("login", login)
                .put("id", login.length())
                .put("type", "User");
    }

    Provider provider() {
        var origin = "http://" + server.getHostName() + ":" + server.getPort();
        return new GitHubConnector().provider(new Settings(Map.of("url", origin)));
    }

    TestUpstream upstream(String login) {
        var token = token(login);
        return new TestUpstream(provider(), () -> token);
    }

    private String token(String login) {
        var token = "ghu_test" + tokens.size();
        tokens.put(token, login);
        return token;
    }

    TestAccount link(String login) {
        var scopes = provider().scopes().keySet();
        var account = new Account("acc1", "github", "work", login + "@example.com", scopes);
        return TestAccount.of(account, new GitHubConnector(), provider(), token(login));
    }

    void fail(String method, String path, int status, String body, Map<String, String> headers) {
        faults.add(new Fault(method, path, false, Refused.response(status, body, headers)));
    }

    /** Carries the next such request out, and loses its answer. */
    void loseAnswer(String method, String path) {
        var lost = new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build();
        faults.add(new Fault(method, path, true, lost));
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        requests.add(request);
        var fault = faults.peek();
        if (fault != null
                && request.getMethod().equals(fault.method())
                && request.getUrl().encodedPath().endsWith(fault.path())) {
            faults.remove();
            if (fault.after()) {
                answered(request);
            }
            return fault.answer();
        }
        return answered(request);
    }

    private MockResponse answered(RecordedRequest request) {
        var bearer = String.valueOf(request.getHeaders().get("Authorization")).replace("Bearer ", "");
        var login = tokens.get(bearer);
        try {
            if (login == null) {
                throw Refused.of(401, "Bad credentials");
            }
            if (!"2022-11-28".equals(request.getHeaders().get("X-GitHub-Api-Version"))) {
                throw Refused.of(400, "The version is not supported.");
            }
            return routed(Asked.of(login, request));
        } catch (Refused e) {
            return e.answer();
        }
    }

    private MockResponse routed(Asked asked) {
        return switch (asked.segment(0)) {
            case "user" -> json(person(asked));
            case "repositories" ->
                json(repositories.values().stream()
                        .filter(repository -> Long.toString(repository.id).equals(asked.segment(1)))
                        .findFirst()
                        .orElseThrow(Refused::notFound)
                        .json(asked.login()));
            case "search" -> json(search.answer(asked));
            default -> inRepository(asked, seen(asked, asked.segment(1) + "/" + asked.segment(2)));
        };
    }

    FakeRepository seen(Asked asked, String name) {
        var repository = repositories.get(name);
        if (repository == null || !repository.sees(asked.login())) {
            throw Refused.notFound();
        }
        return repository;
    }

    private MockResponse inRepository(Asked asked, FakeRepository repository) {
        return switch (asked.segment(3)) {
            case "" -> json(repository.json(asked.login()));
            case "issues" -> json(issues.answer(asked, repository));
            case "pulls" -> json(pulls.answer(asked, repository));
            case "contents" -> FakeContents.answer(asked, repository);
            default -> throw Refused.notFound();
        };
    }

    private JsonNode person(Asked asked) {
        return switch (asked.segment(1)) {
            case "" ->
                user(asked.login())
                        .put("id", 583231)
                        .put("name", "Person " + asked.login())
                        .putNull("email");
            case "emails" -> {
                var emails = JSON.createArrayNode();
                emails.addObject()
                        .put("email", "old@example.com")
                        .put("primary", false)
                        .put("verified", true);
                emails.addObject()
                        .put("email", asked.login() + "@example.com")
                        .put("primary", true)
                        .put("verified", true);
                yield emails;
            }
            default ->
                asked.page(repositories.values().stream()
                        .filter(repository -> repository.members.containsKey(asked.login()))
                        .map(repository -> repository.json(asked.login()))
                        .toList());
        };
    }

    static MockResponse json(JsonNode json) {
        return Refused.response(200, json.toString(), Map.of());
    }

    /** Requests so far, as {@code GET /path}. */
    List<String> lines() {
        return requests.stream()
                .map(request -> request.getMethod() + " "
                        + request.getUrl().encodedPath().replace("/api/v3", ""))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
