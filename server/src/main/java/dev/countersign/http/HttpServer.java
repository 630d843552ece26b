package dev.countersign.http;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener and its routes. Every request runs on a virtual thread. */
public final class HttpServer implements AutoCloseable {
    /** A blocked stream holds one; Jetty's default of 200 would stop the server at 198 of them. */
    private static final int MOST_REQUESTS_AT_ONCE = 20_000;

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** How long requests under way may take to end when the server stops. */
    private static final long STOP_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to listen.
     *
     * @throws BindException when the address is taken or not ours
     * @throws IOException when the listener cannot start otherwise, e.g. on an unreadable keystore
     */
    public static HttpServer start(HttpSettings settings, List<Route> routes, ErrorPages errorPages)
            throws IOException {
        return start(settings, routes, errorPages, System::nanoTime);
    }

    /** @param nanoTime the time by which slow senders are cut off, as {@link System#nanoTime} tells it */
    static HttpServer start(HttpSettings settings, List<Route> routes, ErrorPages errorPages, LongSupplier nanoTime)
            throws IOException {
        var server = new Server(new VirtualThreadPool(MOST_REQUESTS_AT_ONCE));
        var connector = new ServerConnector(server, 1, 1, factories(settings));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        var dispatcher = new Dispatcher(settings, routes, errorPages);
        var sized = new SizeLimitHandler(settings.maxBodyBytes(), -1);
        sized.setHandler(new LeastBodyRate(dispatcher, nanoTime));
        var deadline = new HeaderDeadline(new Lingering(sized), nanoTime);
        connector.addEventListener(deadline);
        server.setHandler(deadline);
        server.setErrorHandler((request, response, callback) -> {
            answerUnread(response, callback);
            return true;
        });
        server.setStopTimeout(STOP_MILLIS);
        try {
            server.start();
        } catch (Exception e) {
            throw startFailure(server, e);
        }
        deadline.watch(connector.getScheduler());
        dispatcher.listensOn(connector.getLocalPort());
        return new HttpServer(server, connector);
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Lets requests under way end; what takes too long is cut off. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("requests were cut off: they took longer than {} ms to end", STOP_MILLIS);
        } catch (Exception e) {
            throw new IllegalStateException("the listener did not stop", e);
        }
    }

    private static ConnectionFactory[] factories(HttpSettings settings) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setHeaderCacheSize(0); // a token is longer than what it holds, so it would only cost its memory
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setRelativeRedirectAllowed(true);
        var plain = new HttpConnectionFactory(http);
        if (settings.tls().isEmpty()) {
            return new ConnectionFactory[] {plain};
        }
        http.addCustomizer(new SecureRequestCustomizer(false));
        var tls = new SslContextFactory.Server();
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePath(settings.tls().get().keystore().toUri().toString());
        tls.setKeyStorePassword(settings.tls().get().password());
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
    }

    /** Answers what could not be read as a request, or failed before an endpoint saw it. */
    private static void answerUnread(
            org.eclipse.jetty.server.Response response, org.eclipse.jetty.util.Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("X-Frame-Options", "DENY");
        var sentence = status == 413
                ? "The request is too large.\n"
                : status < 500 ? "The request could not be read.\n" : "Something went wrong on our side.\n";
        org.eclipse.jetty.io.Content.Sink.write(response, true, sentence, callback);
    }

    private static IOException startFailure(Server server, Exception failure) {
        try {
            server.stop();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        return switch (failure.getCause()) {
            case BindException bind -> bind;
            case null, default -> failure instanceof IOException io ? io : new IOException(failure);
        };
    }
}
