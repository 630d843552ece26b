package dev.countersign.connector.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What shall fail: for everybody, for one person, or for the one request that carries the header. */
final class Faults {
    /** Names a fault for this one request, e.g. {@code drop-after}. */
    static final String HEADER = "X-Sandbox-Fault";

    private final List<Rule> rules = new ArrayList<>();

    /**
     * One thing that was told.
     *
     * @param person an address; empty for everybody
     * @param operation empty for all
     * @param left how many requests it still meets; empty for no end
     */
    record Rule(Optional<String> person, Optional<Operation> operation, Fault fault, String word, OptionalInt left) {
        boolean meets(Operation asked, Optional<String> who) {
            return operation.map(asked::equals).orElse(true)
                    && person.map(address -> who.equals(Optional.of(address))).orElse(true);
        }
    }

    /** Takes {@code mail-send → 403} and the like. Fails with {@link IllegalArgumentException} that says what is allowed. */
    Faults(Map<String, String> told) {
        told.forEach((operation, fault) -> add(Optional.empty(), operation, fault, OptionalInt.empty()));
    }

    synchronized void add(Optional<String> person, String operation, String fault, OptionalInt times) {
        var which = Operation.named(operation);
        var parsed = Fault.named(fault, which);
        if (times.isPresent() && times.getAsInt() < 1) {
            throw new IllegalArgumentException("times must be 1 or more");
        }
        rules.add(new Rule(person, which, parsed, fault, times));
    }

    synchronized void clear() {
        rules.clear();
    }

    synchronized List<Rule> rules() {
        return List.copyOf(rules);
    }

    /** The fault that this request meets, and counts it. The header goes first, then the person's rules, then everybody's. */
    Optional<Fault> take(Operation operation, Optional<String> person, Optional<String> header) {
        if (header.isPresent()) {
            try {
                return header.map(word -> Fault.named(word, Optional.of(operation)));
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid(HEADER + ": " + e.getMessage());
            }
        }
        return taken(operation, person);
    }

    private synchronized Optional<Fault> taken(Operation operation, Optional<String> person) {
        var met = rules.stream()
                .filter(rule -> rule.meets(operation, person))
                .min((a, b) -> Boolean.compare(a.person().isEmpty(), b.person().isEmpty()));
        met.filter(rule -> rule.left().isPresent()).ifPresent(this::count);
        return met.map(Rule::fault);
    }

    private void count(Rule rule) {
        var at = rules.indexOf(rule);
        var left = rule.left().orElseThrow() - 1;
        if (left == 0) {
            rules.remove(at);
        } else {
            rules.set(at, new Rule(rule.person(), rule.operation(), rule.fault(), rule.word(), OptionalInt.of(left)));
        }
    }

    /** Does the work as the fault has it. {@link Fault.NarrowerScopes} is for the token endpoint, which looks itself. */
    static Answer through(Optional<Fault> fault, Supplier<Answer> work) {
        if (fault.isEmpty()) {
            return work.get();
        }
        return switch (fault.get()) {
            case Fault.Slow slow -> {
                sleep(slow.delay());
                yield work.get();
            }
            case Fault.Status told -> failed(told).answer();
            case Fault.BrokenJson ignored -> work.get().broken();
            case Fault.InvalidGrant ignored -> new Refusal(400, "invalid_grant", "The grant is not valid.").answer();
            case Fault.NarrowerScopes ignored -> work.get();
            case Fault.NoAnswer none -> (none.effectDone() ? work.get() : Answer.empty()).delivered(none.delivery());
        };
    }

    private static Refusal failed(Fault.Status told) {
        var refusal = switch (told.status()) {
            case 401 ->
                new Refusal(401, "invalid_token", "The access token is not valid.")
                        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            case 403 -> Refusal.forbidden("The organisation does not allow this.");
            case 429 -> new Refusal(429, "rate_limited", "Too many requests. Wait, then try again.");
            default -> new Refusal(told.status(), "temporarily_unavailable", "The service is not available.");
        };
        return told.retryAfter()
                .map(wait -> refusal.with("Retry-After", Long.toString(wait.toSeconds())))
                .orElse(refusal);
    }

    /** A slow provider is slow by the wall, not by the sandbox's clock. */
    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "temporarily_unavailable", "The service is stopping.");
        }
    }
}
