package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Changes that carry an {@code Idempotency-Key}: the second request with the same key, person and address is answered as
 * the first was, for a day. What failed is not remembered, so that it may be tried again.
 */
final class Repeats {
    static final String HEADER = "Idempotency-Key";

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Store store;
    private final Clock clock;

    /** Requests of one key wait for each other; two keys may share a lock. */
    private final List<Lock> locks =
            Stream.generate(ReentrantLock::new).limit(64).map(Lock.class::cast).toList();

    record Kept(int status, List<Answer.Header> headers, String body) {}

    Repeats(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Answer once(Person person, Incoming request, Supplier<Answer> work) {
        var key = request.header(HEADER);
        if (key.isEmpty()) {
            return work.get();
        }
        var hash = Secrets.sha256(String.join("\n", person.id(), request.method(), request.path(), key.get()));
        var lock = locks.get(Math.floorMod(hash.hashCode(), locks.size()));
        lock.lock();
        try {
            var before = store.read(
                    db -> db.one("SELECT answer FROM repeat_key WHERE hash = ?", row -> row.getString(1), hash));
            if (before.isPresent()) {
                return answer(Json.read(before.get(), Kept.class));
            }
            var answer = work.get();
            keep(hash, answer);
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void keep(String hash, Answer answer) {
        var kept = new Kept(
                answer.status(), answer.headers(), new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        store.write(db -> {
            db.run("DELETE FROM repeat_key WHERE at < ?", clock.instant().minus(REMEMBERED));
            return db.run(
                    "INSERT INTO repeat_key (hash, answer, at) VALUES (?, ?, ?)",
                    hash,
                    Json.text(kept),
                    clock.instant());
        });
    }

    private static Answer answer(Kept kept) {
        return new Answer(
                kept.status(),
                kept.headers(),
                kept.body().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Answer.Delivery.SENT);
    }
}
