package dev.countersign.oauth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * Fetches a JSON document from an address that a stranger names. https only; the host is resolved once, every address it has must
 * pass, and the connection goes to one of these very addresses; no redirects, no cookies, no proxy, no compression; status
 * 200; small and soon or not at all.
 */
public final class SafeFetch implements AutoCloseable {
    private static final int MOST_BYTES = 5 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    /** Hosts are named by anybody; the client would keep each of them for good. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    private final Resolver resolver;
    private final Predicate<InetAddress> allowed;
    private final SslContextFactory.Client tls;

    /** Started by the first fetch: most servers never make one, and reading the trusted certificates takes a while. */
    private Optional<HttpClient> started = Optional.empty();

    /** A document and its headers. */
    record Fetched(byte[] body, HttpFields headers) {}

    /** Gives the addresses of a host. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws IOException;
    }

    /** To hosts of the public internet with certificates that this Java trusts. */
    public SafeFetch() {
        this(InetAddress::getAllByName, new PublicAddresses(), new SslContextFactory.Client());
    }

    /**
     * @param allowed which addresses may be connected to
     * @param tls whose certificates are trusted
     */
    public SafeFetch(Resolver resolver, Predicate<InetAddress> allowed, SslContextFactory.Client tls) {
        this.resolver = resolver;
        this.allowed = allowed;
        this.tls = tls;
    }

    private synchronized HttpClient client() {
        if (started.isEmpty()) {
            started = Optional.of(start());
        }
        return started.get();
    }

    private HttpClient start() {
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        var client = new HttpClient();
        client.setSslContextFactory(tls);
        client.setExecutor(new VirtualThreadPool());
        client.setSocketAddressResolver(new Checked(resolver, allowed));
        client.setFollowRedirects(false);
        client.setConnectTimeout(DEADLINE.toMillis());
        client.setMaxConnectionsPerDestination(2);
        client.setIdleTimeout(DEADLINE.toMillis());
        client.setDestinationIdleTimeout(FORGOTTEN_AFTER.toMillis());
        client.setMaxResponseHeadersSize(8 * 1024);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the client for metadata documents did not start", e);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        return client;
    }

    /**
     * The document at this address.
     *
     * @throws IOException with a reason for the log when there is none to be had
     */
    Fetched json(URI uri) throws IOException {
        if (!"https".equals(uri.getScheme())) {
            throw new IOException("not https");
        }
        var response = send(uri);
        if (response.getStatus() != 200) {
            throw new IOException("status " + response.getStatus());
        }
        var type = String.valueOf(response.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !(type.startsWith("application/") && type.endsWith("+json"))) {
            throw new IOException("not JSON by its media type");
        }
        if (response.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
            throw new IOException("compressed, which was not asked for");
        }
        return new Fetched(response.getContent(), response.getHeaders());
    }

    private ContentResponse send(URI uri) throws IOException {
        var request = client().newRequest(uri)
                .headers(headers ->
                        headers.put(HttpHeader.ACCEPT, "application/json").put(HttpHeader.CONNECTION, "close"))
                .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<ContentResponse> answer = new CompletableResponseListener(request, MOST_BYTES).send();
        try {
            return answer.get(DEADLINE.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer", e.getCause());
        } catch (TimeoutException e) {
            var _ = request.abort(e);
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            var _ = request.abort(e);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public synchronized void close() {
        if (started.isPresent()) {
            try {
                started.get().stop();
            } catch (Exception e) {
                throw new IllegalStateException("the client for metadata documents did not stop", e);
            }
        }
    }

    /** Resolves for each connection and refuses a host of which one address is not allowed. */
    private record Checked(Resolver resolver, Predicate<InetAddress> allowed) implements SocketAddressResolver {
        @Override
        public void resolve(
                String host,
                int port,
                java.util.Map<String, Object> context,
                Promise<List<InetSocketAddress>> promise) {
            Thread.startVirtualThread(() -> {
                try {
                    var addresses = List.of(resolver.resolve(bare(host)));
                    if (addresses.isEmpty() || !addresses.stream().allMatch(allowed)) {
                        throw new IOException("the host has an address that is not public");
                    }
                    promise.succeeded(addresses.stream()
                            .map(address -> new InetSocketAddress(address, port))
                            .toList());
                } catch (IOException | RuntimeException e) {
                    promise.failed(e);
                }
            });
        }

        private static String bare(String host) {
            return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        }
    }
}
