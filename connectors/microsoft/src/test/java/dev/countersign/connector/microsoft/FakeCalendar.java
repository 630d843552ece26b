package dev.countersign.connector.microsoft;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calendars and events: one store, in which an event stands in its organizer's calendar and in the main ones of attendees. */
final class FakeCalendar {
    private static final Pattern VALUE = Pattern.compile("ep/value eq '([^']*)'");
    private static final Pattern SUBJECT = Pattern.compile("contains\\(subject,'((?:[^']|'')*)'\\)");
    private static final Map<String, String> ANSWERS =
            Map.of("accept", "accepted", "tentativelyAccept", "tentativelyAccepted", "decline", "declined");

    private record Stored(
            String person,
            String calendar,
            ObjectNode json,
            Map<String, ObjectNode> changed,
            Set<String> deleted,
            Set<String> hiddenFrom) {}

    private final Map<String, Stored> events = new LinkedHashMap<>();
    private int changes;

    /** Bodies of the answers that were sent to organizers. */
    final List<JsonNode> answers = new ArrayList<>();

    static String main(String person) {
        return "AAMk-main-" + person.split("@")[0];
    }

    static String second(String person) {
        return "AAMk-team-" + person.split("@")[0];
    }

    MockResponse answer(Asked asked) {
        if (!asked.prefers("IdType=\"ImmutableId\"") || !asked.prefers("outlook.timezone=\"UTC\"")) {
            throw Refused.of(400, "TestWantsPreferences");
        }
        if (asked.path().size() == 2) {
            return asked.page(List.of(
                    entry(second(asked.person()), "Team", true, asked.person()),
                    entry(main(asked.person()), "Calendar", true, asked.person())
                            .put("isDefaultCalendar", true),
                    entry("AAMk-holidays", "Feiertage", false, asked.person()),
                    entry("AAMk-shared", "Carla", true, "carla@example.com")));
        }
        var own = asked.segment(1).equals("calendar");
        var calendar = own ? main(asked.person()) : asked.segment(2);
        if (!List.of(main(asked.person()), second(asked.person()), "AAMk-holidays", "AAMk-shared")
                .contains(calendar)) {
            throw Refused.malformed();
        }
        return answer(
                asked, calendar, asked.path().subList(own ? 2 : 3, asked.path().size()));
    }

    private static ObjectNode entry(String id, String name, boolean canEdit, String owner) {
        var json = FakeGraph.JSON
                .createObjectNode()
                .put("id", id)
                .put("name", name)
                .put("isDefaultCalendar", false)
                .put("canEdit", canEdit);
        json.putObject("owner").put("name", owner).put("address", owner);
        return json;
    }

    private MockResponse answer(Asked asked, String calendar, List<String> rest) {
        return switch (rest.getFirst()) {
            case "calendarView" -> view(asked, calendar);
            case "getSchedule" -> schedule(asked.json());
            default ->
                rest.size() == 1
                        ? asked.method().equals("POST") ? insert(asked, calendar) : filtered(asked, calendar)
                        : one(asked, calendar, rest);
        };
    }

    private static boolean isOn(Stored event, String calendar, String person) {
        return !event.hiddenFrom().contains(person)
                && (event.calendar().equals(calendar)
                        || (main(person).equals(calendar)
                                && attendees(event.json()).anyMatch(one -> is(one, person))));
    }

    private static Stream<JsonNode> attendees(JsonNode event) {
        return event.path("attendees").valueStream();
    }

    private static boolean is(JsonNode attendee, String person) {
        return attendee.path("emailAddress").path("address").asString("").equalsIgnoreCase(person);
    }

    private static Stream<ObjectNode> instances(Stored event) {
        return FakeSeries.instances(event.json()).stream()
                .filter(one -> !event.deleted().contains(one.path("id").asString()))
                .map(one -> event.changed().getOrDefault(one.path("id").asString(), one));
    }

    private MockResponse view(Asked asked, String calendar) {
        var from = Instant.parse(asked.query("startDateTime").orElseThrow());
        var until = Instant.parse(asked.query("endDateTime").orElseThrow());
        return asked.page(events.values().stream()
                .filter(event -> isOn(event, calendar, asked.person()))
                .flatMap(event -> instances(event)
                        .filter(one -> FakeSeries.end(one).isAfter(from)
                                && FakeSeries.start(one).isBefore(until))
                        .map(one -> Map.entry(event, one)))
                .sorted(Comparator.comparing(one -> FakeSeries.start(one.getValue())))
                .map(one -> shown(one.getKey(), one.getValue(), asked))
                .toList());
    }

    private MockResponse filtered(Asked asked, String calendar) {
        var filter = asked.query("$filter").orElse("");
        var key = VALUE.matcher(filter);
        var wanted = key.find() ? Optional.of(key.group(1)) : Optional.<String>empty();
        var words = SUBJECT.matcher(filter)
                .results()
                .map(found -> found.group(1).replace("''", "'").toLowerCase(Locale.ROOT))
                .toList();
        return asked.page(events.values().stream()
                .filter(event -> isOn(event, calendar, asked.person()))
                .filter(event -> wanted.isEmpty()
                        || wanted.equals(Optional.of(event.json()
                                .path("singleValueExtendedProperties")
                                .path(0)
                                .path("value")
                                .asString(""))))
                .filter(event -> words.stream()
                        .allMatch(event.json().path("subject").asString("").toLowerCase(Locale.ROOT)::contains))
                .map(event -> shown(event, event.json(), asked))
                .toList());
    }

