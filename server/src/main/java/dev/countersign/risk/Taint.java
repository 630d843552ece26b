package dev.countersign.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What one client of one person read within the window: whether private data, and which names in text of others. It ends by
 * time only. Guarded by its {@link History}.
 */
final class Taint {
    /** About a megabyte of memory; with more, the oldest are forgotten and what is unknown counts as one of them. */
    private static final int MOST_NAMES = 4_000;

    private final Duration window;
    private final SequencedMap<String, Provenance> places = new LinkedHashMap<>();
    private Instant privateAt = Instant.MIN;
    private Optional<Provenance> lastForeign = Optional.empty();
    private Optional<Provenance> tooMuch = Optional.empty();

    Taint(Duration window) {
        this.window = window;
    }

    void readPrivate(Instant at) {
        privateAt = at.isAfter(privateAt) ? at : privateAt;
    }

    void readForeign(Found found) {
        var provenance = found.provenance();
        lastForeign = later(lastForeign, provenance);
        if (found.more()) {
            tooMuch = later(tooMuch, provenance);
        }
        for (var name : found.names()) {
            places.remove(name);
            places.putLast(name, provenance);
        }
        while (places.size() > MOST_NAMES) {
            tooMuch = later(tooMuch, places.pollFirstEntry().getValue());
        }
    }

    /** Private data and text of others were read within the window. */
    boolean complete(Instant now) {
        return within(privateAt, now) && lastForeign(now).isPresent();
    }

    Optional<Provenance> lastForeign(Instant now) {
        return lastForeign.filter(provenance -> within(provenance.readAt(), now));
    }

    /** Where a name was read last. */
    Optional<Provenance> place(String name, Instant now) {
        return Optional.ofNullable(places.get(name)).filter(provenance -> within(provenance.readAt(), now));
    }

    /** The last text that named more than is remembered: any name may have stood in it. */
    Optional<Provenance> tooMuch(Instant now) {
        return tooMuch.filter(provenance -> within(provenance.readAt(), now));
    }

    /** Whether this was remembered from the same text a moment ago, so that it need not be remembered again. */
    boolean holds(Found found, Instant since) {
        return lastForeign.filter(last -> !last.readAt().isBefore(since)).isPresent()
                && !found.more()
                && found.names().stream()
                        .allMatch(name -> Optional.ofNullable(places.get(name))
                                .filter(known -> known.sameText(found.provenance()))
                                .filter(known -> !known.readAt().isBefore(since))
                                .isPresent());
    }

    boolean readPrivateSince(Instant since) {
        return !privateAt.isBefore(since);
    }

    /** Forgets what is outside the window; true when nothing is left. */
    boolean expire(Instant now) {
        while (!places.isEmpty() && !within(places.firstEntry().getValue().readAt(), now)) {
            places.pollFirstEntry();
        }
        return places.isEmpty()
                && !within(privateAt, now)
                && lastForeign(now).isEmpty()
                && tooMuch(now).isEmpty();
    }

    private boolean within(Instant at, Instant now) {
        return at.isAfter(now.minus(window));
    }

    private static Optional<Provenance> later(Optional<Provenance> known, Provenance other) {
        return known.filter(provenance -> provenance.readAt().isAfter(other.readAt()))
                .or(() -> Optional.of(other));
    }
}
