package dev.countersign.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Hears what the server says by itself in a session. MCP 2025-11-25, listening for messages. */
final class LegacyListening {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final McpPost endpoint;
    private final LegacySession session;
    private final ClientPipe client;

    /** The session that is listened to, or that cannot be. */
    private Optional<LegacySession.Open> heard = Optional.empty();

    private Optional<Thread> thread = Optional.empty();

    LegacyListening(McpPost endpoint, LegacySession session, ClientPipe client) {
        this.endpoint = endpoint;
        this.session = session;
        this.client = client;
    }

    /** Listens to the session that is open now, unless it does so already or the server has nothing to say. */
    synchronized void begin() {
        var open = session.open();
        if (open.isPresent() && !open.equals(heard)) {
            end();
            heard = open;
            thread = Optional.of(Thread.ofVirtual().name("listening").start(() -> listen(open.get())));
        }
    }

    synchronized void end() {
        thread.ifPresent(Thread::interrupt);
    }

    private void listen(LegacySession.Open open) {
        try {
            var pause = SHORTEST;
            var heard = Heard.SOMETHING;
            while (heard != Heard.NEVER && session.open().equals(Optional.of(open))) {
                heard = hear(open);
                pause = heard == Heard.SOMETHING ? SHORTEST : longer(pause);
                if (heard != Heard.LOST) {
                    Thread.sleep(pause); // not a wait for anything: it spares a server that is down
                }
            }
            begin();
        } catch (SignInException e) {
            forget(open); // until the client's next request has signed in
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private enum Heard {
        SOMETHING,
        /** The connection broke, or the server is not there. */
        NOTHING,
        /** The server has lost the session. */
        LOST,
        /** The server says nothing by itself. */
        NEVER
    }

    /** Listens until the stream ends. */
    private Heard hear(LegacySession.Open open) throws InterruptedException, SignInException {
        try {
            var response = endpoint.listen(open.headers());
            return switch (response.statusCode()) {
                case 200 -> {
                    ServerMessages.read(response, message -> client.send(message.line()));
                    yield Heard.SOMETHING;
                }
                case 404 -> {
                    response.body().close();
                    session.renew(open, false);
                    yield Heard.LOST;
                }
                default -> {
                    response.body().close();
                    yield response.statusCode() == 405 ? Heard.NEVER : Heard.NOTHING;
                }
            };
        } catch (IOException e) {
            return Heard.NOTHING;
        }
    }

    private synchronized void forget(LegacySession.Open open) {
        if (heard.equals(Optional.of(open))) {
            heard = Optional.empty();
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }
}
