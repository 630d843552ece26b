package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Contact;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contacts over People v1: the account's own, those that Google noted from its mail, and those of its organisation. The
 * searches have no pages and give 30 at most, so a page is a stretch of what all of them found.
 *
 * @see <a href="https://developers.google.com/people/v1/contacts#search_the_users_contacts">Search the user's contacts</a>
 * @see <a href="https://developers.google.com/people/v1/other-contacts">Other contacts</a>
 * @see <a href="https://developers.google.com/people/v1/directory">Directory</a>
 */
final class GoogleContacts implements ContactsService {
    private static final int MOST_FOUND = 30;
    private static final int MOST_IN_DIRECTORY = 100;
    private static final String CONTACTS = "v1/people:searchContacts";
    private static final String OTHERS = "v1/otherContacts:search";
    private static final String FIELDS = "names,emailAddresses,phoneNumbers,organizations";

    /** All that may be asked of other contacts. */
    private static final String FEWER_FIELDS = "names,emailAddresses,phoneNumbers";

    private final Upstream people;

    GoogleContacts(Upstream upstream) {
        this.people = upstream.at(GoogleConnector.PEOPLE);
    }

    @Override
    public Page<Contact> search(String text, int limit, Optional<String> page) {
        if (page.isEmpty()) {
            warmUp();
        }
        var found = distinct(Stream.of(contacts(text), others(text), directory(text))
                .flatMap(List::stream)
                .toList());
        var from = Math.min(page.map(Integer::parseInt).orElse(0), found.size());
        var until = Math.min(from + limit, found.size());
        return new Page<>(
                found.subList(from, until),
                until < found.size() ? Optional.of(Integer.toString(until)) : Optional.empty());
    }

    /** Search works on a copy that is made anew when an empty search is sent before; so the documentation asks. */
    private void warmUp() {
        search(CONTACTS, "", FIELDS);
        Absent.unless(Kind.FORBIDDEN, () -> search(OTHERS, "", FEWER_FIELDS));
    }

    private List<PeopleJson.Person> contacts(String text) {
        return search(CONTACTS, text, FIELDS);
    }

    /** Nobody, when the person did not allow it. */
    private List<PeopleJson.Person> others(String text) {
        return Absent.unless(Kind.FORBIDDEN, () -> search(OTHERS, text, FEWER_FIELDS))
                .orElse(List.of());
    }

    private List<PeopleJson.Person> search(String path, String text, String fields) {
        return people
                .get(path)
                .query("query", text)
                .query("readMask", fields)
                .query("pageSize", MOST_FOUND)
                .as(PeopleJson.Found.class)
                .results()
                .stream()
                .flatMap(result -> result.person().stream())
                .toList();
    }

    /** Nobody, when the account belongs to no organisation or may not see it. */
    private List<PeopleJson.Person> directory(String text) {
        return Absent.unless(
                        Kind.FORBIDDEN,
                        () -> people.get("v1/people:searchDirectoryPeople")
                                .query("query", text)
                                .query("readMask", FIELDS)
                                .query("sources", "DIRECTORY_SOURCE_TYPE_DOMAIN_PROFILE")
                                .query("pageSize", MOST_IN_DIRECTORY)
                                .as(PeopleJson.Directory.class)
                                .people())
                .orElse(List.of());
    }

    /** Who is known with the same address already is not named again. */
    private static List<Contact> distinct(List<PeopleJson.Person> people) {
        var known = new HashSet<String>();
        var contacts = new ArrayList<Contact>();
        for (var person : people) {
            var keys = values(person.emailAddresses()).stream()
                    .map(address -> address.toLowerCase(Locale.ROOT))
                    .toList();
            if (known.add(person.resourceName()) && (keys.isEmpty() || !known.containsAll(keys))) {
                contacts.add(contact(person));
            }
            known.addAll(keys);
        }
        return contacts;
    }

    private static Contact contact(PeopleJson.Person person) {
        var addresses = values(person.emailAddresses());
        var name = person.names().stream()
                .flatMap(one -> Absent.filled(one.displayName()).stream())
                .findFirst()
                .or(() -> addresses.stream().findFirst())
                .orElse("(no name)");
        var organization = person.organizations().stream()
                .flatMap(one -> Absent.filled(one.name()).stream())
                .findFirst();
        return new Contact(person.resourceName(), name, addresses, values(person.phoneNumbers()), organization);
    }

    private static List<String> values(List<PeopleJson.Value> values) {
        return values.stream()
                .flatMap(one -> Absent.filled(one.value()).stream())
                .distinct()
                .toList();
    }
}
