package dev.countersign.connector.microsoft;

import dev.countersign.connector.Account;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.testkit.PlayedSignIn;
import dev.countersign.connector.testkit.PromptSockets;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.testkit.TestUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulated Microsoft Graph: it answers as the documents of v1.0 say, from data in memory. It is not Graph, and shows
 * nothing that the documents leave open.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/overview">Graph v1.0</a>
 */
public final class FakeGraph implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    public static final String ALICE = "alice@example.com";
    public static final String BOB = "bob@example.com";
    static final Set<String> PEOPLE = Set.of(ALICE, BOB);

    final FakeMail mail = new FakeMail(this::origin);
    final FakeCalendar calendar = new FakeCalendar();
    final FakePeople people = new FakePeople();
    final FakeDrive drive = new FakeDrive(this::origin);
    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private final MockWebServer server = new MockWebServer();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final PlayedSignIn signIn;

    record Token(String person, Set<String> scopes) {}

    /** The next request that starts so is answered so. */
    record Fault(String line, MockResponse answer) {}

    public FakeGraph() {
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
        signIn = new PlayedSignIn(provider(), List.of(ALICE, BOB));
    }

    /** Where all of it is. */
    public String origin() {
        return "http://" + server.getHostName() + ":" + server.getPort();
    }

    /** Its accounts and consents. */
    public PlayedSignIn signIn() {
        return signIn;
    }

    Provider provider() {
        return new MicrosoftConnector().provider(new Settings(Map.of("url", origin())));
    }

    /** The account, linked with what our scopes need. */
    TestUpstream upstream(String person, String... scopes) {
        var token = token(person, scopes);
        return new TestUpstream(provider(), () -> token);
    }

    public TestUpstream upstream(String person) {
        return upstream(person, provider().scopes().keySet().toArray(String[]::new));
    }

    private String token(String person, String... scopes) {
        var token = "EwB0.test-" + tokens.size();
        var granted = List.of(scopes).stream()
                .flatMap(scope -> provider().scopes().get(scope).stream())
                .collect(Collectors.toSet());
        tokens.put(token, new Token(person, granted));
        return token;
    }

    TestAccount link(String person) {
        var scopes = provider().scopes().keySet();
        var account = new Account("acc1", "microsoft", "work", person, scopes);
        return TestAccount.of(
                account, new MicrosoftConnector(), provider(), token(person, scopes.toArray(String[]::new)));
    }

    /** @param line e.g. {@code GET /v1.0/me/messages} */
    void fail(String line, int status, String body, Map<String, String> headers) {
        faults.add(new Fault(line, Refused.response(status, body, headers)));
    }

    /** The next requests that start so are refused as too many. */
    public void limit(String line, int times, int retryAfterSeconds) {
        var body = Refused.body("ApplicationThrottled");
        for (var i = 0; i < times; i++) {
            fail(line, 429, body, Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
        }
    }

    /** Fails no more. */
    public void recover() {
        faults.clear();
    }

    private Optional<MockResponse> signIn(RecordedRequest request) {
        return signIn.answer(
                        request.getMethod(),
                        request.getTarget(),
                        String.valueOf(request.getHeaders().get("Authorization")),
                        () -> request.getBody() == null ? "" : request.getBody().utf8())
                .map(reply -> Refused.response(reply.status(), reply.body(), reply.headers()));
    }

    private Optional<Token> token(RecordedRequest request) {
        var bearer = String.valueOf(request.getHeaders().get("Authorization")).replace("Bearer ", "");
        return Optional.ofNullable(tokens.get(bearer))
                .or(() -> signIn.granted(bearer).map(granted -> new Token(granted.person(), granted.scopes())));
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        requests.add(request);
        var fault = faults.peek();
        if (fault != null && line(request).startsWith(fault.line())) {
            faults.remove();
            return fault.answer();
        }
        var signedIn = signIn(request);
        if (signedIn.isPresent()) {
            return signedIn.get();
        }
        try {
            return request.getUrl().pathSegments().getFirst().equals("v1.0") ? api(request) : transfer(request);
        } catch (Refused e) {
            return e.answer();
        }
    }

    private MockResponse api(RecordedRequest request) {
        var token = token(request).orElseThrow(() -> Refused.of(401, "InvalidAuthenticationToken"));
        return routed(Asked.of(token.person(), request), token);
    }

    /** Addresses that carry their own right take no token. */
    private MockResponse transfer(RecordedRequest request) {
        if (request.getHeaders().get("Authorization") != null) {
            throw Refused.of(401, "InvalidAuthenticationToken");
        }
        return request.getUrl().pathSegments().getFirst().equals("upload")
                ? mail.uploaded(request)
                : drive.download(request);
    }

    MockResponse routed(Asked asked, Token token) {
        if (asked.path().size() == 1) {
            return asked.segment(0).equals("me") ? user(asked) : FakeBatch.answer(asked, inner -> routed(inner, token));
        }
        if (asked.segment(0).equals("drives")) {
            need(token, "Files.Read");
            return drive.answer(asked);
        }
        return switch (asked.segment(1)) {
            case "mailboxSettings" -> {
                need(token, "MailboxSettings.Read");
                yield json(JSON.createObjectNode().put("value", "W. Europe Standard Time"));
            }
            case "calendar", "calendars" -> {
                var reads = asked.method().equals("GET") || asked.path().contains("getSchedule");
                need(token, reads ? "Calendars.Read" : "Calendars.ReadWrite");
                yield calendar.answer(asked);
            }
            case "messages", "mailFolders" -> {
                needAny(token, FakeMail.scopes(asked));
                yield mail.answer(asked);
            }
            case "drive" -> {
                need(token, "Files.Read");
                yield drive.answer(asked);
            }
            default -> {
                need(token, asked.segment(1).equals("people") ? "People.Read" : "Contacts.Read");
                yield people.answer(asked);
            }
        };
    }

    private static MockResponse user(Asked asked) {
        var name = asked.person().split("@")[0];
        return json(JSON.createObjectNode()
                .put("id", "87d349ed-44d7-43e1-9a83-" + name)
                .put("displayName", name)
                .put("mail", asked.person())
                .put("userPrincipalName", name + "@example.onmicrosoft.com"));
    }

    private static void need(Token token, String scope) {
        needAny(token, Set.of(scope));
    }

    private static void needAny(Token token, Set<String> scopes) {
        if (scopes.stream().noneMatch(token.scopes()::contains)) {
            throw Refused.of(403, "ErrorAccessDenied");
        }
    }

    static MockResponse json(JsonNode json) {
        return Refused.response(200, json.toString(), Map.of());
    }

    static MockResponse status(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    static MockResponse content(byte[] bytes) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/octet-stream")
                .body(new Buffer().write(bytes))
                .build();
    }

    private static String line(RecordedRequest request) {
        return request.getMethod() + " " + request.getUrl().encodedPath();
    }

    /** Requests so far, as {@code GET /path}. */
    List<String> lines() {
        return requests.stream().map(FakeGraph::line).toList();
    }

    long count(String line) {
        return lines().stream().filter(one -> one.startsWith(line)).count();
    }

    @Override
    public void close() {
        server.close();
    }
}
