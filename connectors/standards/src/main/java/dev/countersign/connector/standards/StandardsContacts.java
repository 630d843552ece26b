package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Contact;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.Page;
import ezvcard.VCard;
import ezvcard.io.text.VCardReader;
import ezvcard.property.TextProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contacts over CardDAV. The host filters where it can, RFC 6352 section 10.5; what it gives is looked at again, for hosts
 * differ in what they compare.
 */
final class StandardsContacts implements ContactsService {
    static final String SERVER = "carddav";

    private static final List<String> SEARCHED = List.of("FN", "NICKNAME", "EMAIL", "ORG");

    private final Upstream upstream;

    StandardsContacts(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Page<Contact> search(String text, int limit, Optional<String> page) {
        var words = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        var dav = new Dav(upstream.at(SERVER));
        var all = DavHome.addressBooks(dav).homes().stream()
                .flatMap(home -> dav.propfind(home, 1, "D:resourcetype").stream())
                .filter(item -> item.holds("resourcetype", Dav.CARDDAV, "addressbook"))
                .flatMap(book -> found(dav, book.path(), words.getFirst()))
                .filter(contact -> words.stream().allMatch(word -> holds(contact, word)))
                .filter(contact -> page.isEmpty() || place(contact, text).compareTo(page.get()) > 0)
                .sorted(Comparator.comparing(contact -> place(contact, text)))
                .toList();
        var items = all.subList(0, Math.min(limit, all.size()));
        return new Page<>(
                items, items.size() < all.size() ? Optional.of(place(items.getLast(), text)) : Optional.empty());
    }

    /** Hosts that do not know the filter, or stumble over it, are asked for all they have. */
    private static Stream<Contact> found(Dav dav, String book, String word) {
        var filters = SEARCHED.stream()
                .map(name -> "<A:prop-filter name=\"" + name + "\"><A:text-match collation=\"i;unicode-casemap\""
                        + " match-type=\"contains\">" + Xml.escaped(word) + "</A:text-match></A:prop-filter>")
                .reduce("", String::concat);
        try {
            return cards(dav, book, "<A:filter test=\"anyof\">" + filters + "</A:filter>");
        } catch (UpstreamException e) {
            if (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.FORBIDDEN || e.kind() == Kind.INVALID) {
                return cards(dav, book, "<A:filter/>");
            }
            throw e;
        }
    }

    private static Stream<Contact> cards(Dav dav, String book, String filter) {
        var body = "<A:addressbook-query " + Dav.NAMESPACES + "><D:prop><A:address-data/></D:prop>" + filter
                + "</A:addressbook-query>";
        return dav.report(book, 1, body).stream()
                .flatMap(item -> item.text("address-data").stream()
                        .flatMap(card -> parsed(card).stream())
                        .map(card -> contact(item.path(), card)));
    }

    private static List<VCard> parsed(String card) {
        try (var reader = new VCardReader(card)) {
            return reader.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contact contact(String path, VCard card) {
        var addresses =
                card.getEmails().stream().flatMap(one -> value(one).stream()).toList();
        var phones = card.getTelephoneNumbers().stream()
                .map(one -> Optional.ofNullable(one.getText())
                        .or(() -> Optional.ofNullable(one.getUri()).map(uri -> uri.getNumber())))
                .flatMap(Optional::stream)
                .toList();
        var organization = Optional.ofNullable(card.getOrganization())
                .flatMap(one -> one.getValues().stream().findFirst())
                .filter(name -> !name.isBlank());
        var name = Optional.ofNullable(card.getFormattedName())
                .flatMap(StandardsContacts::value)
                .or(() -> Optional.ofNullable(card.getStructuredName())
                        .map(one -> (Optional.ofNullable(one.getGiven()).orElse("") + " "
                                        + Optional.ofNullable(one.getFamily()).orElse(""))
                                .strip()))
                .filter(text -> !text.isBlank())
                .or(() -> organization)
                .or(() -> addresses.stream().findFirst())
                .orElse("");
        return new Contact(CalendarFolder.last(path), name, addresses, phones, organization);
    }

    private static Optional<String> value(TextProperty property) {
        return Optional.ofNullable(property.getValue()).filter(text -> !text.isBlank());
    }

    private static boolean holds(Contact contact, String word) {
        var all = contact.name() + " " + contact.addresses() + " "
                + contact.organization().orElse("");
        return all.toLowerCase(Locale.ROOT).contains(word);
    }

    /** Names that begin with the words come first. */
    private static String place(Contact contact, String text) {
        var name = contact.name().toLowerCase(Locale.ROOT);
        return (name.startsWith(text.toLowerCase(Locale.ROOT).strip()) ? "0" : "1") + name + " " + contact.id();
    }
}
