package dev.countersign.connections;

import dev.countersign.connections.AccessTokenSource.Lent;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Upstream;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * HTTP to one provider's APIs with one account's access token, which goes to that provider's bases only. A 401 means that
 * nothing was done, so any request is sent once more with a renewed token.
 */
final class UpstreamHttp implements Upstream {
    private static final Duration MOST_TIME = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 25 * 1024 * 1024;

    /** The server's alone to set. */
    private static final Set<String> REFUSED_HEADERS = Set.of("authorization", "cookie", "host", "proxy-authorization");

    private final Provider provider;
    private final URI api;
    private final AccessTokenSource tokens;
    private final Transport transport;
    private final UpstreamAnswers answers;

    UpstreamHttp(LinkableProvider linkable, AccessTokenSource tokens, Transport transport, Clock clock) {
        this(
                linkable.provider(),
                linkable.provider().api(),
                tokens,
                transport,
                new UpstreamAnswers(linkable.name(), linkable.provider().failures(), clock));
    }

    private UpstreamHttp(
            Provider provider, URI api, AccessTokenSource tokens, Transport transport, UpstreamAnswers answers) {
        this.provider = provider;
        this.api = api;
        this.tokens = tokens;
        this.transport = transport;
        this.answers = answers;
    }

    @Override
    public Upstream at(String name) {
        var base = Optional.ofNullable(provider.apis().get(name))
                .orElseThrow(() -> new IllegalArgumentException("this provider has no further api: " + name));
        return new UpstreamHttp(provider, base, tokens, transport, answers);
    }

    @Override
    public Request get(String path, Object... pathValues) {
        return new Building("GET", SegmentedPath.under(api, path, pathValues));
    }

    @Override
    public Request post(String path, Object... pathValues) {
        return new Building("POST", SegmentedPath.under(api, path, pathValues));
    }

    @Override
    public Request put(String path, Object... pathValues) {
        return new Building("PUT", SegmentedPath.under(api, path, pathValues));
    }

    @Override
    public Request patch(String path, Object... pathValues) {
        return new Building("PATCH", SegmentedPath.under(api, path, pathValues));
    }

    @Override
    public Request delete(String path, Object... pathValues) {
        return new Building("DELETE", SegmentedPath.under(api, path, pathValues));
    }

    @Override
    public Request transfer(String method, URI address) {
        if (!provider.transfersTo(address)) {
            throw answers.elsewhere();
        }
        return new Building(method, address, false);
    }

    private final class Building implements Request {
        private final String method;
        private final URI address;
        private final boolean withToken;
        private final List<String> query = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private BodyPublisher body = BodyPublishers.noBody();

        private Building(String method, URI address) {
            this(method, address, true);
        }

        private Building(String method, URI address, boolean withToken) {
            this.method = method;
            this.address = address;
            this.withToken = withToken;
        }

        @Override
        public Request query(String name, Object value) {
            switch (value) {
                case Optional<?> maybe -> maybe.ifPresent(one -> query(name, one));
                case Collection<?> all -> all.forEach(one -> query(name, one));
                default -> query.add(SegmentedPath.encoded(name) + "=" + SegmentedPath.encoded(value.toString()));
            }
            return this;
        }

        @Override
        public Request header(String name, String value) {
            if (REFUSED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the server sets " + name + " itself");
            }
            headers.add(name);
            headers.add(value);
            return this;
        }

        @Override
        public Request body(Record json) {
            return body(RecordJson.UPSTREAM.bytes(json), "application/json");
        }

        @Override
        public Request body(byte[] bytes, String contentType) {
            body = BodyPublishers.ofByteArray(bytes);
            return header("Content-Type", contentType);
        }

        @Override
        public <T extends Record> T as(Class<T> type) {
            try {
                return RecordJson.UPSTREAM.read(bytes(), type);
            } catch (JacksonException e) {
                throw answers.unreadable(); // its message may hold what was read
            }
        }

        @Override
        public void send() {
            bytes();
        }

        @Override
        public byte[] bytes() {
            var answer = answered();
            if (answer.statusCode() >= 200 && answer.statusCode() < 300) {
                return answer.body();
            }
            throw withToken ? answers.of(answer) : answers.ofTransfer(answer);
        }

        private HttpResponse<byte[]> answered() {
            if (!withToken) {
                return sent(Optional.empty());
            }
            var first = tokens.lend();
            var answer = sent(Optional.of(first));
            if (answer.statusCode() != 401) {
                return answer;
            }
            var second = tokens.lendAfterRefusal(first.version()).orElseThrow(() -> tokens.refused(first.version()));
            var again = sent(Optional.of(second));
            if (again.statusCode() == 401) {
                throw tokens.refused(second.version());
            }
            return again;
        }

        private HttpResponse<byte[]> sent(Optional<Lent> lent) {
            var target = query.isEmpty() ? address : URI.create(address + "?" + String.join("&", query));
            var request = HttpRequest.newBuilder(target)
                    .method(method, body)
                    .setHeader("Accept", "application/json, */*;q=0.5");
            lent.ifPresent(token ->
                    request.setHeader("Authorization", "Bearer " + token.token().reveal(Secret.Purpose.UPSTREAM)));
            for (int i = 0; i < headers.size(); i += 2) {
                request.setHeader(headers.get(i), headers.get(i + 1));
            }
            try {
                return transport.send(request, MOST_TIME, MOST_BYTES);
            } catch (Transport.Failed e) {
                throw answers.of(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw answers.ended();
            }
        }

        /** Without what is in it. */
        @Override
        public String toString() {
            return method + " " + api.getHost();
        }
    }
}
