package dev.countersign.connector;

import java.util.Map;
import java.util.Optional;

/** The settings under {@code connectors.<id>} of {@code countersign.yaml}, less the client's credentials. */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value, or an {@link IllegalArgumentException} that names the key. */
    public String required(String key) {
        return get(key).orElseThrow(() -> new IllegalArgumentException("setting '" + key + "' is missing"));
    }
}
