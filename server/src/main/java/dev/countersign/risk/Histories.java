package dev.countersign.risk;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.countersign.connector.Effect;
import dev.countersign.store.CallRateTable;
import dev.countersign.store.CallRateTable.ClientCalls;
import dev.countersign.store.CallRateTable.RateRow;
import dev.countersign.store.Database;
import dev.countersign.store.ForeignReadTable;
import dev.countersign.store.ForeignReadTable.ReadRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** People's histories: read from disk at a person's first call, in memory from then on. */
final class Histories {
    /** Longer than all that a history remembers without writing it down at once. */
    private static final Duration IDLE = Duration.ofHours(2);

    private final Database database;
    private final ForeignReadTable reads = new ForeignReadTable();
    private final CallRateTable rates = new CallRateTable();
    private final ReadSeal seal;
    private final Recipients recipients;
    private final SignalLog signals;
    private final RiskSettings settings;
    private final Clock clock;
    private final LoadingCache<String, History> people = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .build(this::load);

    private record Stored(List<ReadRow> reads, List<RateRow> rates, List<ClientCalls> byClient) {}

    Histories(
            Database database,
            ReadSeal seal,
            Recipients recipients,
            SignalLog signals,
            RiskSettings settings,
            Clock clock) {
        this.database = database;
        this.seal = seal;
        this.recipients = recipients;
        this.signals = signals;
        this.settings = settings;
        this.clock = clock;
    }

    History of(String userId) {
        return people.get(userId);
    }

    private History load(String userId) {
        var now = clock.instant();
        var history = new History(userId, settings);
        var stored = database.read(c -> new Stored(
                reads.of(c, userId, now.minus(settings.window())), rates.of(c, userId), rates.byClient(c, userId)));
        for (var row : stored.reads) {
            history.restoreRead(row.clientId(), row.at(), seal.open(row));
        }
        for (var row : stored.rates) {
            history.restoreRate(
                    Effect.valueOf(row.effect()),
                    new Rate.Kept(row.hour(), row.calls(), row.hours(), row.mean(), row.variance()),
                    stored.byClient.stream()
                            .filter(calls -> calls.effect().equals(row.effect()))
                            .collect(Collectors.toMap(ClientCalls::clientId, ClientCalls::calls)));
        }
        for (var signal : signals.declines(userId, now, settings.declinesRaiseFor())) {
            var until = signal.at().plus(settings.declinesRaiseFor());
            signal.clientId().ifPresent(client -> history.restoreDeclines(client, until, signal.words()));
        }
        recipients.load(history);
        return history;
    }
}
