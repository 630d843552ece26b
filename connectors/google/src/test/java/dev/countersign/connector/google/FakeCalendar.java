package dev.countersign.connector.google;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calendar v3: one store of events, which stand in the organizer's calendar and in the main calendars of attendees. Series
 * repeat daily or weekly with COUNT.
 */
final class FakeCalendar {
    private static final JsonNode NOTHING = FakeGoogle.JSON.createObjectNode();

    /** An event with the calendar that it was made in, and the instances that differ. */
    private record Stored(String calendar, ObjectNode json, Map<String, ObjectNode> changed, Set<String> hiddenFrom) {}

    private final Map<String, Stored> events = new LinkedHashMap<>();
    private int changes;

    /** What was sent to people: {@code sendUpdates} of each change. */
    final List<String> updates = new ArrayList<>();

    JsonNode answer(Asked asked) {
        asked.query("sendUpdates").ifPresent(updates::add);
        return switch (asked.segment(2)) {
            case "users" -> calendars(asked);
            case "freeBusy" -> freeBusy(asked);
            default -> events(asked, calendar(asked));
        };
    }

    private static ObjectNode calendars(Asked asked) {
        var list = new ArrayList<ObjectNode>();
        list.add(entry(second(asked.person()), "Team", "owner"));
        list.add(entry(asked.person(), asked.person(), "owner").put("primary", true));
        list.add(entry("de.holiday@group.v.calendar.google.com", "Feiertage", "reader"));
        return asked.page("items", list);
    }

    static String second(String person) {
        return "team." + person.split("@")[0] + "@group.calendar.google.com";
    }

    private static ObjectNode entry(String id, String name, String role) {
        return FakeGoogle.JSON
                .createObjectNode()
                .put("id", id)
                .put("summary", name)
                .put("timeZone", "Europe/Berlin")
                .put("accessRole", role);
    }

    private static String calendar(Asked asked) {
        var id = asked.segment(3).equals("primary") ? asked.person() : asked.segment(3);
        if (!id.equals(asked.person()) && !id.equals(second(asked.person()))) {
            throw Refused.notFound();
        }
        return id;
    }

    private JsonNode events(Asked asked, String calendar) {
        return switch (asked.method()) {
            case "GET" -> asked.path().size() == 5 ? list(asked, calendar) : read(asked, calendar);
            case "POST" -> insert(asked, calendar);
            case "PATCH" -> patch(asked, calendar);
            default -> delete(asked, calendar);
        };
    }

    private static boolean isOn(Stored event, String calendar) {
        return !event.hiddenFrom().contains(calendar)
                && (event.calendar().equals(calendar)
                        || attendees(event.json()).anyMatch(one -> address(one).equalsIgnoreCase(calendar)));
    }

    private static Stream<JsonNode> attendees(JsonNode event) {
        return event.path("attendees").valueStream();
    }

    private static String address(JsonNode attendee) {
        return attendee.path("email").asString();
    }

    private ObjectNode list(Asked asked, String calendar) {
        var single = asked.query("singleEvents").equals(Optional.of("true"));
        var found = events.values().stream()
                .filter(event -> isOn(event, calendar))
                .flatMap(event -> single ? instances(event) : Stream.of(event.json()))
                .filter(json -> !json.path("status").asString("").equals("cancelled"))
                .filter(json -> asked.query("timeMin")
                        .map(from -> end(json).isAfter(at(from)))
                        .orElse(true))
                .filter(json -> asked.query("timeMax")
                        .map(until -> start(json).isBefore(at(until)))
                        .orElse(true))
                .filter(json -> asked.query("q").map(text -> holds(json, text)).orElse(true))
                .sorted(Comparator.comparing(FakeCalendar::start))
                .map(json -> shown(json, calendar))
                .toList();
        return asked.page("items", found).put("timeZone", "Europe/Berlin");
    }

