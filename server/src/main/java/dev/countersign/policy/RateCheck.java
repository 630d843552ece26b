package dev.countersign.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Refuses a client that calls faster than anybody reads. Counts by person and client in fixed minutes, on this node. */
final class RateCheck implements Check {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 100_000;

    private final int mostInAWindow;
    private final Clock clock;
    private final Cache<Key, AtomicInteger> calls = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(WINDOW.multipliedBy(2))
            .executor(Runnable::run)
            .build();

    private record Key(String userId, String clientId, long window) {}

    RateCheck(int mostInAWindow, Clock clock) {
        this.mostInAWindow = mostInAWindow;
        this.clock = clock;
    }

    @Override
    public Verdict check(ToolCall call) {
        long now = clock.millis();
        long window = now / WINDOW.toMillis();
        var key = new Key(call.principal().userId(), call.principal().clientId(), window);
        if (calls.get(key, any -> new AtomicInteger()).incrementAndGet() <= mostInAWindow) {
            return Check.pass(call);
        }
        long seconds = Math.ceilDiv((window + 1) * WINDOW.toMillis() - now, 1000);
        return Check.deny(
                "rate",
                "Too many calls: " + mostInAWindow + " a minute are allowed. Wait " + seconds
                        + " seconds, then call again.");
    }
}