    private static ObjectNode shown(Stored event, ObjectNode json, Asked asked) {
        var shown = json.deepCopy();
        shown.remove(List.of("singleValueExtendedProperties", "transactionId"));
        var organizes = event.person().equals(asked.person());
        var response = attendees(shown)
                .filter(one -> is(one, asked.person()))
                .map(one -> one.path("status").path("response").asString())
                .findFirst()
                .orElse("none");
        shown.put("isOrganizer", organizes);
        shown.putObject("responseStatus")
                .put("response", organizes ? "organizer" : response.equals("none") ? "notResponded" : response);
        if (!organizes && response.equals("none")) {
            shown.put("showAs", "tentative");
        }
        FakeSeries.show(shown);
        return shown;
    }

    private MockResponse insert(Asked asked, String calendar) {
        var json = asked.json();
        var transaction = json.path("transactionId").asString();
        if (events.values().stream()
                .anyMatch(one -> one.json().path("transactionId").asString().equals(transaction))) {
            throw Refused.of(409, "ErrorDuplicateTransactionId");
        }
        var id = "AAMkEvent" + (events.size() + 1);
        json.put("id", id).put("type", json.has("recurrence") ? "seriesMaster" : "singleInstance");
        json.put("webLink", "https://outlook.office365.com/owa/?itemid=" + id).put("isCancelled", false);
        json.putObject("organizer").putObject("emailAddress").put("address", asked.person());
        unanswered(json);
        touched(json);
        var stored =
                new Stored(asked.person(), calendar, json, new LinkedHashMap<>(), new HashSet<>(), new HashSet<>());
        events.put(id, stored);
        return FakeGraph.json(shown(stored, json, asked));
    }

    private static void unanswered(ObjectNode json) {
        attendees(json)
                .filter(one -> !one.has("status"))
                .forEach(one -> ((ObjectNode) one)
                        .putObject("status")
                        .put("response", "none")
                        .put("time", "0001-01-01T00:00:00Z"));
    }

    private void touched(ObjectNode json) {
        changes++;
        json.put("@odata.etag", "W/\"" + changes + "\"").put("changeKey", Integer.toString(changes));
    }

    private MockResponse one(Asked asked, String calendar, List<String> rest) {
        var id = rest.get(1);
        var stored = Optional.ofNullable(events.get(id.split("\\.")[0]))
                .filter(event -> isOn(event, calendar, asked.person()))
                .orElseThrow(() -> id.startsWith("AAMk") ? Refused.notFound() : Refused.malformed());
        var json = id.contains(".")
                ? instances(stored)
                        .filter(one -> one.path("id").asString().equals(id))
                        .findFirst()
                        .orElseThrow(Refused::notFound)
                : stored.json();
        return switch (asked.method()) {
            case "GET" -> FakeGraph.json(shown(stored, json, asked));
            case "PATCH" -> patch(asked, stored, json.deepCopy());
            case "DELETE" -> delete(asked, stored, json);
            default -> respond(asked, stored, json, rest.get(2));
        };
    }

    private MockResponse patch(Asked asked, Stored stored, ObjectNode json) {
        asked.unchanged(json);
        if (!stored.person().equals(asked.person())) {
            throw Refused.of(403, "ErrorAccessDenied");
        }
        asked.json().propertyStream().forEach(one -> json.set(one.getKey(), one.getValue()));
        unanswered(json);
        touched(json);
        var id = json.path("id").asString();
        if (id.contains(".")) {
            json.put("type", "exception");
            stored.changed().put(id, json);
        } else {
            stored.json().setAll(json);
        }
        return FakeGraph.json(shown(stored, json, asked));
    }

    private MockResponse delete(Asked asked, Stored stored, ObjectNode json) {
        asked.unchanged(json);
        if (!stored.person().equals(asked.person())) {
            stored.hiddenFrom().add(asked.person());
        } else if (json.path("id").asString().contains(".")) {
            stored.deleted().add(json.path("id").asString());
        } else {
            stored.hiddenFrom().addAll(FakeGraph.PEOPLE);
        }
        return FakeGraph.status(204);
    }

    private MockResponse respond(Asked asked, Stored stored, ObjectNode json, String verb) {
        if (stored.person().equals(asked.person())) {
            throw Refused.of(400, "ErrorInvalidRequest");
        }
        answers.add(asked.json());
        attendees(json)
                .filter(one -> is(one, asked.person()))
                .forEach(one -> ((ObjectNode) one).putObject("status").put("response", ANSWERS.get(verb)));
        if (verb.equals("decline")) {
            stored.hiddenFrom().add(asked.person());
        }
        touched(json);
        return FakeGraph.status(202);
    }

    private MockResponse schedule(ObjectNode query) {
        var from = FakeSeries.instant(query.path("startTime"));
        var until = FakeSeries.instant(query.path("endTime"));
        var answer = FakeGraph.JSON.createObjectNode();
        var list = answer.putArray("value");
        query.path("schedules").valueStream().map(JsonNode::asString).forEach(person -> {
            var schedule = list.addObject().put("scheduleId", person);
            if (!FakeGraph.PEOPLE.contains(person.toLowerCase(Locale.ROOT))) {
                schedule.putObject("error")
                        .put("message", "Unable to resolve e-mail address to an Active Directory object.")
                        .put("responseCode", "ErrorMailRecipientNotFound");
                return;
            }
            var items = schedule.putArray("scheduleItems");
            events.values().stream()
                    .filter(event -> isOn(event, main(person), person))
                    .flatMap(FakeCalendar::instances)
                    .filter(one -> FakeSeries.end(one).isAfter(from)
                            && FakeSeries.start(one).isBefore(until))
                    .forEach(one -> {
                        var item = one.deepCopy();
                        FakeSeries.show(item);
                        var shown = items.addObject()
                                .put("status", one.path("showAs").asString("busy"));
                        shown.set("start", item.path("start"));
                        shown.set("end", item.path("end"));
                    });
        });
        return FakeGraph.json(answer);
    }
}
