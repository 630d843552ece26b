package dev.countersign.connections;

import dev.countersign.connections.AccessTokenSource.Lent;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Upstream;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * HTTP to one provider's APIs with one account's access token, which goes to that provider's bases only. A 401 means that
 * nothing was done, so any request is sent once more with a renewed token.
 */
final class UpstreamHttp implements Upstream {
    private static final Duration MOST_TIME = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 25 * 1024 * 1024;

    private final Provider provider;
    private final URI api;
    private final AccessTokenSource tokens;
    private final Transport transport;
    private final UpstreamAnswers answers;

    UpstreamHttp(LinkableProvider linkable, AccessTokenSource tokens, Transport transport, Clock clock) {
        this(
                linkable.oauth().provider(),
                linkable.oauth().provider().api(),
                tokens,
                transport,
                new UpstreamAnswers(linkable.name(), linkable.oauth().provider().failures(), clock));
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
    public Request transfer(String method, URI address) {
        if (!provider.transfersTo(address)) {
            throw answers.elsewhere();
        }
        return new Building(method, address);
    }

    private final class Building extends BuiltRequest {
        private final boolean withToken;

        private Building(String method, String path, Object... pathValues) {
            super(method, SegmentedPath.under(api, path, pathValues), answers);
            this.withToken = true;
        }

        /** Of a transfer. */
        private Building(String method, URI address) {
            super(method, address, answers);
            this.withToken = false;
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
            var request = HttpRequest.newBuilder(target())
                    .method(method(), body().map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()))
                    .setHeader("Accept", "application/json, */*;q=0.5");
            lent.ifPresent(token ->
                    request.setHeader("Authorization", "Bearer " + token.token().reveal(Secret.Purpose.UPSTREAM)));
            for (int i = 0; i < headers().size(); i += 2) {
                request.setHeader(headers().get(i), headers().get(i + 1));
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
    }
}
