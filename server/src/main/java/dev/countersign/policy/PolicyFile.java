package dev.countersign.policy;

import dev.countersign.approvals.Tier;
import dev.countersign.config.ConfigException;
import dev.countersign.config.Yaml;
import dev.countersign.connector.Effect;
import dev.countersign.policy.PolicyRules.Limits;
import dev.countersign.policy.PolicyRules.Outcome;
import dev.countersign.policy.PolicyRules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads {@code policy.yaml}. What it does not understand stops the start with the place and what is allowed there. */
public final class PolicyFile {
    private static final Set<String> RULE_KEYS = Set.of("effect", "tool", "client", "tier", "deny");
    private static final Set<String> LIMIT_KEYS =
            Set.of("calls-per-minute", "usual-reads-per-hour", "usual-acts-per-hour", "waiting", "answer-within-hours");
    private static final int MOST_SENTENCE_CHARACTERS = 300;

    private final String file;

    private PolicyFile(String file) {
        this.file = file;
    }

    /** The rules of this file, or the defaults where there is none. Fails with {@link ConfigException}. */
    public static PolicyRules read(Path file) {
        if (!Files.exists(file)) {
            return defaults();
        }
        try (var in = Files.newInputStream(file)) {
            return new PolicyFile(file.toString()).rules(in);
        } catch (IOException e) {
            throw new ConfigException("policy.file is '" + file + "', which cannot be read");
        }
    }

    /** The rules that come with the program. */
    public static PolicyRules defaults() {
        try (var in = PolicyFile.class.getResourceAsStream("/dev/countersign/config/policy.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the default policy is missing from the jar");
            }
            return new PolicyFile("the default policy").rules(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PolicyRules rules(InputStream in) {
        var root = Yaml.read(in, file);
        onlyKeys("", root, Set.of("rules", "limits"));
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < root.path("rules").size(); i++) {
            rules.add(rule("rules[" + i + "]", root.path("rules").get(i)));
        }
        return new PolicyRules(rules, limits(root.path("limits")));
    }

    private Rule rule(String place, JsonNode node) {
        onlyKeys(place + ".", node, RULE_KEYS);
        var effect = text(node, "effect").map(word -> oneOf(place + ".effect", word, Effect.values()));
        var tier = text(node, "tier").map(word -> oneOf(place + ".tier", word, Tier.values()));
        var deny = text(node, "deny");
        if (tier.isPresent() == deny.isPresent()) {
            throw wrong(place, "gives both or none of tier and deny; allowed is one of them");
        }
        tier.ifPresent(given -> checkFloor(place, effect, given));
        deny.filter(reason -> reason.length() > MOST_SENTENCE_CHARACTERS).ifPresent(reason -> {
            throw wrong(place + ".deny", "is longer than " + MOST_SENTENCE_CHARACTERS + " characters");
        });
        var outcome = tier.<Outcome>map(Outcome.Confirm::new).orElseGet(() -> new Outcome.Refuse(deny.orElseThrow()));
        return new Rule(
                effect,
                text(node, "tool").map(PolicyFile::pattern),
                text(node, "client").map(PolicyFile::pattern),
                outcome);
    }

    private void checkFloor(String place, Optional<Effect> effect, Tier given) {
        effect.ifPresent(does -> {
            var floor = ConfirmationCheck.floor(does);
            if (given.compareTo(floor) < 0) {
                throw wrong(
                        place + ".tier",
                        "is " + given + " for " + word(does) + "; allowed is " + floor
                                + ": what leaves or cannot be undone is decided on Countersign's own page");
            }
            if (does == Effect.READ && given != Tier.T0) {
                throw wrong(place + ".tier", "is " + given + " for read; allowed is T0, or deny");
            }
        });
    }

    private Limits limits(JsonNode node) {
        if (!node.isMissingNode()) {
            onlyKeys("limits.", node, LIMIT_KEYS);
        }
        return new Limits(
                number(node, "calls-per-minute", 240, 10_000_000),
                number(node, "usual-reads-per-hour", 200, 100_000_000),
                number(node, "usual-acts-per-hour", 100, 100_000_000),
                number(node, "waiting", 20, 1_000),
                Duration.ofHours(number(node, "answer-within-hours", 24, 24 * 30)));
    }

    private int number(JsonNode node, String key, int otherwise, int most) {
        var value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            throw wrong("limits." + key, "is '" + value.asString() + "'; allowed are whole numbers from 1 to " + most);
        }
        return value.intValue();
    }

    private void onlyKeys(String place, JsonNode node, Set<String> allowed) {
        if (!node.isObject()) {
            throw wrong(place.isEmpty() ? "the file" : place.substring(0, place.length() - 1), "is no map of keys");
        }
        for (var name : node.propertyNames()) {
            if (!allowed.contains(name)) {
                throw wrong(
                        place + name,
                        "is unknown; allowed are " + allowed.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private <E extends Enum<E>> E oneOf(String place, String word, E[] values) {
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> wrong(place, "is '" + word + "'; allowed are " + words(values)));
    }

    private static String words(Enum<?>[] values) {
        return values[0] instanceof Tier
                ? List.of(values).stream().map(Enum::name).collect(Collectors.joining(", "))
                : List.of(values).stream().map(PolicyFile::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.of(node.path(key))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .map(JsonNode::asString)
                .filter(value -> !value.isBlank());
    }

    /** Stars stand for any characters, everything else for itself. */
    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private ConfigException wrong(String place, String what) {
        return new ConfigException(file + ": " + place + " " + what);
    }
}
