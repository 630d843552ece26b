package dev.countersign.risk;

import dev.countersign.connector.Effect;
import java.time.Duration;
import java.util.Map;

/**
 * Limits of the signals.
 *
 * @param window how long what a client read counts as known to it
 * @param signalsKept how long signals are kept
 * @param declinesToRaise so many declined questions of a client within {@link DecisionHistory#DECLINES_WINDOW} raise
 * @param declinesToEnd so many end its session
 * @param declinesRaiseFor how long a client is raised after the last of them
 * @param unremarkable calls an hour of each effect that are never remarked on, whatever the person's history
 * @param deviationsToRaise standard deviations from the person's own mean
 * @param deviationsToEnd standard deviations at which the session may end
 * @param timesToEnd the session ends only at so many times the person's own mean, and five times what is unremarkable
 */
public record RiskSettings(
        Duration window,
        Duration signalsKept,
        int declinesToRaise,
        int declinesToEnd,
        Duration declinesRaiseFor,
        Map<Effect, Integer> unremarkable,
        double deviationsToRaise,
        double deviationsToEnd,
        double timesToEnd) {
    /** What acts is repeated by clients that wait for its approval: a hundred calls an hour are no more than that. */
    public static final RiskSettings DEFAULT = new RiskSettings(
            Duration.ofMinutes(30),
            Duration.ofDays(90),
            3,
            6,
            Duration.ofMinutes(30),
            Map.of(Effect.READ, 200, Effect.WRITE, 100, Effect.SEND, 100, Effect.DELETE, 100),
            6,
            24,
            20);

    /** The same with so many calls an hour of each effect that are never remarked on. */
    public RiskSettings withUnremarkable(int reads, int acts) {
        return new RiskSettings(
                window,
                signalsKept,
                declinesToRaise,
                declinesToEnd,
                declinesRaiseFor,
                Map.of(Effect.READ, reads, Effect.WRITE, acts, Effect.SEND, acts, Effect.DELETE, acts),
                deviationsToRaise,
                deviationsToEnd,
                timesToEnd);
    }

    public RiskSettings {
        unremarkable = Map.copyOf(unremarkable);
        for (var effect : Effect.values()) {
            if (!unremarkable.containsKey(effect)) {
                throw new IllegalArgumentException("unremarkable calls an hour are missing for " + effect);
            }
        }
    }

    int unremarkable(Effect effect) {
        return unremarkable.getOrDefault(effect, 0);
    }
}
