package dev.countersign.connector.microsoft;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code $search} and {@code $filter} of messages ask, and which of them may stand together. */
record FakeQuery(List<Predicate<ObjectNode>> terms) {
    static final Comparator<ObjectNode> NEWEST_FIRST =
            Comparator.<ObjectNode, Instant>comparing(FakeQuery::received).reversed();

    private static final Pattern EITHER = Pattern.compile("\\(to:(\\S+) OR cc:(\\S+)\\)");
    private static final Pattern PROPERTY =
            Pattern.compile("singleValueExtendedProperties/Any\\(ep: ep/id eq '([^']*)' and ep/value eq '([^']*)'\\)");

    static FakeQuery of(Asked asked) {
        var filter = asked.query("$filter").orElse("");
        var order = asked.query("$orderby").orElse("");
        var search = asked.query("$search").orElse("");
        if (!search.isEmpty()) {
            if (!filter.isEmpty() || !order.isEmpty() || !search.matches("\"[^\"]*\"")) {
                throw Refused.of(400, "SearchWithOrderBy");
            }
            return new FakeQuery(
                    Stream.of(search.substring(1, search.length() - 1).split(" AND "))
                            .map(FakeQuery::searched)
                            .toList());
        }
        if (!filter.isEmpty() && !order.isEmpty() && !filter.startsWith("receivedDateTime")) {
            throw Refused.of(400, "InefficientFilter");
        }
        var property = PROPERTY.matcher(filter);
        if (property.matches()) {
            var id = property.group(1);
            var value = property.group(2);
            return new FakeQuery(List.of(message -> FakeMail.value(message, id).equals(value)));
        }
        return new FakeQuery(Stream.of(filter.split(" and "))
                .filter(term -> !term.isEmpty())
                .map(FakeQuery::filtered)
                .toList());
    }

    boolean matches(ObjectNode message) {
        return terms.stream().allMatch(term -> term.test(message));
    }

    private static Instant received(JsonNode message) {
        return Instant.parse(message.path("receivedDateTime").asString());
    }

    private static boolean holds(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private static Predicate<ObjectNode> searched(String term) {
        var either = EITHER.matcher(term);
        if (either.matches()) {
            return message -> holds(message.path("toRecipients").toString(), either.group(1))
                    || holds(message.path("ccRecipients").toString(), either.group(2));
        }
        if (term.startsWith("received")) {
            var day = term.substring("received>=".length());
            return message -> {
                var there =
                        received(message).atZone(ZoneOffset.UTC).toLocalDate().toString();
                return term.contains(">=") ? there.compareTo(day) >= 0 : there.compareTo(day) <= 0;
            };
        }
        var parts = term.split(":", 2);
        return switch (parts[0]) {
            case "from" -> message -> holds(message.path("from").toString(), parts[1]);
            case "subject" -> message -> holds(message.path("subject").asString(""), parts[1]);
            case "hasAttachments" -> message -> message.path("hasAttachments").asBoolean();
            default ->
                message -> holds(
                        message.path("subject").asString("")
                                + message.path("from")
                                + message.path("body").path("content").asString(""),
                        term);
        };
    }

    private static Predicate<ObjectNode> filtered(String term) {
        var parts = term.split(" ", 3);
        return switch (parts[0]) {
            case "receivedDateTime" ->
                parts[1].equals("ge")
                        ? message -> !received(message).isBefore(Instant.parse(parts[2]))
                        : message -> received(message).isBefore(Instant.parse(parts[2]));
            case "conversationId" ->
                message -> parts[2].equals(
                        "'" + message.path("conversationId").asString().replace("'", "''") + "'");
            case "isRead", "hasAttachments" ->
                message -> message.path(parts[0]).asBoolean() == Boolean.parseBoolean(parts[2]);
            default -> throw Refused.of(400, "ErrorInvalidUrlQueryFilter");
        };
    }
}
