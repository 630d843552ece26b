package dev.countersign.connector.testkit;

import dev.countersign.connector.Provider;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** HTTP to one provider with one access token or password, that keeps a list of what it sent. */
public final class TestUpstream implements Upstream {
    private static final Set<String> REFUSED_HEADERS = Set.of("authorization", "cookie", "host");
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final HttpClient CLIENT = client();

    private final Provider provider;
    private final URI api;
    private final Supplier<String> authorization;
    private final Optional<SignedIn> signedIn;
    private final List<Exchange> exchanges;
    private final Wire wire;

    /** An account that is signed in to with a password. */
    private record SignedIn(String address, Function<String, Socket> servers) {}

    /** @param accessToken a valid one, asked for each request */
    public TestUpstream(Provider provider, Supplier<String> accessToken) {
        this(provider, accessToken, TestUpstream::overTheNetwork);
    }

    TestUpstream(Provider provider, Supplier<String> accessToken, Wire wire) {
        this(
                provider,
                provider.api(),
                () -> "Bearer " + accessToken.get(),
                Optional.empty(),
                new CopyOnWriteArrayList<>(),
                wire);
    }

    /**
     * An account that is signed in to with a password.
     *
     * @param servers gives what {@link Upstream#connect} gives
     */
    public TestUpstream(Provider provider, String address, String password, Function<String, Socket> servers) {
        this(
                provider,
                provider.api(),
                () -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((address + ":" + password).getBytes(StandardCharsets.UTF_8)),
                Optional.of(new SignedIn(address, servers)),
                new CopyOnWriteArrayList<>(),
                TestUpstream::overNewConnections);
    }

    private TestUpstream(
            Provider provider,
            URI api,
            Supplier<String> authorization,
            Optional<SignedIn> signedIn,
            List<Exchange> exchanges,
            Wire wire) {
        this.provider = provider;
        this.api = api;
        this.authorization = authorization;
        this.signedIn = signedIn;
        this.exchanges = exchanges;
        this.wire = wire;
    }

    /** What was sent so far. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    @Override
    public Request get(String path, Object... pathValues) {
        return new Building("GET", path, pathValues);
    }

    @Override
    public Request post(String path, Object... pathValues) {
        return new Building("POST", path, pathValues);
    }

    @Override
    public Request put(String path, Object... pathValues) {
        return new Building("PUT", path, pathValues);
    }

    @Override
    public Request patch(String path, Object... pathValues) {
        return new Building("PATCH", path, pathValues);
    }

    @Override
    public Request delete(String path, Object... pathValues) {
        return new Building("DELETE", path, pathValues);
    }

    @Override
    public Request request(String method, String path, Object... pathValues) {
        return new Building(method, path, pathValues);
    }

    @Override
    public Optional<String> address() {
        return signedIn.map(SignedIn::address);
    }

    @Override
    public Socket connect(String server) {
        return signedIn.map(account -> account.servers().apply(server))
                .orElseThrow(() -> new IllegalStateException("this account has no server " + server));
    }

    @Override
    public Upstream at(String name) {
        var base = Optional.ofNullable(provider.apis().get(name))
                .orElseThrow(() -> new IllegalArgumentException("the provider has no api " + name));
        return new TestUpstream(provider, base, authorization, signedIn, exchanges, wire);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
    }

    static Wire.Answer overTheNetwork(Wire.Sent sent) {
        return over(CLIENT, sent);
    }

    /** The client takes connections for usable that a server of HTTP/1.0 has ended. */
    private static Wire.Answer overNewConnections(Wire.Sent sent) {
        try (var client = client()) {
            return over(client, sent);
        }
    }

