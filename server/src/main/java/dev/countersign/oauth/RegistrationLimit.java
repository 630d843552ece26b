package dev.countersign.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.http.Request;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many clients may register from one network address in an hour. */
final class RegistrationLimit {
    static final Duration WINDOW = Duration.ofHours(1);

    private final int most;
    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(WINDOW).build();

    RegistrationLimit(int most) {
        this.most = most;
    }

    boolean allows(Request.Client client) {
        return counts.get(client.network(), network -> new AtomicInteger()).incrementAndGet() <= most;
    }
}
