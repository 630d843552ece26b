package dev.countersign.connections;

import dev.countersign.connections.AccessTokenSource.Lent;
import dev.countersign.connector.FailureReader;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.hosts.HostFailure;
import dev.countersign.hosts.Hosts;
import dev.countersign.hosts.Login;
import dev.countersign.hosts.ServerAddress;
import dev.countersign.hosts.ServerWords;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The servers of one account. Its password or access token is opened anew for each request and goes to these servers alone. A
 * server that refuses a token has done nothing, so it is asked once more with a renewed one.
 */
final class HostUpstream implements Upstream {
    private static final Duration MOST_TIME = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 25 * 1024 * 1024;

    private final String address;
    private final String server;
    private final AccessTokenSource tokens;
    private final AccountServer.Of servers;
    private final Hosts hosts;
    private final FailureReader failures;
    private final Clock clock;

    /**
     * @param address the account's mail address
     * @param server the one that requests go to, e.g. {@code caldav}
     * @param tokens of the access token, or of the password in its place
     */
    HostUpstream(
            String address,
            String server,
            AccessTokenSource tokens,
            AccountServer.Of servers,
            Hosts hosts,
            FailureReader failures,
            Clock clock) {
        this.address = address;
        this.server = server;
        this.tokens = tokens;
        this.servers = servers;
        this.hosts = hosts;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public Optional<String> address() {
        return Optional.of(address);
    }

    @Override
    public Upstream at(String name) {
        return new HostUpstream(address, name, tokens, servers, hosts, failures, clock);
    }

    @Override
    public Request get(String path, Object... pathValues) {
        return request("GET", path, pathValues);
    }

    @Override
    public Request post(String path, Object... pathValues) {
        return request("POST", path, pathValues);
    }

    @Override
    public Request put(String path, Object... pathValues) {
        return request("PUT", path, pathValues);
    }

    @Override
    public Request patch(String path, Object... pathValues) {
        return request("PATCH", path, pathValues);
    }

    @Override
    public Request delete(String path, Object... pathValues) {
        return request("DELETE", path, pathValues);
    }

    @Override
    public Request request(String method, String path, Object... pathValues) {
        var at = server(tokens.lend(), server);
        if (!ServerAddress.dav(server)) {
            throw new IllegalArgumentException("choose a server with at(…): " + server + " speaks no HTTP");
        }
        var answers = answers(at.address());
        var target = HostPath.of(at.address(), path, pathValues).orElseThrow(answers::elsewhere);
        return new Building(method.toUpperCase(Locale.ROOT), target, answers);
    }

    @Override
    public Socket connect(String name) {
        var lent = tokens.lend();
        try {
            return connected(server(lent, name));
        } catch (HostFailure e) {
            return connected(name, again(lent, name));
        }
    }

    /** Fails with {@link HostFailure} only when the login was refused. */
    private Socket connected(AccountServer at) throws HostFailure {
        try {
            return hosts.connect(at.address(), at.login());
        } catch (HostFailure e) {
            if (e.reason().ofLogin()) {
                throw e;
            }
            throw answers(at.address()).of(e);
        }
    }

    private Socket connected(String name, Lent renewed) {
        try {
            return connected(server(renewed, name));
        } catch (HostFailure e) {
            throw tokens.refused(renewed.version());
        }
    }

    /** A password stays what it is: another try would count as an attack at many hosts. */
    private Lent again(Lent refused, String name) {
        var renewed = server(refused, name).login() instanceof Login.Bearer
                ? tokens.lendAfterRefusal(refused.version())
                : Optional.<Lent>empty();
        return renewed.orElseThrow(() -> tokens.refused(refused.version()));
    }

    private AccountServer server(Lent lent, String name) {
        return servers.named(lent, name)
                .orElseThrow(() -> new UpstreamException(
                        Kind.FORBIDDEN,
                        "The account " + address + " was linked without its " + ServerWords.of(name)
                                + ". Link it again to add it."));
    }

    private UpstreamAnswers answers(URI at) {
        return new UpstreamAnswers(at.getHost(), failures, clock);
    }

    private final class Building extends BuiltRequest {
        private final UpstreamAnswers answers;

        private Building(String method, URI target, UpstreamAnswers answers) {
            super(method, target, answers);
            this.answers = answers;
        }

        @Override
        public byte[] bytes() {
            var lent = tokens.lend();
            var answer = sent(server(lent, server));
            if (answer.status() == 401) {
                var renewed = again(lent, server);
                answer = sent(server(renewed, server));
                if (answer.status() == 401) {
                    throw tokens.refused(renewed.version());
                }
            }
            if (answer.status() >= 200 && answer.status() < 300) {
                return answer.body();
            }
            throw answers.of(
                    answer.status(), Optional.ofNullable(answer.headers().get("Retry-After")), answer.body());
        }

        private Hosts.Answer sent(AccountServer at) {
            // what was linked anew meanwhile may be at another host
            if (!ServerAddress.sameOrigin(at.address(), target())) {
                throw answers.elsewhere();
            }
            var headers = new ArrayList<>(List.of("Accept", "*/*"));
            headers.addAll(headers());
            var asked = new Hosts.Asked(method(), target(), headers, body().orElse(new byte[0]));
            try {
                return hosts.send(asked, at.login(), MOST_TIME, MOST_BYTES);
            } catch (HostFailure e) {
                throw answers.of(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw answers.ended();
            }
        }
    }
}
