package dev.countersign.connector.sandbox;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way in which the provider fails when it is told to. */
sealed interface Fault {
    String ALLOWED = "slow[:3s], 401, 403, 429[:seconds], 500, 502, 503[:seconds], 504, broken-json, drop-before, "
            + "drop-after, hold-before, hold-after, and for token also invalid_grant and narrower-scopes[:scope+scope]";

    /** Answers rightly, but late. */
    record Slow(Duration delay) implements Fault {}

    /** Answers with this status and does nothing. */
    record Status(int status, Optional<Duration> retryAfter) implements Fault {}

    /** Does what was asked and answers with half of the JSON. */
    record BrokenJson() implements Fault {}

    /** The token endpoint refuses code and refresh token alike, and consumes neither. */
    record InvalidGrant() implements Fault {}

    /** The token endpoint gives less than was asked; an empty set drops everything that writes or sends. */
    record NarrowerScopes(Set<Scope> dropped) implements Fault {
        public NarrowerScopes {
            dropped = Set.copyOf(dropped);
        }
    }

    /** Never answers: closes the connection or holds it open, before the effect or after it. */
    record NoAnswer(boolean effectDone, Answer.Delivery delivery) implements Fault {}

    /** Reads {@code 429:7} and the like. Fails with {@link IllegalArgumentException} that lists what is allowed. */
    static Fault named(String word) {
        var parts = word.split(":", 2);
        var detail = parts.length == 2 ? Optional.of(parts[1]) : Optional.<String>empty();
        return switch (parts[0]) {
            case "slow" -> new Slow(detail.map(text -> duration(text, word)).orElse(Duration.ofSeconds(3)));
            case "401" -> new Status(401, none(detail, word));
            case "403" -> new Status(403, none(detail, word));
            case "429" ->
                new Status(
                        429,
                        Optional.of(Duration.ofSeconds(
                                detail.map(text -> seconds(text, word)).orElse(5L))));
            case "500" -> new Status(500, none(detail, word));
            case "502" -> new Status(502, none(detail, word));
            case "503" -> new Status(503, detail.map(text -> Duration.ofSeconds(seconds(text, word))));
            case "504" -> new Status(504, none(detail, word));
            case "broken-json" -> plain(new BrokenJson(), detail, word);
            case "invalid_grant" -> plain(new InvalidGrant(), detail, word);
            case "narrower-scopes" ->
                new NarrowerScopes(detail.map(text -> scopes(text, word)).orElse(Set.of()));
            case "drop-before" -> plain(new NoAnswer(false, Answer.Delivery.CLOSED), detail, word);
            case "drop-after" -> plain(new NoAnswer(true, Answer.Delivery.CLOSED), detail, word);
            case "hold-before" -> plain(new NoAnswer(false, Answer.Delivery.HELD), detail, word);
            case "hold-after" -> plain(new NoAnswer(true, Answer.Delivery.HELD), detail, word);
            default -> throw unknown(word);
        };
    }

    /** The same, and checks that the operation can fail this way. */
    static Fault named(String word, Optional<Operation> operation) {
        var fault = named(word);
        var tokenOnly = fault instanceof InvalidGrant || fault instanceof NarrowerScopes;
        if (tokenOnly && !operation.equals(Optional.of(Operation.TOKEN))) {
            throw new IllegalArgumentException("sandbox fault '" + word + "' is for the operation token only");
        }
        return fault;
    }

    private static Fault plain(Fault fault, Optional<String> detail, String word) {
        none(detail, word);
        return fault;
    }

    private static Optional<Duration> none(Optional<String> detail, String word) {
        if (detail.isPresent()) {
            throw unknown(word);
        }
        return Optional.empty();
    }

    private static long seconds(String text, String word) {
        if (!text.matches("[0-9]{1,6}")) {
            throw unknown(word);
        }
        return Long.parseLong(text);
    }

    private static Duration duration(String text, String word) {
        try {
            return text.matches("[0-9]{1,6}ms")
                    ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : Duration.parse("PT" + text);
        } catch (DateTimeParseException e) {
            throw unknown(word);
        }
    }

    private static Set<Scope> scopes(String text, String word) {
        try {
            return new LinkedHashSet<>(
                    List.of(text.split("\\+")).stream().map(Scope::named).toList());
        } catch (Refusal e) {
            throw unknown(word);
        }
    }

    private static IllegalArgumentException unknown(String word) {
        return new IllegalArgumentException("sandbox fault '" + word + "' is unknown; use one of " + ALLOWED);
    }
}
