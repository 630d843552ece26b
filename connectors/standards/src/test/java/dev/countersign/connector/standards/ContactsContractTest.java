package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.ContactsServiceContract;
import dev.countersign.connector.workspace.ContactsService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ContactsContractTest extends ContactsServiceContract {
    private final Host host = new Host();
    private ContactsService contacts;

    @BeforeEach
    void fill() {
        var upstream = host.newPerson();
        Host.addContact(upstream, "1", card("3.0", "Bob Bauer", "bob@example.com"));
        Host.addContact(upstream, "2", card("4.0", "Carla Çelik", "carla@example.com"));
        Host.addContact(upstream, "3", card("3.0", "Dan Übel", "dan@example.com"));
        Host.addContact(upstream, "4", card("3.0", "Eve", "eve@else.invalid"));
        contacts = new StandardsContacts(upstream);
    }

    static String card(String version, String name, String address) {
        return """
            BEGIN:VCARD
            VERSION:%s
            UID:%s
            FN:%s
            N:;%s;;;
            EMAIL;TYPE=work:%s
            TEL;TYPE=cell:+49 30 1234
            ORG:Bauer & Söhne
            END:VCARD
            """.formatted(version, address, name, name, address);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Override
    protected ContactsService contacts() {
        return contacts;
    }

    @Override
    protected String knownName() {
        return "Bob Bauer";
    }

    @Override
    protected String common() {
        return "example.com";
    }
}
