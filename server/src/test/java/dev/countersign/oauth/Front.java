package dev.countersign.oauth;

import dev.countersign.audit.AuditEvent;
import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.Passwords;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.identity.QuickPasswords;
import dev.countersign.store.Database;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The authorization server behind a real listener, with a person, a pre-registered client and a clock that stands still. */
final class Front implements AutoCloseable {
    static final String ISSUER = "http://localhost:8484";
    static final String RESOURCE = ISSUER + "/mcp";
    static final String CLIENT = "test-client";
    static final String REDIRECT = "http://127.0.0.1:7777/callback";
    static final String WEB_CLIENT = "web-client";
    static final String WEB_REDIRECT = "https://app.example.com/callback";
    static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-000";

    private static final Passwords PASSWORDS = QuickPasswords.make();

    final TestClock clock = new TestClock();
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final Map<String, ConsentQuestion> questions = new ConcurrentHashMap<>();
    final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    final Path folder;
    Database database;
    BrowserSessions sessions;
    AuthorizationServer server;
    SigningKeys keys;
    Person alice;
    private People people;
    volatile ConsentQuestion asked;
    private HttpServer listener;
    private final SafeFetch fetch;
    private final boolean registration;
    private final int registrationsInAnHour;
    private final boolean documents;

    Front(Path folder) throws IOException {
        this(folder, true, 60, new SafeFetch());
    }

    Front(Path folder, boolean registration, int registrationsInAnHour, SafeFetch fetch) throws IOException {
        this(folder, registration, registrationsInAnHour, fetch, true);
    }

    Front(Path folder, boolean registration, int registrationsInAnHour, SafeFetch fetch, boolean documents)
            throws IOException {
        this.folder = folder;
        this.documents = documents;
        this.fetch = fetch;
        this.registration = registration;
        this.registrationsInAnHour = registrationsInAnHour;
        start();
    }

    static SafeFetch fetchFrom(InetAddress address, SslContextFactory.Client tls) {
        return new SafeFetch(host -> new InetAddress[] {address}, any -> true, tls);
    }

    private void start() throws IOException {
        database = Database.open(folder.resolve("countersign.db"));
        people = new People(database, PASSWORDS, audit::add, clock);
        alice = person(people, "alice@example.com");
        sessions = new BrowserSessions(database, people, false, audit::add, clock);
        var ring = KeyRing.open(folder.resolve("keys"));
        var vault = new Vault(database, ring, clock);
        keys = new StoredSigningKeys(database, new VaultKeySealer(vault), clock);
        var settings = new AuthorizationServer.Settings(
                new Addresses(ISSUER),
                Scopes.OWN,
                Scopes.OWN.all().stream().map(Scope::value).toList(),
                Set.of("calendar:read"),
                List.of(
                        Client.preRegistered(CLIENT, "Test client", List.of(REDIRECT)),
                        Client.preRegistered(WEB_CLIENT, "Web client", List.of(WEB_REDIRECT))),
                registration,
                registrationsInAnHour,
                documents);
        server = new AuthorizationServer(
                settings,
                database,
                ring,
                new Grants(database, audit::add, clock),
                keys,
                sessions,
                this::ask,
                ErrorPage.PLAIN,
                fetch,
                audit::add,
                clock);
        var routes = new ArrayList<>(server.routes());
        routes.add(Route.getOrPost("/mcp", Route.Kind.MCP, this::mcp));
        listener = HttpServer.start(HttpSettings.loopback(0), routes, ErrorPages.PLAIN);
    }

    private static Person person(People people, String email) {
        return people.byEmail(email)
                .orElseGet(() -> people.create(
                        email, email.split("@", 2)[0], Secret.of("a password for tests"), ZoneOffset.UTC, false));
    }

    /** Ends everything and begins again on the same folder, as a new process would. */
    void restart() throws IOException {
        listener.close();
        database.close();
        start();
    }

    Person bob() {
        return person(people, "bob@example.com");
    }

    private Response ask(Request request, BrowserSession session, ConsentQuestion question) {
        asked = question;
        questions.put(question.requestId(), question);
        return Response.html(200, "<form>" + question.requestId() + "</form>");
    }

