package dev.countersign.connector.microsoft;

import java.util.List;
import java.util.Locale;
import mockwebserver3.MockResponse;
import tools.jackson.databind.node.ObjectNode;

/** Contacts, which have no search, and people, who are searched by name and address. */
final class FakePeople {
    private final List<ObjectNode> contacts = List.of(
            contact("AAMkC1", "Bob Baker", "bob@example.com", "+49 30 1234", "Example"),
            contact("AAMkC2", "Carla Cöle", "carla@example.com", "", ""),
            contact("AAMkC3", "Dan", "dan@elsewhere.test", "", ""));

    private final List<ObjectNode> people = List.of(
            person("33b43a5b", "Bob B.", "BOB@example.com"),
            person("e3d0513b", "", "eve@example.com"),
            person("8cb15416", "Frank Field", "frank@example.com"));

    MockResponse answer(Asked asked) {
        if (asked.segment(1).equals("contacts")) {
            return asked.page(contacts);
        }
        var words = asked.query("$search").orElse("\"\"").toLowerCase(Locale.ROOT);
        if (!words.matches("\"[^\"]*\"")) {
            throw Refused.of(400, "ErrorInvalidUrlQueryFilter");
        }
        var text = words.substring(1, words.length() - 1);
        return asked.page(people.stream()
                .filter(person -> person.toString().toLowerCase(Locale.ROOT).contains(text))
                .toList());
    }

    private static ObjectNode contact(String id, String name, String address, String phone, String company) {
        var json = FakeGraph.JSON.createObjectNode().put("id", id).put("displayName", name);
        json.putArray("emailAddresses").addObject().put("name", name).put("address", address);
        var phones = json.putArray("businessPhones");
        if (!phone.isEmpty()) {
            phones.add(phone);
        }
        json.putArray("homePhones");
        json.putNull("mobilePhone");
        return json.put("companyName", company);
    }

    private static ObjectNode person(String id, String name, String address) {
        var json = FakeGraph.JSON.createObjectNode().put("id", id).put("displayName", name);
        json.putArray("scoredEmailAddresses")
                .addObject()
                .put("address", address)
                .put("relevanceScore", 8.0);
        json.putArray("phones").addObject().put("type", "business").put("number", "+1 412 555 0109");
        return json.putNull("companyName");
    }
}
