package dev.countersign.connector.microsoft;

import com.ibm.icu.util.TimeZone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Times and series of the simulated calendar: daily and weekly ones on one day, of a number of events. */
final class FakeSeries {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.0000000");

    private FakeSeries() {}

    static ZoneId zone(JsonNode time) {
        var name = time.path("timeZone").asString();
        return ZoneId.of(
                name.equals("UTC")
                        ? name
                        : Optional.ofNullable(TimeZone.getIDForWindowsID(name, "001"))
                                .orElse(name));
    }

    static Instant instant(JsonNode time) {
        return LocalDateTime.parse(time.path("dateTime").asString())
                .atZone(zone(time))
                .toInstant();
    }

    static Instant start(JsonNode event) {
        return instant(event.path("start"));
    }

    static Instant end(JsonNode event) {
        return instant(event.path("end"));
    }

    /** The event itself when it happens once. */
    static List<ObjectNode> instances(ObjectNode event) {
        var rule = event.path("recurrence");
        if (rule.isMissingNode() || rule.isNull()) {
            return List.of(event);
        }
        var days = rule.path("pattern").path("type").asString().equals("weekly") ? 7 : 1;
        return IntStream.range(0, rule.path("range").path("numberOfOccurrences").asInt())
                .mapToObj(i -> instance(event, i * days))
                .toList();
    }

    private static ObjectNode instance(ObjectNode series, int daysLater) {
        var zone = zone(series.path("start"));
        var start = LocalDateTime.ofInstant(start(series), zone).plusDays(daysLater);
        var length = Duration.between(start(series), end(series));
        var json = series.deepCopy();
        json.remove("recurrence");
        json.put("type", "occurrence")
                .put("seriesMasterId", series.path("id").asString())
                .put("id", series.path("id").asString() + "." + start.toLocalDate());
        put(json, "start", start, zone, series);
        put(json, "end", LocalDateTime.ofInstant(start.atZone(zone).toInstant().plus(length), zone), zone, series);
        return json;
    }

    private static void put(ObjectNode json, String name, LocalDateTime at, ZoneId zone, ObjectNode series) {
        json.putObject(name)
                .put("dateTime", at.toString())
                .put("timeZone", series.path("start").path("timeZone").asString(zone.getId()));
    }

    /** As a request that prefers UTC sees it; whole days begin at midnight anywhere. */
    static void show(ObjectNode event) {
        event.put("originalStartTimeZone", event.path("start").path("timeZone").asString());
        for (var name : List.of("start", "end")) {
            var time = event.path(name);
            var at = event.path("isAllDay").asBoolean(false)
                    ? LocalDateTime.parse(time.path("dateTime").asString())
                    : LocalDateTime.ofInstant(instant(time), ZoneOffset.UTC);
            event.putObject(name).put("dateTime", at.format(SHOWN)).put("timeZone", "UTC");
        }
    }
}
