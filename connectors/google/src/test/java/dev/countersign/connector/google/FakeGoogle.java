package dev.countersign.connector.google;

import dev.countersign.connector.Account;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.testkit.PlayedSignIn;
import dev.countersign.connector.testkit.PromptSockets;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.testkit.TestUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * A simulated Google: it answers as Google's documents say, from data in memory. It is not Google, and shows nothing that
 * the documents leave open.
 *
 * @see <a href="https://developers.google.com/workspace/calendar/api/v3/reference">Calendar v3</a>
 * @see <a href="https://developers.google.com/workspace/gmail/api/reference/rest">Gmail v1</a>
 * @see <a href="https://developers.google.com/people/api/rest">People v1</a>
 * @see <a href="https://developers.google.com/workspace/drive/api/reference/rest/v3">Drive v3</a>
 */
public final class FakeGoogle implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    public static final String ALICE = "alice@example.com";
    public static final String BOB = "bob@example.com";
    static final Set<String> PEOPLE = Set.of(ALICE, BOB);
    private static final String AUTH = "https://www.googleapis.com/auth/";

    final FakeMail mail;
    final FakeCalendar calendar = new FakeCalendar();
    final FakePeople people = new FakePeople();
    final FakeDrive drive = new FakeDrive();
    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private final MockWebServer server = new MockWebServer();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final PlayedSignIn signIn;

    record Token(String person, Set<String> scopes) {}

    /** The next request whose path starts so is answered so. */
    record Fault(String path, MockResponse answer) {}

    public FakeGoogle() {
        this(true);
    }

    /** @param keepsMessageIds whether a message that is sent keeps its {@code Message-ID}, as some do at Gmail */
    FakeGoogle(boolean keepsMessageIds) {
        mail = new FakeMail(keepsMessageIds);
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
        return new GoogleConnector().provider(new Settings(Map.of("url", origin())));
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
        var token = "ya29.test-" + tokens.size();
        var granted = List.of(scopes).stream()
                .flatMap(scope -> provider().scopes().get(scope).stream())
                .collect(Collectors.toSet());
        tokens.put(token, new Token(person, granted));
        return token;
    }

    TestAccount link(String person) {
        var scopes = provider().scopes().keySet();
        var account = new Account("acc1", "google", "work", person, scopes);
        return TestAccount.of(account, new GoogleConnector(), provider(), token(person, scopes.toArray(String[]::new)));
    }

    void fail(String path, int status, String body, Map<String, String> headers) {
        faults.add(new Fault(path, Refused.response(status, body, headers)));
    }

    /** The next requests that start so are refused as too many. */
    public void limit(String path, int times, int retryAfterSeconds) {
        var body = Refused.classic(429, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded");
        for (var i = 0; i < times; i++) {
            fail(path, 429, body, Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
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
        var path = request.getUrl().encodedPath();
        var fault = faults.peek();
        if (fault != null && path.startsWith(fault.path())) {
            faults.remove();
            return fault.answer();
        }
        var signedIn = signIn(request);
        if (signedIn.isPresent()) {
            return signedIn.get();
        }
        var token = token(request);
        if (token.isEmpty()) {
            return Refused.response(401, Refused.classic(401, "global", "authError", "Invalid Credentials"), Map.of());
        }
        try {
            return routed(Asked.of(token.get().person(), request), token.get());
        } catch (Refused e) {
            return e.answer();
        }
    }

    private MockResponse routed(Asked asked, Token token) {
        return switch (asked.segment(0)) {
            case "oauth2" ->
                json(JSON.createObjectNode()
                        .put("id", "1" + asked.person().hashCode())
                        .put("email", asked.person())
                        .put("verified_email", true)
                        .put("name", asked.person().split("@")[0]));
            case "calendar" -> {
                need(
                        token,
                        asked.method().equals("GET") || asked.path().contains("freeBusy")
                                ? Set.of("calendar.readonly")
                                : Set.of("calendar.events"));
                yield json(calendar.answer(asked));
            }
            case "drive" -> {
                need(token, Set.of("drive.readonly"));
                yield drive.answer(asked);
            }
            case "batch" -> {
                need(token, Set.of("gmail.readonly", "gmail.modify"));
                yield FakeBatch.answer(asked, inner -> mail.answer(inner));
            }
            case "v1" -> json(people.answer(asked, token.scopes()));
            default -> {
                need(token, FakeMail.scopes(asked));
                yield json(mail.answer(asked));
            }
        };
    }

    private static void need(Token token, Set<String> anyOf) {
        if (anyOf.stream().noneMatch(scope -> token.scopes().contains(AUTH + scope))) {
            throw Refused.lacksScope();
        }
    }

    static MockResponse json(JsonNode json) {
        return Refused.response(200, json.toString(), Map.of());
    }

    static MockResponse content(String type, String text) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", type)
                .body(new Buffer().write(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Requests so far, as {@code GET /path}. */
    List<String> lines() {
        return requests.stream()
                .map(request -> request.getMethod() + " " + request.getUrl().encodedPath())
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
