package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Contact;
import dev.countersign.connector.sandbox.MailJson.Contacts;
import dev.countersign.connector.sandbox.People.Person;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who the account is, its contacts, and the people of its organisation. */
final class PeopleApi {
    private static final String ORGANIZATION = "Example Works";

    private final Store store;
    private final People people;

    record UserInfo(String sub, String email, String name, String zoneinfo) {}

    PeopleApi(Store store, People people) {
        this.store = store;
        this.people = people;
    }

    List<Route> routes(Api api) {
        return List.of(
                api.route("GET", "userinfo", Operation.USERINFO, Scope.PROFILE, PeopleApi::userInfo),
                api.route("GET", "contacts", Operation.CONTACTS_READ, Scope.CONTACTS_READ, this::contacts));
    }

    private static Answer userInfo(Person person, Incoming request) {
        return Answer.json(
                200,
                new UserInfo(
                        person.id(),
                        person.address(),
                        person.name(),
                        person.zone().getId()));
    }

    /** Names that begin with the words come first. */
    private Answer contacts(Person person, Incoming request) {
        var words =
                request.parameter("text").orElse("").toLowerCase(Locale.ROOT).strip();
        var limit = Api.limit(request);
        var from = Api.position(request).map(Api.Position::at).orElse(0L);
        var found = Stream.concat(own(person).stream(), colleagues(person).stream())
                .filter(contact -> holds(contact, words))
                .sorted(Comparator.comparing(
                                (Contact contact) -> !lower(contact.name()).startsWith(words))
                        .thenComparing(Contact::name)
                        .thenComparing(Contact::id))
                .skip(from)
                .limit(limit + 1L)
                .toList();
        var more = found.size() > limit;
        return Answer.json(
                200,
                new Contacts(
                        more ? found.subList(0, limit) : found,
                        more ? Optional.of(Api.cursor(from + limit, "")) : Optional.empty()));
    }

    private static boolean holds(Contact contact, String words) {
        var all = lower(contact.name() + " " + String.join(" ", contact.addresses()) + " " + contact.organization()
                + " " + contact.title());
        return Stream.of(words.split("\\s+")).allMatch(all::contains);
    }

    private List<Contact> own(Person person) {
        return store.read(db -> db.list(
                "SELECT * FROM contact WHERE person = ?",
                row -> new Contact(
                        row.getString("id"),
                        row.getString("name"),
                        Json.read(row.getString("addresses"), MailJson.Strings.class)
                                .items(),
                        Json.read(row.getString("phones"), MailJson.Strings.class)
                                .items(),
                        row.getString("organization"),
                        row.getString("title")),
                person.id()));
    }

    private List<Contact> colleagues(Person person) {
        return people.all().stream()
                .filter(other -> !other.id().equals(person.id()))
                .map(other -> new Contact(
                        other.id(),
                        other.name(),
                        List.of(other.address()),
                        List.of(other.phone()),
                        ORGANIZATION,
                        other.title()))
                .toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
