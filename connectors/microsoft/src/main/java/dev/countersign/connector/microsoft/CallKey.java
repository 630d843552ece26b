package dev.countersign.connector.microsoft;

import java.util.List;

/**
 * What {@link dev.countersign.connector.Call#id()} becomes at Outlook: a property of ours on the item, by which it is found
 * again.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/extended-properties-overview">Extended properties</a>
 */
record CallKey(String value) {
    /** A namespace of ours. */
    static final String PROPERTY = "String {6f0c1d6a-3b0e-4b57-9a53-6b1f0a6e4d21} Name CountersignCall";

    CallKey {
        if (!value.matches("[0-9a-z]{26}")) {
            throw new IllegalArgumentException("a call's id has 26 characters of [0-9a-z]");
        }
    }

    static CallKey of(String key) {
        return new CallKey(key);
    }

    ExtendedProperty property() {
        return new ExtendedProperty(PROPERTY, value);
    }

    /** A {@code $filter} that holds for items of this call. */
    String filter() {
        return "singleValueExtendedProperties/Any(ep: ep/id eq '" + PROPERTY + "' and ep/value eq '" + value + "')";
    }

    boolean marks(List<ExtendedProperty> properties) {
        return ExtendedProperty.value(properties, PROPERTY)
                .filter(value::equals)
                .isPresent();
    }
}
