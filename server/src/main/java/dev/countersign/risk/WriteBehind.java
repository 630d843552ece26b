package dev.countersign.risk;

import dev.countersign.store.CallRateTable;
import dev.countersign.store.CallRateTable.RateRow;
import dev.countersign.store.Database;
import dev.countersign.store.ForeignReadTable;
import dev.countersign.store.ForeignReadTable.ReadRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what calls read and how many there were, after they were answered. What a client read is on disk as soon as the
 * database takes it, calls within a second: a kill loses no more.
 */
final class WriteBehind implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
    private static final Duration COUNTS_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_IN_A_GROUP = 256;

    /** One read of a client; the names of other people's text in it. */
    record Read(String userId, String clientId, Instant at, List<Found> foreign) {}

    private record Reader(String userId, String clientId) {}

    private record State(RateRow row, Map<String, Integer> byClient) {}

    private final Database database;
    private final ForeignReadTable reads = new ForeignReadTable();
    private final CallRateTable rates = new CallRateTable();
    private final ReadSeal seal;
    private final SignalLog signals;
    private final RiskSettings settings;
    private final Clock clock;
    /** An empty one only wakes the thread. */
    private final BlockingQueue<Optional<Read>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

    private final Set<History> counted = ConcurrentHashMap.newKeySet();
    private final Thread writing;
    private long countsWrittenAt = System.nanoTime();
    private Instant sweptAt = Instant.MIN;
    private volatile boolean closed;

    WriteBehind(Database database, ReadSeal seal, SignalLog signals, RiskSettings settings, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.signals = signals;
        this.settings = settings;
        this.clock = clock;
        this.writing = Thread.ofVirtual().name("risk-write-behind").unstarted(this::writeUntilClosed);
    }

    WriteBehind start() {
        writing.start();
        return this;
    }

    void read(Read read) {
        if (closed || !waiting.offer(Optional.of(read))) {
            writeReads(List.of(read));
        }
    }

    void counted(History history) {
        counted.add(history);
    }

    @Override
    public void close() {
        closed = true;
        waiting.offer(Optional.empty()); // an interrupt would break off what is being written
        try {
            writing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var rest = new ArrayList<Optional<Read>>();
        waiting.drainTo(rest);
        guarded("the last reads", () -> writeReads(reads(rest)));
        guarded("the last counts", this::writeCounts);
    }

    private void writeUntilClosed() {
        while (!closed) {
            var group = new ArrayList<Optional<Read>>();
            try {
                var first = waiting.poll(COUNTS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                }
            } catch (InterruptedException e) {
                return; // nobody interrupts it but the end of the process
            }
            waiting.drainTo(group, MOST_IN_A_GROUP - 1);
            guarded("reads", () -> writeReads(reads(group)));
            if (System.nanoTime() - countsWrittenAt >= COUNTS_EVERY.toNanos()) {
                countsWrittenAt = System.nanoTime();
                guarded("counts", this::writeCounts);
            }
            guarded("what is over", this::sweep);
        }
    }

    private static List<Read> reads(List<Optional<Read>> group) {
        return group.stream().flatMap(Optional::stream).toList();
    }

    private static void guarded(String what, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            LOG.error("risk could not write {}", what, e); // it stays in memory, where the rules read it
        }
    }

    private void writeReads(List<Read> group) {
        var together = new LinkedHashMap<Reader, List<Read>>();
        for (var read : group) {
            together.computeIfAbsent(new Reader(read.userId, read.clientId), key -> new ArrayList<>())
                    .add(read);
        }
        var rows = together.values().stream().map(this::row).toList();
        if (!rows.isEmpty()) {
            database.write(c -> {
                for (var row : rows) {
                    reads.insert(c, row);
                }
                return rows.size();
            });
        }
    }

    private ReadRow row(List<Read> of) {
        var last = of.getLast();
        var foreign = of.stream().flatMap(read -> read.foreign.stream()).toList();
        return seal.row(last.userId, last.clientId, last.at, foreign);
    }

    private void writeCounts() {
        var people = List.copyOf(counted);
        if (people.isEmpty()) {
            return;
        }
        people.forEach(counted::remove); // a call that is counted from here on puts its person back
        // read before the write: the writing thread never waits for a history's lock
        var states = people.stream().map(this::states).flatMap(List::stream).toList();
        database.write(c -> {
            for (var state : states) {
                rates.put(c, state.row, state.byClient);
            }
            return states.size();
        });
    }

    private List<State> states(History person) {
        return person.rates().stream()
                .map(rate -> new State(
                        new RateRow(
                                person.userId(),
                                rate.effect().name(),
                                rate.kept().hour(),
                                rate.kept().calls(),
                                rate.kept().hours(),
                                rate.kept().mean(),
                                rate.kept().variance()),
                        rate.byClient()))
                .toList();
    }

    private void sweep() {
        var now = clock.instant();
        if (sweptAt.isAfter(now.minus(SWEEP_EVERY))) {
            return;
        }
        sweptAt = now;
        database.write(c -> reads.deleteOlder(c, now.minus(settings.window())));
        signals.deleteUntil(now.minus(settings.signalsKept()));
    }
}
