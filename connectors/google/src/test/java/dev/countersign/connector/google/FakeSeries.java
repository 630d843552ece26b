package dev.countersign.connector.google;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Series and patches of the simulated calendar. */
final class FakeSeries {
    private static final Pattern RULE = Pattern.compile("RRULE:FREQ=(DAILY|WEEKLY);COUNT=(\\d+)");
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private FakeSeries() {}

    static Instant instant(JsonNode time) {
        return time.has("date")
                ? LocalDate.parse(time.path("date").asString())
                        .atStartOfDay(ZoneId.of("Europe/Berlin"))
                        .toInstant()
                : OffsetDateTime.parse(time.path("dateTime").asString()).toInstant();
    }

    /** The event itself when it happens once. */
    static List<ObjectNode> instances(ObjectNode event) {
        var rule = RULE.matcher(event.path("recurrence").path(0).asString(""));
        if (!rule.find()) {
            return List.of(event);
        }
        var days = rule.group(1).equals("WEEKLY") ? 7 : 1;
        return IntStream.range(0, Integer.parseInt(rule.group(2)))
                .mapToObj(i -> instance(event, i * days))
                .toList();
    }

    private static ObjectNode instance(ObjectNode series, int daysLater) {
        var zone = ZoneId.of(series.path("start").path("timeZone").asString());
        var start = instant(series.path("start")).atZone(zone).plusDays(daysLater);
        var length = Duration.between(instant(series.path("start")), instant(series.path("end")));
        var json = series.deepCopy();
        json.remove("recurrence");
        json.put(
                "id",
                series.path("id").asString() + "_"
                        + start.withZoneSameInstant(ZoneOffset.UTC).format(ID));
        json.put("recurringEventId", series.path("id").asString());
        json.set("start", time(start));
        json.set("originalStartTime", time(start));
        json.set("end", time(start.plus(length)));
        return json;
    }

    private static ObjectNode time(ZonedDateTime at) {
        return FakeGoogle.JSON
                .createObjectNode()
                .put("dateTime", at.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
                .put("timeZone", at.getZone().getId());
    }

    /** Patch semantics: objects are merged, lists replaced, null takes away. */
    static void merge(ObjectNode into, ObjectNode change) {
        change.propertyStream().forEach(property -> {
            var value = property.getValue();
            if (value.isNull()) {
                into.remove(property.getKey());
            } else if (value instanceof ObjectNode object && into.get(property.getKey()) instanceof ObjectNode there) {
                merge(there, object);
            } else {
                into.set(property.getKey(), value);
            }
        });
    }

    static void dropNulls(ObjectNode json) {
        merge(json, json.deepCopy());
    }

    static void putIfAbsent(ObjectNode json, String name, String value) {
        if (!json.has(name)) {
            json.put(name, value);
        }
    }
}
