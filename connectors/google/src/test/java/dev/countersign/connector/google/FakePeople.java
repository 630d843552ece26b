package dev.countersign.connector.google;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** People v1: searches find nobody before an empty search has warmed them up, and match the beginnings of words. */
final class FakePeople {
    private static final String AUTH = "https://www.googleapis.com/auth/";

    private static final Map<String, String> SCOPES = Map.of(
            "people:searchContacts", AUTH + "contacts.readonly",
            "otherContacts:search", AUTH + "contacts.other.readonly",
            "people:searchDirectoryPeople", AUTH + "directory.readonly");

    private final Set<String> warm = new HashSet<>();
    private final Map<String, List<ObjectNode>> people = Map.of(
            "people:searchContacts",
            List.of(
                    person("people/c1", "Bob Baker", "bob@example.com", "+49 30 1234", "Example"),
                    person("people/c2", "Carla Cöle", "carla@example.com", "", ""),
                    person("people/c3", "Dan", "dan@elsewhere.test", "", "")),
            "otherContacts:search",
            List.of(
                    person("otherContacts/o1", "Bob B.", "BOB@example.com", "", ""),
                    person("otherContacts/o2", "", "eve@example.com", "", "")),
            "people:searchDirectoryPeople",
            List.of(person("people/d1", "Frank Field", "frank@example.com", "", "Example")));

    ObjectNode answer(Asked asked, Set<String> granted) {
        var search = asked.segment(1);
        var scope = SCOPES.get(search);
        if (scope == null) {
            throw Refused.notFound();
        }
        if (!granted.contains(scope)) {
            throw Refused.of(403, "googleapis.com", "insufficientPermissions", "Insufficient scopes");
        }
        if (asked.query("readMask").isEmpty()) {
            throw Refused.badRequest("readMask is required.");
        }
        return search.equals("people:searchDirectoryPeople") ? directory(asked) : found(asked, search);
    }

    private ObjectNode directory(Asked asked) {
        if (asked.queries("sources").isEmpty()) {
            throw Refused.badRequest("sources is required.");
        }
        var answer = FakeGoogle.JSON.createObjectNode();
        var list = answer.putArray("people");
        matching("people:searchDirectoryPeople", asked.query("query").orElse(""))
                .forEach(list::add);
        return answer;
    }

    private ObjectNode found(Asked asked, String search) {
        var text = asked.query("query").orElse("");
        if (text.isEmpty()) {
            warm.add(search);
        }
        var answer = FakeGoogle.JSON.createObjectNode();
        if (!text.isEmpty() && warm.contains(search)) {
            var results = answer.putArray("results");
            matching(search, text).forEach(person -> results.addObject().set("person", person));
        }
        return answer;
    }

    private List<ObjectNode> matching(String search, String text) {
        var phrase = Pattern.compile("(^|[^\\p{L}\\p{N}])" + Pattern.quote(text.toLowerCase(Locale.ROOT)));
        return new ArrayList<>(people.get(search))
                .stream()
                        .filter(person -> phrase.matcher(person.toString().toLowerCase(Locale.ROOT))
                                .find())
                        .toList();
    }

    private static ObjectNode person(String id, String name, String address, String phone, String organization) {
        var person = FakeGoogle.JSON.createObjectNode().put("resourceName", id).put("etag", "%x");
        put(person, "names", "displayName", name);
        put(person, "emailAddresses", "value", address);
        put(person, "phoneNumbers", "value", phone);
        put(person, "organizations", "name", organization);
        return person;
    }

    /** What a person lacks is absent. */
    private static void put(ObjectNode person, String list, String field, String value) {
        if (!value.isEmpty()) {
            person.putArray(list).addObject().put(field, value);
        }
    }
}
