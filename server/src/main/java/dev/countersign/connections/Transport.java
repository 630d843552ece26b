package dev.countersign.connections;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * HTTP to providers: no redirect is followed, a connection stands within 3 s, and an answer is there within its time and
 * size or not at all.
 */
final class Transport implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Made by the first request: reading the trusted certificates takes a while. */
    private Optional<HttpClient> made = Optional.empty();

    private boolean closed;

    /** The request did not get its answer. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean sent;

        Failed(boolean sent, Throwable cause) {
            super(sent ? "no answer" : "not sent", cause);
            this.sent = sent;
        }

        /** Whether it may have reached the provider. */
        boolean sent() {
            return sent;
        }
    }

    /**
     * Sends and waits for the whole answer.
     *
     * @throws InterruptedException when the one who asked has gone; the request may have reached the provider
     */
    HttpResponse<byte[]> send(HttpRequest.Builder request, Duration atMost, long mostBytes)
            throws Failed, InterruptedException {
        var built = request.build();
        if ("http".equals(built.uri().getScheme())) {
            // in clear the client would ask each time whether the other side speaks HTTP/2
            built = request.version(HttpClient.Version.HTTP_1_1).build();
        }
        var answer = client().sendAsync(built, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
        try {
            return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Failed(true, e);
        } catch (ExecutionException e) {
            throw new Failed(mayHaveLeft(e), Optional.ofNullable(e.getCause()).orElse(e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private synchronized HttpClient client() throws Failed {
        if (closed) {
            throw new Failed(false, new IOException("the server is stopping"));
        }
        var http = made.orElseGet(() -> HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        made = Optional.of(http);
        return http;
    }

    private static boolean mayHaveLeft(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        made.ifPresent(HttpClient::shutdownNow);
    }

    /** For those who must tell an unreadable answer from none. */
    static boolean unread(Failed failed) {
        return failed.getCause() instanceof IOException io
                && String.valueOf(io.getMessage()).contains("body exceeds");
    }
}
