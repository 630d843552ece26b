package dev.countersign.mcp;

import dev.countersign.connector.Doc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema 2020-12 of a record class. Properties stand in the order of the components, so that the schema of a tool is
 * the same text at every start.
 */
final class RecordSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final boolean input;
    private final Deque<Class<?>> open = new ArrayDeque<>();

    private RecordSchema(boolean input) {
        this.input = input;
    }

    /** Of arguments: unknown properties are refused, and an absent list is an empty one. */
    static ObjectNode input(Class<? extends Record> type) {
        return new RecordSchema(true).object(type);
    }

    /** Of a result: what is not {@link Optional} is always there. */
    static ObjectNode output(Class<? extends Record> type) {
        return new RecordSchema(false).object(type);
    }

    private ObjectNode object(Class<?> type) {
        if (open.contains(type)) {
            throw new IllegalArgumentException(type.getName() + " contains itself: a tool's records must not");
        }
        open.push(type);
        var schema = NODES.objectNode().put("type", "object");
        var properties = NODES.objectNode();
        var required = NODES.arrayNode();
        for (var component : type.getRecordComponents()) {
            properties.set(component.getName(), property(component));
            if (isRequired(component)) {
                required.add(component.getName());
            }
        }
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (input) {
            schema.put("additionalProperties", false);
        }
        open.pop();
        return schema;
    }

    private boolean isRequired(RecordComponent component) {
        boolean mayBeAbsent = component.getType() == Optional.class || (input && component.getType() == List.class);
        return !mayBeAbsent;
    }

    private ObjectNode property(RecordComponent component) {
        var schema = type(component.getGenericType(), component);
        var doc = component.getAnnotation(Doc.class);
        if (doc != null) {
            schema.put("description", doc.value());
            bound(schema, doc);
        }
        return schema;
    }

    private ObjectNode type(Type type, RecordComponent where) {
        if (type instanceof ParameterizedType generic) {
            var argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return type(argument, where);
            }
            if (generic.getRawType() == List.class) {
                var list = NODES.objectNode().put("type", "array");
                list.set("items", type(argument, where));
                return list;
            }
        }
        if (type instanceof Class<?> plain) {
            return plain(plain, where);
        }
        throw unsupported(type, where);
    }

    private ObjectNode plain(Class<?> type, RecordComponent where) {
        if (type.isRecord()) {
            return object(type);
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        var schema = NODES.objectNode();
        if (type == String.class) {
            return schema.put("type", "string");
        } else if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return schema.put("type", "integer");
        } else if (type == double.class || type == Double.class) {
            return schema.put("type", "number");
        } else if (type == Instant.class || type == OffsetDateTime.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (type == LocalDate.class) {
            return schema.put("type", "string").put("format", "date");
        }
        throw unsupported(type, where);
    }

    private static ObjectNode enumeration(Class<?> type) {
        var schema = NODES.objectNode().put("type", "string");
        var values = schema.putArray("enum");
        for (var constant : type.getEnumConstants()) {
            values.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
        }
        return schema;
    }

    /** Least and greatest mean the number, the length of a text or the count of a list. */
    private static void bound(ObjectNode schema, Doc doc) {
        var kind = schema.path("type").stringValue("");
        var least = switch (kind) {
            case "string" -> "minLength";
            case "array" -> "minItems";
            default -> "minimum";
        };
        var greatest = switch (kind) {
            case "string" -> "maxLength";
            case "array" -> "maxItems";
            default -> "maximum";
        };
        if (doc.min() != Long.MIN_VALUE) {
            schema.put(least, doc.min());
        }
        if (doc.max() != Long.MAX_VALUE) {
            schema.put(greatest, doc.max());
        }
    }

    private static IllegalArgumentException unsupported(Type type, RecordComponent where) {
        return new IllegalArgumentException("%s.%s: a tool's record cannot hold %s"
                .formatted(where.getDeclaringRecord().getSimpleName(), where.getName(), type.getTypeName()));
    }
}
