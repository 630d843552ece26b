package dev.countersign.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Settings by their dotted key, as texts: the defaults in the jar, over them the file, over it the environment
 * ({@code COUNTERSIGN_SERVER_PORT}, or {@code …_FILE} with a path), over it the command line.
 */
final class SettingValues {
    private static final String PREFIX = "COUNTERSIGN_";

    /** Read elsewhere: by the launcher, by logging, or before the file is found. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("COUNTERSIGN_CONFIG", "COUNTERSIGN_JAVA_HOME", "COUNTERSIGN_LOG_LEVEL", "COUNTERSIGN_JAVA_OPTIONS");

    private final Map<String, List<String>> values;

    private SettingValues(Map<String, List<String>> values) {
        this.values = values;
    }

    static SettingValues read(Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine) {
        var values = defaults();
        var known = new TreeSet<>(values.keySet());
        file.ifPresent(path -> fromFile(path).forEach((key, value) -> {
            check(known, key, "in " + path);
            values.put(key, value);
        }));
        known.addAll(ofAddedConnectors(values.keySet()));
        fromEnvironment(environment, known).forEach(values::put);
        commandLine.forEach((key, value) -> {
            check(known, key, "on the command line");
            values.put(key, List.of(value));
        });
        return new SettingValues(values);
    }

    Set<String> keys() {
        return values.keySet();
    }

    List<String> list(String key) {
        return values.getOrDefault(key, List.of());
    }

    Optional<String> optional(String key) {
        var list = list(key);
        if (list.size() > 1) {
            throw new ConfigException(key + " takes one value, not a list");
        }
        return list.stream().filter(value -> !value.isBlank()).findFirst();
    }

    String text(String key) {
        return optional(key).orElseThrow(() -> new ConfigException(key + " is empty; give it a value"));
    }

    int integer(String key, int least, int most) {
        var text = text(key);
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with what is allowed
        }
        throw new ConfigException(
                "%s is '%s'; allowed are whole numbers from %d to %d".formatted(key, text, least, most));
    }

    String oneOf(String key, String... allowed) {
        var text = text(key);
        if (!List.of(allowed).contains(text)) {
            throw new ConfigException("%s is '%s'; allowed are %s".formatted(key, text, String.join(", ", allowed)));
        }
        return text;
    }

    boolean flag(String key) {
        return oneOf(key, "true", "false").equals("true");
    }

    static Map<String, List<String>> defaults() {
        try (var in = SettingValues.class.getResourceAsStream("/dev/countersign/config/countersign.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the default settings are missing from the jar");
            }
            return flat(in, "the defaults");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> fromFile(Path file) {
        try (var in = Files.newInputStream(file)) {
            return flat(in, file.toString());
        } catch (IOException e) {
            throw new ConfigException("cannot read the settings in " + file + ": " + e.getMessage());
        }
    }

    private static Map<String, List<String>> flat(InputStream in, String where) {
        var values = new LinkedHashMap<String, List<String>>();
        flatten("", Yaml.read(in, where), values);
        return values;
    }

    private static void flatten(String key, JsonNode node, Map<String, List<String>> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> flatten(
                            key.isEmpty() ? each.getKey() : key + "." + each.getKey(), each.getValue(), values));
        } else if (node.isArray()) {
            var list = new ArrayList<String>();
            node.forEach(each -> list.add(each.asString()));
            values.put(key, List.copyOf(list));
        } else if (!key.isEmpty()) {
            values.put(key, node.isNull() ? List.of() : List.of(node.asString()));
        }
    }

    private static Map<String, List<String>> fromEnvironment(Map<String, String> environment, Set<String> known) {
        var byVariable = new LinkedHashMap<String, String>();
        known.forEach(key -> byVariable.put(variable(key), key));
        var values = new LinkedHashMap<String, List<String>>();
        environment.forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || OTHER_VARIABLES.contains(name)) {
                return;
            }
            var key = byVariable.get(name);
            var fileKey = name.endsWith("_FILE") ? byVariable.get(name.substring(0, name.length() - 5)) : null;
            if (key != null) {
                values.put(key, split(value));
            } else if (fileKey != null) {
                values.put(fileKey, List.of(content(name, Path.of(value))));
            } else {
                throw new ConfigException("the environment sets " + name + ", and there is no such setting; "
                        + "see config/countersign.yaml for all of them");
            }
        });
        return values;
    }

    private static List<String> split(String value) {
        return List.of(value.split("\\s*,\\s*"));
    }

    private static String content(String name, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ", which " + name + " names");
        }
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static void check(Set<String> known, String key, String where) {
        if (!known.contains(key) && !isOfAddedConnector(known, key)) {
            throw new ConfigException("there is no setting '%s' (%s)%s".formatted(key, where, near(known, key)));
        }
    }

    /** A connector that is not ours brings its own settings. */
    private static boolean isOfAddedConnector(Set<String> known, String key) {
        var parts = key.split("\\.");
        return parts.length == 3
                && parts[0].equals("connectors")
                && known.stream().noneMatch(each -> each.startsWith("connectors." + parts[1] + "."));
    }

    /** What every connector has may come from the environment for one that the file names, its secret above all. */
    private static List<String> ofAddedConnectors(Set<String> keys) {
        return keys.stream()
                .map(key -> key.split("\\."))
                .filter(parts -> parts.length == 3 && parts[0].equals("connectors"))
                .map(parts -> parts[1])
                .distinct()
                .flatMap(id ->
                        Stream.of("enabled", "client-id", "client-secret").map(name -> "connectors." + id + "." + name))
                .toList();
    }

    private static String near(Set<String> known, String key) {
        var group = key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : "";
        var candidates = known.stream().filter(each -> each.startsWith(group)).toList();
        return "; allowed are " + String.join(", ", candidates.isEmpty() ? known : candidates);
    }
}