    private static Wire.Answer over(HttpClient client, Wire.Sent sent) {
        try {
            var answer = client.send(sent.request(), HttpResponse.BodyHandlers.ofByteArray());
            return new Wire.Answer(answer.statusCode(), answer.headers().firstValue("Retry-After"), answer.body());
        } catch (ConnectException e) {
            throw new UpstreamException(
                    Kind.NOT_SENT, "The provider cannot be reached.", Optional.empty(), Optional.of(e));
        } catch (IOException e) {
            throw new UpstreamException(
                    Kind.NO_ANSWER, "The provider gave no answer.", Optional.empty(), Optional.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(Kind.NO_ANSWER, "Interrupted.", Optional.empty(), Optional.of(e));
        }
    }

    @Override
    public Request transfer(String method, URI address) {
        if (!provider.transfersTo(address)) {
            throw new UpstreamException(Kind.BROKEN, "The provider gave an address of another host.");
        }
        return new Building(method, address);
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String filled(String path, Object... values) {
        var text = new StringBuilder();
        var at = 0;
        for (var value : values) {
            var open = path.indexOf('{', at);
            var close = path.indexOf('}', open);
            if (open < 0 || close < 0) {
                throw new IllegalArgumentException("more values than braces in " + path);
            }
            text.append(path, at, open).append(segment(value));
            at = close + 1;
        }
        if (path.indexOf('{', at) >= 0) {
            throw new IllegalArgumentException("more braces than values in " + path);
        }
        return text.append(path.substring(at)).toString();
    }

    private static String segment(Object value) {
        var segment = encoded(value);
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw new UpstreamException(Kind.INVALID, "An id is empty or made of dots. Use an id that a tool gave.");
        }
        return segment;
    }

    private final class Building implements Request {
        private final String method;
        private final String path;
        private final Optional<URI> transfer;
        private final List<String> query = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private byte[] body = {};

        Building(String method, String path, Object... values) {
            this.method = method;
            this.path = filled(path, values);
            this.transfer = Optional.empty();
        }

        Building(String method, URI transfer) {
            this.method = method;
            this.path = "";
            this.transfer = Optional.of(transfer);
        }

        @Override
        public Request query(String name, Object value) {
            switch (value) {
                case Optional<?> optional -> optional.ifPresent(present -> query(name, present));
                case Collection<?> all -> all.forEach(one -> query(name, one));
                default -> query.add(encoded(name) + "=" + encoded(value));
            }
            return this;
        }

        @Override
        public Request header(String name, String value) {
            if (REFUSED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the server sets the header " + name);
            }
            headers.add(name);
            headers.add(value);
            return this;
        }

        @Override
        public Request body(Record json) {
            return body(TestJson.write(json).getBytes(StandardCharsets.UTF_8), "application/json");
        }

        @Override
        public Request body(byte[] bytes, String contentType) {
            body = bytes.clone();
            headers.add("Content-Type");
            headers.add(contentType);
            return this;
        }

        @Override
        public <T extends Record> T as(Class<T> type) {
            var answer = bytes();
            try {
                return TestJson.read(answer, type);
            } catch (JacksonException e) {
                throw new UpstreamException(
                        Kind.BROKEN,
                        "The answer to " + method + " " + path + " could not be read as a " + type.getSimpleName()
                                + ": " + e.getOriginalMessage(),
                        Optional.empty(),
                        Optional.of(e));
            }
        }

        @Override
        public byte[] bytes() {
            return exchanged();
        }

        private byte[] exchanged() {
            var target = transfer.orElseGet(
                    () -> api.resolve(path + (query.isEmpty() ? "" : "?" + String.join("&", query))));
            exchanges.add(new Exchange(method, target, transfer.isPresent()));
            if (transfer.isEmpty() && !target.toString().startsWith(api.toString())) {
                throw new IllegalArgumentException("outside of the provider's api: " + target);
            }
            return checked(target, wire.send(new Wire.Sent(method, target, body, request(target))));
        }

        @Override
        public void send() {
            exchanged();
        }

        private HttpRequest request(URI target) {
            var request = HttpRequest.newBuilder(target)
                    .timeout(TIMEOUT)
                    .method(
                            method,
                            body.length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body));
            if (transfer.isEmpty()) {
                request.header("Authorization", authorization.get());
            }
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            return request.build();
        }

        private byte[] checked(URI target, Wire.Answer answer) {
            if (answer.status() / 100 == 2) {
                return answer.body();
            }
            var status = answer.status();
            var wait = answer.retryAfter()
                    .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                    .map(Long::parseLong)
                    .map(Duration::ofSeconds);
            throw provider.failures()
                    .read(status, wait, answer.body())
                    .orElseGet(() -> new UpstreamException(
                            kind(status),
                            "The provider answered " + status + " to " + method + " " + target + ".",
                            wait,
                            Optional.empty()));
        }

        private static Kind kind(int status) {
            return switch (status) {
                case 401 -> Kind.UNAUTHORIZED;
                case 403 -> Kind.FORBIDDEN;
                case 404, 410 -> Kind.NOT_FOUND;
                case 409, 412 -> Kind.CONFLICT;
                case 429 -> Kind.RATE_LIMITED;
                default -> status >= 500 ? Kind.UNAVAILABLE : Kind.INVALID;
            };
        }
    }
}
