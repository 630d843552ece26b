package dev.countersign.connector.testkit;

import dev.countersign.connector.Doc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at the records that tools take and give. */
final class Shapes {
    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            boolean.class,
            int.class,
            long.class,
            double.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            Instant.class,
            OffsetDateTime.class,
            LocalDate.class);

    private Shapes() {}

    /** Components of types that no schema is made for, as {@code Record.component}. */
    static List<String> unsupported(Class<?> record) {
        var found = new ArrayList<String>();
        for (var component : record.getRecordComponents()) {
            unsupported(component.getGenericType(), record.getSimpleName() + "." + component.getName(), found);
        }
        return found;
    }

    private static void unsupported(Type type, String where, List<String> found) {
        switch (type) {
            case Class<?> scalar when SCALARS.contains(scalar) || scalar.isEnum() -> {}
            case Class<?> record when record.isRecord() -> found.addAll(unsupported(record));
            case ParameterizedType list
            when list.getRawType() == List.class -> unsupported(list.getActualTypeArguments()[0], where, found);
            case ParameterizedType optional
            when optional.getRawType() == Optional.class ->
                unsupported(optional.getActualTypeArguments()[0], where, found);
            default -> found.add(where + ": " + type.getTypeName());
        }
    }

    /** Components of an input, its nested records too, without a {@link Doc} of one short sentence. */
    static List<String> undocumented(Class<?> record) {
        var found = new ArrayList<String>();
        for (var component : record.getRecordComponents()) {
            if (!documented(component)) {
                found.add(record.getSimpleName() + "." + component.getName());
            }
            nested(component.getGenericType()).ifPresent(inner -> found.addAll(undocumented(inner)));
        }
        return found;
    }

    private static boolean documented(RecordComponent component) {
        var doc = component.getAnnotation(Doc.class);
        return doc != null && !doc.value().isBlank() && doc.value().length() <= 200;
    }

    private static Optional<Class<?>> nested(Type type) {
        return switch (type) {
            case Class<?> record when record.isRecord() -> Optional.of(record);
            case ParameterizedType generic -> nested(generic.getActualTypeArguments()[0]);
            default -> Optional.empty();
        };
    }

    /** What Java prints of a result, or of a record or Optional in it, where a text shows it. */
    static List<String> printedIn(String text, Record result) {
        var printed = new ArrayList<String>();
        print(result, printed);
        return printed.stream().filter(text::contains).toList();
    }

    private static void print(Object value, List<String> printed) {
        switch (value) {
            case Record record -> {
                // one that prints itself otherwise is meant to be read
                if (record.toString().startsWith(record.getClass().getSimpleName() + "[")) {
                    printed.add(record.toString());
                }
                Stream.of(record.getClass().getRecordComponents())
                        .forEach(component -> print(value(component, record), printed));
            }
            case Optional<?> optional -> {
                printed.add(optional.toString());
                optional.ifPresent(inner -> print(inner, printed));
            }
            case List<?> list -> list.forEach(inner -> print(inner, printed));
            default -> {}
        }
    }

    /** A record may be private to its connector; its components are read all the same. */
    private static Object value(RecordComponent component, Record record) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component + " cannot be read", e);
        }
    }

    /** Whether there is such a component, e.g. {@code Optional<String> account}. */
    static boolean has(Class<?> record, String name, Class<?> outer) {
        for (var component : record.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return component.getGenericType() instanceof ParameterizedType type
                        && type.getRawType() == outer
                        && type.getActualTypeArguments()[0] == String.class;
            }
        }
        return false;
    }
}