    private static boolean holds(JsonNode json, String text) {
        var all = json.path("summary").asString("")
                + json.path("description").asString("")
                + json.path("location").asString("")
                + json.path("attendees");
        return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    static Instant start(JsonNode json) {
        return FakeSeries.instant(json.path("start"));
    }

    static Instant end(JsonNode json) {
        return FakeSeries.instant(json.path("end"));
    }

    private static Stream<ObjectNode> instances(Stored event) {
        return FakeSeries.instances(event.json()).stream()
                .map(instance ->
                        event.changed().getOrDefault(instance.path("id").asString(), instance));
    }

    private static ObjectNode shown(ObjectNode json, String calendar) {
        var shown = json.deepCopy();
        mark(shown.get("organizer"), calendar);
        attendees(shown).forEach(attendee -> mark(attendee, calendar));
        return shown;
    }

    private static void mark(JsonNode person, String calendar) {
        if (address(person).equalsIgnoreCase(calendar)) {
            ((ObjectNode) person).put("self", true);
        }
    }

    private ObjectNode read(Asked asked, String calendar) {
        return shown(target(stored(asked, calendar), asked.segment(5)), calendar);
    }

    private Stored stored(Asked asked, String calendar) {
        var stored = events.get(asked.segment(5).split("_")[0]);
        if (stored == null || !isOn(stored, calendar)) {
            throw Refused.notFound();
        }
        return stored;
    }

    private static ObjectNode target(Stored stored, String id) {
        return id.contains("_")
                ? instances(stored)
                        .filter(one -> one.path("id").asString().equals(id))
                        .findFirst()
                        .orElseThrow(Refused::notFound)
                : stored.json();
    }

    private ObjectNode insert(Asked asked, String calendar) {
        var json = asked.json();
        var id = json.path("id").asString("");
        if (!id.matches("[a-v0-9]{5,1024}")) {
            throw Refused.of(400, "global", "invalid", "Invalid resource id value.");
        }
        if (events.containsKey(id)) {
            throw Refused.of(409, "global", "duplicate", "The requested identifier already exists.");
        }
        json.putObject("organizer").put("email", calendar);
        json.put("status", "confirmed").put("htmlLink", "https://www.google.com/calendar/event?eid=" + id);
        attendees(json).forEach(one -> FakeSeries.putIfAbsent((ObjectNode) one, "responseStatus", "needsAction"));
        checked(json);
        touched(json);
        events.put(id, new Stored(calendar, json, new LinkedHashMap<>(), new HashSet<>()));
        return shown(json, calendar);
    }

    private static void checked(ObjectNode json) {
        for (var name : List.of("start", "end")) {
            var time = (ObjectNode) json.get(name);
            FakeSeries.dropNulls(time);
            if (time.has("date") == time.has("dateTime")) {
                throw Refused.of(400, "global", "invalid", "Invalid " + name + " time.");
            }
        }
        if (end(json).isBefore(start(json))) {
            throw Refused.of(400, "calendar", "timeRangeEmpty", "The specified time range is empty.");
        }
    }

    private void touched(ObjectNode json) {
        changes++;
        json.put("etag", "\"" + changes + "\"");
    }

    private static void unchangedSince(Asked asked, JsonNode json) {
        asked.header("If-Match")
                .filter(tag -> !tag.equals(json.path("etag").asString()))
                .ifPresent(tag -> {
                    throw Refused.of(412, "global", "conditionNotMet", "Precondition Failed");
                });
    }

    private ObjectNode patch(Asked asked, String calendar) {
        var stored = stored(asked, calendar);
        var id = asked.segment(5);
        var json = target(stored, id).deepCopy();
        unchangedSince(asked, json);
        var change = asked.json();
        if (change.path("attendeesOmitted").asBoolean(false)) {
            answered(json, change.path("attendees").path(0), calendar);
        } else {
            if (!stored.calendar().equals(calendar)) {
                throw Refused.of(403, "calendar", "forbiddenForNonOrganizer", "Shared properties can only be changed.");
            }
            FakeSeries.merge(json, change);
            attendees(json).forEach(one -> FakeSeries.putIfAbsent((ObjectNode) one, "responseStatus", "needsAction"));
        }
        checked(json);
        touched(json);
        keep(stored, id, json);
        return shown(json, calendar);
    }

    private void keep(Stored stored, String id, ObjectNode json) {
        if (id.contains("_")) {
            stored.changed().put(id, json);
        } else {
            events.put(id, new Stored(stored.calendar(), json, stored.changed(), stored.hiddenFrom()));
        }
    }

    private static void answered(ObjectNode json, JsonNode answer, String calendar) {
        attendees(json)
                .filter(one -> address(one).equalsIgnoreCase(calendar)
                        && address(answer).equalsIgnoreCase(calendar))
                .findFirst()
                .ifPresentOrElse(one -> FakeSeries.merge((ObjectNode) one, (ObjectNode) answer), () -> {
                    throw Refused.badRequest("Not an attendee.");
                });
    }

    private JsonNode delete(Asked asked, String calendar) {
        var stored = stored(asked, calendar);
        var id = asked.segment(5);
        var json = target(stored, id).deepCopy();
        if (json.path("status").asString("").equals("cancelled")) {
            throw Refused.of(410, "global", "deleted", "Resource has been deleted");
        }
        unchangedSince(asked, json);
        if (!stored.calendar().equals(calendar)) {
            stored.hiddenFrom().add(calendar);
            return NOTHING;
        }
        json.put("status", "cancelled");
        touched(json);
        keep(stored, id, json);
        return NOTHING;
    }

    private ObjectNode freeBusy(Asked asked) {
        var query = asked.json();
        var from = at(query.path("timeMin").asString());
        var until = at(query.path("timeMax").asString());
        var answer = FakeGoogle.JSON.createObjectNode().put("kind", "calendar#freeBusy");
        var calendars = answer.putObject("calendars");
        query.path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .forEach(id -> {
                    var calendar = calendars.putObject(id);
                    var busy = calendar.putArray("busy");
                    if (FakeGoogle.PEOPLE.stream()
                            .noneMatch(person -> id.equals(person) || id.equals(second(person)))) {
                        calendar.putArray("errors")
                                .addObject()
                                .put("domain", "global")
                                .put("reason", "notFound");
                        return;
                    }
                    events.values().stream()
                            .filter(event -> isOn(event, id))
                            .flatMap(FakeCalendar::instances)
                            .filter(json -> !json.path("status").asString("").equals("cancelled"))
                            .filter(json ->
                                    !json.path("transparency").asString("").equals("transparent"))
                            .filter(json ->
                                    end(json).isAfter(from) && start(json).isBefore(until))
                            .forEach(json -> busy.addObject()
                                    .put("start", start(json).toString())
                                    .put("end", end(json).toString()));
                });
        return answer;
    }
}
