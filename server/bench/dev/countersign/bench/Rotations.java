package dev.countersign.bench;

import dev.countersign.bench.Attached.Client;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Refresh tokens rotated at the token endpoint, from another process: each client on a connection of its own, one rotation
 * after the other, all at once, and each with the token that the last answer gave it.
 */
final class Rotations {
    private static final String TOKEN = "\"refresh_token\":\"";
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final URI server;
    private final List<Rotating> clients = new ArrayList<>();

    /** One client. */
    private static final class Rotating {
        private final String form;
        private final String head;
        private String token;
        private int calls;

        private Rotating(URI server, Client client) {
            this.form = "grant_type=refresh_token&client_id=" + encoded(client.login().clientId()) + "&resource="
                    + encoded(server.resolve("/mcp").toString()) + "&refresh_token=";
            this.head = "POST /token HTTP/1.1\r\nHost: " + server.getAuthority()
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
            this.token = client.tokens().refreshToken();
        }

        private byte[] request() {
            return (head + (form.length() + token.length()) + "\r\n\r\n" + form + token)
                    .getBytes(StandardCharsets.US_ASCII);
        }

        private void take(String body) throws IOException {
            int from = body.indexOf(TOKEN) + TOKEN.length();
            var next = from < TOKEN.length() ? token : body.substring(from, body.indexOf('"', from));
            if (next.equals(token)) {
                throw new IOException("no new refresh token");
            }
            token = next;
            calls++;
        }
    }

    private record Connection(Exchange exchange, Rotating client) {}

    Rotations(Attached attached) {
        this.server = attached.url();
        attached.clients().forEach(client -> clients.add(new Rotating(server, client)));
    }

    double perSecond(int seconds) throws IOException {
        clients.forEach(client -> client.calls = 0);
        long start = System.nanoTime();
        try (var selector = Selector.open()) {
            for (var client : clients) {
                var connection = new Connection(Exchange.open(server.getPort()), client);
                connection.exchange.channel().register(
                        selector, SelectionKey.OP_READ, connection);
                connection.exchange.send(client.request());
            }
            rotate(selector, start + TimeUnit.SECONDS.toNanos(seconds));
            for (var key : selector.keys()) {
                key.channel().close();
            }
        }
        return clients.stream().mapToInt(client -> client.calls).sum() * 1e9 / (System.nanoTime() - start);
    }

    /** Begins no rotation after the end, and waits for those that are under way: no client loses its token. */
    private void rotate(Selector selector, long end) throws IOException {
        for (int underWay = clients.size(); underWay > 0; ) {
            if (selector.select(TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS)) == 0) {
                throw new IOException("the token endpoint gave no answer");
            }
            for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                var connection = (Connection) keys.next().attachment();
                keys.remove();
                var body = connection.exchange.read();
                if (body.isEmpty()) {
                    continue;
                }
                connection.client.take(body.get());
                if (System.nanoTime() < end) {
                    connection.exchange.send(connection.client.request());
                } else {
                    underWay--;
                }
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
