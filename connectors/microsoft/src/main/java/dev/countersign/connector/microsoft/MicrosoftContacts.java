package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
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
 * Contacts over Graph: the account's own, and the people who matter to it by its mail and its organisation. Contacts cannot be
 * searched by parts of names, so they are read and looked through; a page is a stretch of all that was found.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/user-list-contacts">List contacts</a>
 * @see <a href="https://learn.microsoft.com/graph/api/user-list-people">List people</a>
 */
final class MicrosoftContacts implements ContactsService {
    private static final int CONTACTS_A_PAGE = 500;

    /** Four requests at most. */
    private static final int MOST_CONTACTS = 2000;

    private static final int MOST_PEOPLE = 50;

    private final Upstream upstream;

    MicrosoftContacts(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Page<Contact> search(String text, int limit, Optional<String> page) {
        var found = distinct(Stream.concat(contacts(text), people(text)).toList());
        var from = Math.min(page.map(Integer::parseInt).orElse(0), found.size());
        var until = Math.min(from + limit, found.size());
        return new Page<>(
                found.subList(from, until),
                until < found.size() ? Optional.of(Integer.toString(until)) : Optional.empty());
    }

    private Stream<Contact> contacts(String text) {
        var words = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return all().stream().map(MicrosoftContacts::contact).filter(contact -> holds(contact, words));
    }

    private List<PeopleJson.Contact> all() {
        var all = new ArrayList<PeopleJson.Contact>();
        var next = Optional.<String>empty();
        do {
            var request = Graph.preferring(upstream.get("me/contacts"));
            var page = next.map(state -> Graph.page(request, state))
                    .orElseGet(() -> request.query("$top", CONTACTS_A_PAGE).query("$select", PeopleJson.CONTACT))
                    .as(PeopleJson.Contacts.class);
            all.addAll(page.value());
            next = Graph.next(page.nextLink());
        } while (next.isPresent() && all.size() < MOST_CONTACTS);
        return all;
    }

    private static boolean holds(Contact contact, List<String> words) {
        var all = (contact.name() + "\n" + String.join("\n", contact.addresses()) + "\n"
                        + contact.organization().orElse(""))
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(all::contains);
    }

    /** Nobody, where the kind of account has none or the person did not allow it. */
    private Stream<Contact> people(String text) {
        return Absent.unless(
                        Absent.NOT_OFFERED,
                        () -> Graph.preferring(upstream.get("me/people"))
                                .query("$search", '"' + text.replaceAll("[\"\\\\]", " ") + '"')
                                .query("$top", MOST_PEOPLE)
                                .query("$select", PeopleJson.PERSON)
                                .as(PeopleJson.People.class)
                                .value())
                .orElse(List.of())
                .stream()
                .map(MicrosoftContacts::contact);
    }

    /** Who is known with the same address already is not named again. */
    private static List<Contact> distinct(List<Contact> all) {
        var known = new HashSet<String>();
        var contacts = new ArrayList<Contact>();
        for (var contact : all) {
            var keys = contact.addresses().stream()
                    .map(address -> address.toLowerCase(Locale.ROOT))
                    .toList();
            if (known.add(contact.id()) && (keys.isEmpty() || !known.containsAll(keys))) {
                contacts.add(contact);
            }
            known.addAll(keys);
        }
        return contacts;
    }

    private static Contact contact(PeopleJson.Contact json) {
        var phones = Stream.of(
                        json.businessPhones(),
                        json.homePhones(),
                        json.mobilePhone().stream().toList())
                .flatMap(List::stream);
        return contact(json.id(), json.displayName(), json.emailAddresses(), phones, json.companyName());
    }

    private static Contact contact(PeopleJson.Person json) {
        var phones = json.phones().stream().flatMap(phone -> phone.number().stream());
        return contact(json.id(), json.displayName(), json.scoredEmailAddresses(), phones, json.companyName());
    }

    private static Contact contact(
            String id,
            Optional<String> name,
            List<CalendarJson.Address> boxes,
            Stream<String> phones,
            Optional<String> organization) {
        var addresses = boxes.stream()
                .flatMap(box -> Absent.filled(box.address()).stream())
                .distinct()
                .toList();
        return new Contact(
                id,
                Absent.filled(name).or(() -> addresses.stream().findFirst()).orElse("(no name)"),
                addresses,
                phones.filter(phone -> !phone.isBlank()).distinct().toList(),
                Absent.filled(organization));
    }
}
