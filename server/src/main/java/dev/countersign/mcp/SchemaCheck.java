package dev.countersign.mcp;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks values against one schema, which is compiled once, by the first check. References to other documents are never
 * fetched. MCP 2026-07-28, basic, JSON Schema usage.
 */
final class SchemaCheck {
    /** More than a model mends in one go. */
    private static final int MOST_PROBLEMS = 8;

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaRegistryConfig(com.networknt.schema.SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private final Once<Schema> compiled;

    SchemaCheck(ObjectNode schema) {
        this.compiled = Once.of(() -> compile(schema));
    }

    private static Schema compile(ObjectNode schema) {
        var made = REGISTRY.getSchema(schema);
        made.initializeValidators();
        return made;
    }

    /** What is wrong, each with where and what is expected; empty when the value conforms. */
    List<String> problems(JsonNode value) {
        var errors = compiled.get().validate(value);
        if (errors.isEmpty()) {
            return List.of();
        }
        return errors.stream()
                .map(SchemaCheck::sentence)
                .distinct()
                .limit(MOST_PROBLEMS)
                .toList();
    }

    private static String sentence(Error error) {
        var place = place(error);
        var limit = limit(error);
        return switch (error.getKeyword()) {
            case "required" -> place + "'" + error.getProperty() + "' is missing. Add it.";
            case "additionalProperties" ->
                place + "'" + error.getProperty() + "' is not an argument of this tool. Leave it out.";
            case "type" -> place + "must be of type " + limit + ".";
            case "enum" -> place + "must be one of " + limit + ".";
            case "format" -> place + "must be " + format(limit) + ".";
            case "minLength" -> place + "must have at least " + limit + " characters.";
            case "maxLength" -> place + "must have at most " + limit + " characters.";
            case "minItems" -> place + "must have at least " + limit + " items.";
            case "maxItems" -> place + "must have at most " + limit + " items.";
            case "minimum" -> place + "must be at least " + limit + ".";
            case "maximum" -> place + "must be at most " + limit + ".";
            default -> place + error.getMessage() + ".";
        };
    }

    private static String place(Error error) {
        var path = error.getInstanceLocation().toString();
        return path.isEmpty() || path.equals("/") ? "" : "'" + path.substring(1).replace('/', '.') + "' ";
    }

    private static String limit(Error error) {
        var node = error.getSchemaNode();
        if (node == null) {
            return "what the schema says";
        }
        return node.isString() ? node.stringValue() : node.toString();
    }

    private static String format(String name) {
        return switch (name) {
            case "date-time" -> "a date and time with its offset, e.g. 2026-11-23T09:30:00+01:00";
            case "date" -> "a date, e.g. 2026-11-23";
            default -> "in the format " + name;
        };
    }
}
