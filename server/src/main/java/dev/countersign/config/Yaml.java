package dev.countersign.config;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the files that operators write, YAML 1.2 with the core schema, as JSON. Without an object mapper, which a start would have
 * to wait for.
 */
public final class Yaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Deeper than any of our files; an anchor that holds itself has no end. */
    private static final int DEEPEST = 20;

    private static final Pattern TWICE = Pattern.compile("^found duplicate key (\\S+)");

    private Yaml() {}

    /**
     * Reads one document; an empty one is JSON's null. Fails with a {@link ConfigException} that gives the line.
     *
     * @param where names the text in an error
     */
    public static JsonNode read(InputStream in, String where) {
        try {
            var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
            return node(new Load(settings).loadFromInputStream(in), where, 0);
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ");
            throw invalid(where, line.orElse("") + problem(e.getProblem()));
        } catch (YamlEngineException e) {
            throw invalid(where, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode node(@Nullable Object value, String where, int depth) {
        if (depth > DEEPEST) {
            throw invalid(where, "it is nested too deep");
        }
        return switch (value) {
            case null -> JSON.nullNode();
            case Map<?, ?> map -> {
                var object = JSON.objectNode();
                map.forEach((key, each) -> object.set(String.valueOf(key), node(each, where, depth + 1)));
                yield object;
            }
            case List<?> list -> {
                var array = JSON.arrayNode();
                list.forEach(each -> array.add(node(each, where, depth + 1)));
                yield array;
            }
            case Boolean truth -> JSON.booleanNode(truth);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            default -> JSON.stringNode(value.toString());
        };
    }

    private static String problem(@Nullable String words) {
        var twice = TWICE.matcher(String.valueOf(words));
        return twice.find() ? "'" + twice.group(1) + "' stands twice; put both under one" : String.valueOf(words);
    }

    private static ConfigException invalid(String where, String what) {
        return new ConfigException(where + " is no valid YAML: " + what);
    }
}
