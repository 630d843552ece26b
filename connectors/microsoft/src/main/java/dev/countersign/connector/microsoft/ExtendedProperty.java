package dev.countersign.connector.microsoft;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code singleValueLegacyExtendedProperty}: a property of an Outlook item that Graph has no name for. */
record ExtendedProperty(String id, String value) {

    /** What {@code $expand} takes to bring these along. */
    static String expand(List<String> ids) {
        return "singleValueExtendedProperties($filter="
                + ids.stream().map(id -> "id eq '" + id + "'").collect(Collectors.joining(" or ")) + ")";
    }

    /** Graph writes the digits of an id in either case. */
    static Optional<String> value(List<ExtendedProperty> properties, String id) {
        return properties.stream()
                .filter(property -> property.id().equalsIgnoreCase(id))
                .map(ExtendedProperty::value)
                .findFirst();
    }
}
