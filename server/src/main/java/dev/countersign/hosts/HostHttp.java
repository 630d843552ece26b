package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * HTTP to hosts that people name: each connection goes to an address that was checked, no redirect is followed, no cookie
 * kept, no proxy used, and an answer is there within its time and size or not at all.
 */
final class HostHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Requests of one call follow each other closely; a connection kept longer may be closed while the next is sent. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;

    private final Reach reach;
    private Optional<HttpClient> started = Optional.empty();

    /**
     * One request.
     *
     * @param headers name and value by turns
     * @param login added as RFC 7617 or RFC 6750 has it
     */
    record Sent(String method, URI target, List<String> headers, byte[] body, Optional<Login> login) {}

    HostHttp(Reach reach) {
        this.reach = reach;
    }

    private synchronized HttpClient client() {
        if (started.isEmpty()) {
            started = Optional.of(start());
        }
        return started.get();
    }

    private HttpClient start() {
        var tls = new SslContextFactory.Client();
        tls.setSslContext(reach.tls().get());
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        var client = new HttpClient();
        client.setSslContextFactory(tls);
        client.setExecutor(new VirtualThreadPool());
        client.setSocketAddressResolver(new Checked(reach));
        client.setFollowRedirects(false);
        client.setConnectTimeout(CONNECT.toMillis());
        client.setMaxConnectionsPerDestination(AT_ONCE);
        client.setIdleTimeout(IDLE.toMillis());
        client.setDestinationIdleTimeout(FORGOTTEN_AFTER.toMillis());
        client.setMaxResponseHeadersSize(16 * 1024);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the client for hosts that people name did not start", e);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        return client;
    }

    /**
     * Sends and waits for the whole answer, whatever its status.
     *
     * @throws InterruptedException when the one who asked has gone; the request may have reached the host
     */
    ContentResponse send(Sent sent, Duration atMost, int mostBytes) throws HostFailure, InterruptedException {
        var host = sent.target().getHost();
        if (!"https".equals(sent.target().getScheme())
                && !("http".equals(sent.target().getScheme()) && reach.plain(host))) {
            throw new HostFailure(host, Reason.NO_STARTTLS);
        }
        var left = new AtomicBoolean();
        var request = request(sent, atMost).onRequestCommit(ignored -> left.set(true));
        CompletableFuture<ContentResponse> answer = new CompletableResponseListener(request, mostBytes).send();
        try {
            return answer.get(atMost.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(host, left.get(), Optional.ofNullable(e.getCause()).orElse(e));
        } catch (TimeoutException e) {
            var _ = request.abort(e);
            throw failure(host, left.get(), e);
        } catch (InterruptedException e) {
            var _ = request.abort(e);
            throw e;
        }
    }

    private Request request(Sent sent, Duration atMost) {
        var request = client().newRequest(sent.target())
                .method(sent.method())
                .timeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> {
                    for (int i = 0; i < sent.headers().size(); i += 2) {
                        headers.put(sent.headers().get(i), sent.headers().get(i + 1));
                    }
                    sent.login().ifPresent(login -> headers.put(HttpHeader.AUTHORIZATION, Sasl.authorization(login)));
                });
        if (sent.body().length > 0) {
            var type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
            return request.body(new BytesRequestContent(type == null ? "application/octet-stream" : type, sent.body()));
        }
        return request;
    }

    private static HostFailure failure(String host, boolean left, Throwable cause) {
        for (var each = cause; each != null; each = each.getCause()) {
            if (each instanceof Refused refused) {
                return HostFailure.before(host, refused.reason, cause);
            }
        }
        var reason = reason(cause);
        return left ? HostFailure.after(host, reason, cause) : HostFailure.before(host, reason, cause);
    }

    private static Reason reason(Throwable cause) {
        return switch (cause) {
            case SSLException tls -> Wire.reason(tls);
            case TimeoutException ignored -> Reason.SILENT;
            case SocketTimeoutException ignored -> Reason.NOT_REACHED;
            case ConnectException ignored -> Reason.NOT_REACHED;
            case UnresolvedAddressException ignored -> Reason.UNKNOWN_HOST;
            case UnknownHostException ignored -> Reason.UNKNOWN_HOST;
            case IllegalArgumentException ignored -> Reason.TOO_MUCH;
            default -> Reason.NOT_UNDERSTOOD;
        };
    }

    /** A host that may not be connected to. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        Refused(HostFailure failure) {
            super(failure);
            this.reason = failure.reason();
        }
    }

    /** Resolves for each connection and gives addresses that may be connected to, or none. */
    private record Checked(Reach reach) implements SocketAddressResolver {
        @Override
        public void resolve(
                String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
            Thread.startVirtualThread(() -> {
                try {
                    promise.succeeded(reach.addresses(host).stream()
                            .map((InetAddress address) -> new InetSocketAddress(address, port))
                            .toList());
                } catch (HostFailure e) {
                    promise.failed(new Refused(e));
                } catch (RuntimeException e) {
                    promise.failed(e);
                }
            });
        }
    }

    @Override
    public synchronized void close() {
        if (started.isPresent()) {
            try {
                started.get().stop();
            } catch (Exception e) {
                throw new IllegalStateException("the client for hosts that people name did not stop", e);
            }
        }
    }
}
