package dev.countersign.connector.testkit;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tool's definition in lines: what models read of it, and what it needs and does. Made to be compared. */
final class ToolShape {
    private static final String INDENT = "  ";

    private final StringBuilder lines = new StringBuilder();

    private ToolShape() {}

    static String of(Tool<?, ?> tool) {
        var shape = new ToolShape();
        shape.line("", "tool " + tool.name() + ": " + tool.title());
        shape.line("", tool.description());
        shape.line("", "effect " + word(tool.effect()) + ", accounts " + word(tool.accounts()));
        shape.line("", "scopes " + String.join(" ", tool.scopes()));
        shape.line("", "takes");
        shape.components(tool.input(), INDENT);
        shape.line("", "gives");
        shape.components(tool.output(), INDENT);
        return shape.lines.toString();
    }

    /** The lines from the first that differs to the last, those before with a minus, those after with a plus; empty when none. */
    static String changed(String before, String after) {
        var old = new ArrayList<>(before.lines().toList());
        var now = new ArrayList<>(after.lines().toList());
        while (!old.isEmpty() && !now.isEmpty() && old.getFirst().equals(now.getFirst())) {
            old.removeFirst();
            now.removeFirst();
        }
        while (!old.isEmpty() && !now.isEmpty() && old.getLast().equals(now.getLast())) {
            old.removeLast();
            now.removeLast();
        }
        return Stream.concat(old.stream().map(line -> "- " + line), now.stream().map(line -> "+ " + line))
                .collect(Collectors.joining("\n"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void line(String indent, String text) {
        lines.append(indent).append(text).append('\n');
    }

    private void components(Class<?> record, String indent) {
        for (var component : record.getRecordComponents()) {
            var doc = Optional.ofNullable(component.getAnnotation(Doc.class));
            line(
                    indent,
                    component.getName() + " " + words(component.getGenericType())
                            + doc.map(ToolShape::words).orElse(""));
            inner(component.getGenericType()).ifPresent(nested -> components(nested, indent + INDENT));
        }
    }

    private static String words(Doc doc) {
        return (doc.min() == Long.MIN_VALUE ? "" : ", least " + doc.min())
                + (doc.max() == Long.MAX_VALUE ? "" : ", most " + doc.max())
                + (doc.value().isEmpty() ? "" : ": " + doc.value());
    }

    private static String words(Type type) {
        return switch (type) {
            case Class<?> record when record.isRecord() -> "object";
            case Class<?> one
            when one.isEnum() ->
                "one of "
                        + String.join(
                                " ",
                                List.of(one.getEnumConstants()).stream()
                                        .map(value -> word((Enum<?>) value))
                                        .toList());
            case Class<?> scalar -> scalar.getSimpleName().toLowerCase(Locale.ROOT);
            case ParameterizedType generic ->
                (generic.getRawType() == Optional.class ? "optional " : "list of ")
                        + words(generic.getActualTypeArguments()[0]);
            default -> type.getTypeName();
        };
    }

    private static Optional<Class<?>> inner(Type type) {
        return switch (type) {
            case Class<?> record when record.isRecord() -> Optional.of(record);
            case ParameterizedType generic -> inner(generic.getActualTypeArguments()[0]);
            default -> Optional.empty();
        };
    }
}
