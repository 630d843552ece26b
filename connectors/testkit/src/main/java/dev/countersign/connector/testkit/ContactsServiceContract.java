package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.Contact;
import dev.countersign.connector.workspace.ContactsService;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ContactsService} keeps to. */
public abstract class ContactsServiceContract {
    protected abstract ContactsService contacts();

    /** Somebody who is in these contacts, by name. */
    protected abstract String knownName();

    /** Words that at least three contacts hold, e.g. a domain. */
    protected abstract String common();

    @Test
    void name_findsTheContactWhateverItsCase() {
        var found = contacts().search(knownName().toUpperCase(Locale.ROOT), 10, Optional.empty());
        assertThat(found.items()).extracting(Contact::name).contains(knownName());
        assertThat(found.items()).extracting(Contact::id).doesNotHaveDuplicates();
    }

    @Test
    void address_findsTheContact() {
        var known = contacts().search(knownName(), 10, Optional.empty()).items().getFirst();
        var address = known.addresses().getFirst();
        assertThat(contacts().search(address, 10, Optional.empty()).items()).contains(known);
    }

    @Test
    void unknownWords_findNobody() {
        assertThat(contacts().search("qqzzxxnobody", 10, Optional.empty()).items())
                .isEmpty();
    }

    @Test
    void pages_giveEveryContactOnce() {
        var contacts = contacts();
        var pages = Pages.all(1, page -> contacts.search(common(), 1, page));
        assertThat(pages).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(pages)
                .containsExactlyInAnyOrderElementsOf(Pages.all(100, page -> contacts.search(common(), 100, page)));
    }
}
