package dev.countersign.client;

import java.io.IOException;

/** Requests, notifications and answers of clients of 2025-11-25 and older, within the one session of such a client. */
final class LegacyRequests {
    private static final String INITIALIZE = "initialize";
    private static final String INITIALIZED = "notifications/initialized";

    private final LegacySession session;
    private final LegacyListening listening;

    LegacyRequests(McpPost endpoint, ClientPipe client) {
        this.session = new LegacySession(endpoint);
        this.listening = new LegacyListening(endpoint, session, client);
    }

    /** Gives the status of the answer, which counts where there was no message in it. */
    int serve(RpcMessage message, String method, UnderWay request)
            throws IOException, InterruptedException, SignInException {
        boolean begins = method.equals(INITIALIZE);
        var response = begins ? session.begin(message) : session.post(message, true);
        ServerMessages.read(response, each -> {
            if (begins) {
                session.opened(message, response, each);
            } else if (each.result().isObject()) {
                session.remember(message, method);
            }
            request.pass(each);
        });
        if (!begins) {
            listening.begin(); // again, where the session is another
        }
        return response.statusCode();
    }

    /** Passes on a notification, or the answer to a request of the server's. Says whether the server took it. */
    boolean tell(RpcMessage message) throws IOException, InterruptedException, SignInException {
        var response = session.post(message, false);
        response.body().close();
        if (message.kind() instanceof RpcMessage.Kind.Notification(var method) && method.equals(INITIALIZED)) {
            listening.begin();
        }
        return response.statusCode() / 100 == 2;
    }

    boolean hasBegun() {
        return session.open().isPresent();
    }

    void end() throws IOException, InterruptedException {
        listening.end();
        session.end();
    }
}
