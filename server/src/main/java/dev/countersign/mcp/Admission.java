package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/** How many calls of one person run at once: nobody's clients take the others' share. */
final class Admission {
    /** A model calls a handful of tools at once; a person has a handful of clients. */
    static final int MOST_OF_ONE_PERSON = 64;

    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /** One call; closing it makes room. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** Fails with HTTP 429 and {@code Retry-After} when too many run. */
    Permit enter(String userId, JsonRpc.Call call, Response response) {
        int now = running.merge(userId, 1, Integer::sum);
        if (now > MOST_OF_ONE_PERSON) {
            leave(userId);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            throw new RpcException(
                    429,
                    JsonRpc.INVALID_REQUEST,
                    "This person has too many calls under way. Wait for some of them, then call again.",
                    Optional.of(call.id()),
                    Optional.empty());
        }
        return () -> leave(userId);
    }

    private void leave(String userId) {
        running.computeIfPresent(userId, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Persons with a call under way. */
    int size() {
        return running.size();
    }
}
