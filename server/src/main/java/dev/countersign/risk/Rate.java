package dev.countersign.risk;

import dev.countersign.risk.Signal.Response;
import java.util.HashMap;
import java.util.Map;

/**
 * How often one person calls tools of one effect: the running hour against the mean of the hours in which they called at all.
 * Mean and variance are exponentially weighted. Guarded by its {@link History}.
 */
final class Rate {
    /** An hour's weight once there are many; SECURITY section 5.2. */
    private static final double LEAST_WEIGHT = 0.05;

    /** What is assumed of a new person weighs as much as so many hours of their own. */
    private static final int ASSUMED_HOURS = 4;

    /** An hour teaches at most so many deviations: who raises the rate slowly does not raise the bound with it. */
    private static final double MOST_TAUGHT_DEVIATIONS = 3;

    private static final int END_FLOOR_TIMES = 5;

    /** What lasts. Times are hours since 1970; {@code calls} are those of the running hour, of all clients. */
    record Kept(long hour, int calls, int hours, double mean, double variance) {}

    /**
     * One call's reading.
     *
     * @param crossed whether this call is the first of the hour that gets this response
     * @param calls what was compared: the person's calls, or for {@code END_SESSION} the client's
     */
    record Reading(Response response, boolean crossed, int calls, double mean, double deviations) {}

    private final int unremarkable;
    private final RiskSettings settings;
    private final Map<String, Integer> byClient = new HashMap<>();
    private Kept kept;
    private boolean raised;

    Rate(int unremarkable, RiskSettings settings) {
        this.unremarkable = unremarkable;
        this.settings = settings;
        double half = unremarkable / 2.0;
        this.kept = new Kept(0, 0, 0, half, half * half);
    }

    void restore(Kept stored, Map<String, Integer> calls) {
        kept = stored;
        byClient.clear();
        byClient.putAll(calls);
        raised = raises();
    }

    Kept kept() {
        return kept;
    }

    Map<String, Integer> byClient() {
        return Map.copyOf(byClient);
    }

    /** Whether the person is raised in this hour. */
    boolean raised(long hour) {
        return raised && hour <= kept.hour;
    }

    /** Counts a call. Only a client's own calls end its session; those of all raise. */
    Reading count(String clientId, long hour) {
        if (hour > kept.hour) {
            begin(hour);
        }
        kept = new Kept(kept.hour, kept.calls + 1, kept.hours, kept.mean, kept.variance);
        int own = byClient.merge(clientId, 1, Integer::sum);
        if (ends(own)) {
            byClient.remove(clientId); // the person may allow it anew
            raised = true;
            return new Reading(Response.END_SESSION, true, own, kept.mean, deviations(own));
        }
        boolean crossed = !raised && raises();
        raised |= crossed;
        return new Reading(
                raised ? Response.RAISE : Response.NOTE, crossed, kept.calls, kept.mean, deviations(kept.calls));
    }

    private void begin(long hour) {
        if (kept.calls > 0) {
            kept = learned();
        }
        kept = new Kept(hour, 0, kept.hours, kept.mean, kept.variance);
        byClient.clear();
        raised = false;
    }

    private Kept learned() {
        double calls = Math.min(kept.calls, kept.mean + MOST_TAUGHT_DEVIATIONS * spread());
        double weight = Math.max(LEAST_WEIGHT, 1.0 / (kept.hours + ASSUMED_HOURS + 1));
        double difference = calls - kept.mean;
        return new Kept(
                kept.hour,
                kept.calls,
                kept.hours + 1,
                kept.mean + weight * difference,
                (1 - weight) * (kept.variance + weight * difference * difference));
    }

    private boolean raises() {
        return kept.calls > unremarkable && deviations(kept.calls) > settings.deviationsToRaise();
    }

    private boolean ends(int own) {
        return own > unremarkable * END_FLOOR_TIMES
                && own > kept.mean * settings.timesToEnd()
                && deviations(own) > settings.deviationsToEnd();
    }

    private double deviations(int calls) {
        return (calls - kept.mean) / spread();
    }

    /** Calls come in bursts: the spread is never taken as less than that of independent ones. */
    private double spread() {
        return Math.max(Math.max(Math.sqrt(kept.variance), Math.sqrt(kept.mean)), 1);
    }
}