    /** Stands for the MCP endpoint: answers who calls. */
    private Response mcp(Request request) {
        try {
            return Response.text(
                    200, server.accessTokens().authenticate(request).userId());
        } catch (OAuthError e) {
            return server.challenges().answer(e);
        }
    }

    URI at(String path) {
        return URI.create("http://localhost:" + listener.port() + path);
    }

    /** Signs a person in; the answer is the browser's cookie. */
    String signIn(Person person) {
        var signedIn = sessions.start(person, new Request.Client("192.0.2.1", "test"));
        return "countersign_session=" + signedIn.cookie().reveal(Secret.Purpose.ISSUE);
    }

    static Map<String, String> request() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", CLIENT);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("scope", "calendar:read mail:send");
        parameters.put("state", "af0ifjsldkj");
        parameters.put("resource", RESOURCE);
        parameters.put("code_challenge", challenge(VERIFIER));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    static Map<String, String> request(String... changes) {
        var parameters = request();
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                parameters.remove(changes[i]);
            } else {
                parameters.put(changes[i], changes[i + 1]);
            }
        }
        return parameters;
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> authorize(String cookie, Map<String, String> parameters) {
        return get("/authorize?" + form(parameters), cookie);
    }

    HttpResponse<String> get(String path, String... cookie) {
        var builder = HttpRequest.newBuilder(at(path)).GET();
        for (var one : cookie) {
            builder.header("Cookie", one);
        }
        return send(builder.build());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        var builder = HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        builder.header("Content-Type", "application/x-www-form-urlencoded");
        for (int i = 0; i < headers.length; i += 2) {
            builder.setHeader(headers[i], headers[i + 1]);
        }
        return send(builder.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Answers a question in the browser of this cookie. */
    HttpResponse<String> decide(String cookie, String requestId, String decision, Set<String> scopes) {
        var token = cookie.split("=", 2)[1];
        var csrf = dev.countersign.vault.RandomToken.sha256("csrf\n" + token);
        var body = "request=" + requestId + "&decision=" + decision + "&csrf=" + csrf
                + scopes.stream().map(s -> "&scope=" + encode(s)).collect(Collectors.joining());
        return post("/authorize/decision", body, "Cookie", cookie);
    }

    /** The whole way of a person who allows all that is asked; the answer is the client's parameters. */
    Map<String, String> allowed(String cookie, Map<String, String> parameters) {
        var page = authorize(cookie, parameters);
        if (page.statusCode() == 303) {
            return answer(page);
        }
        var question = asked;
        return answer(decide(
                cookie,
                question.requestId(),
                "allow",
                question.scopes().stream().map(Scope::value).collect(Collectors.toSet())));
    }

    String code() {
        return allowed(signIn(alice), request()).get("code");
    }

    HttpResponse<String> redeem(String code, String... changes) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("client_id", CLIENT);
        parameters.put("code", code);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("code_verifier", VERIFIER);
        parameters.put("resource", RESOURCE);
        return post("/token", changed(parameters, changes));
    }

    HttpResponse<String> refresh(String refreshToken, String... changes) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", "refresh_token");
        parameters.put("client_id", CLIENT);
        parameters.put("refresh_token", refreshToken);
        parameters.put("resource", RESOURCE);
        return post("/token", changed(parameters, changes));
    }

    JsonNode tokens() {
        return json(redeem(code()));
    }

    /** What the MCP endpoint answers to a token. */
    HttpResponse<String> call(String accessToken) {
        return send(HttpRequest.newBuilder(at("/mcp"))
                .header("Authorization", "Bearer " + accessToken)
                .GET()
                .build());
    }

    private static String changed(Map<String, String> parameters, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                parameters.remove(changes[i]);
            } else {
                parameters.put(changes[i], changes[i + 1]);
            }
        }
        return form(parameters);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static String error(HttpResponse<String> answer) {
        return json(answer).path("error").asString();
    }

    /** The parameters of a redirect to the client. */
    static Map<String, String> answer(HttpResponse<String> redirect) {
        var location = redirect.headers().firstValue("Location").orElseThrow();
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : location.substring(location.indexOf('?') + 1).split("&")) {
            var parts = pair.split("=", 2);
            var before = parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            if (before != null) {
                throw new AssertionError("twice: " + parts[0]);
            }
        }
        return parameters;
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        listener.close();
        database.close();
        fetch.close();
    }
}
