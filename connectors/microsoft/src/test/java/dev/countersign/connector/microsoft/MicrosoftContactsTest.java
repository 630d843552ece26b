package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.Contact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrosoftContactsTest {
    private final FakeGraph graph = new FakeGraph();
    private final MicrosoftContacts contacts = new MicrosoftContacts(graph.upstream(FakeGraph.ALICE));

    @AfterEach
    void stop() {
        graph.close();
    }

    @Test
    void contactsAndPeople_areNamedOnceByTheirAddress() {
        var found = contacts.search("example.com", 10, Optional.empty()).items();
        assertThat(found)
                .extracting(Contact::name)
                .containsExactly("Bob Baker", "Carla Cöle", "eve@example.com", "Frank Field");
        assertThat(found.getFirst())
                .isEqualTo(new Contact(
                        "AAMkC1",
                        "Bob Baker",
                        List.of("bob@example.com"),
                        List.of("+49 30 1234"),
                        Optional.of("Example")));
    }

    @Test
    void everyWord_mustBeHeld() {
        assertThat(contacts.search("baker BOB", 10, Optional.empty()).items()).hasSize(1);
        assertThat(contacts.search("baker carla", 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void quotationMarks_endNothing() {
        assertThat(contacts.search("\"bob\\", 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void accountWithoutPeople_hasItsContacts() {
        graph.fail("GET /v1.0/me/people", 403, Refused.body("ErrorAccessDenied"), Map.of());
        assertThat(contacts.search("frank", 10, Optional.empty()).items()).isEmpty();
        assertThat(contacts.search("frank", 10, Optional.empty()).items()).hasSize(1);
    }

    @Test
    void contacts_areReadPageByPage() {
        graph.fail("GET /v1.0/me/contacts", 200, """
            {"value": [{"id": "z", "displayName": "Zed", "emailAddresses": [{"address": "zed@example.com"}]}],
             "@odata.nextLink": "https://graph.microsoft.com/v1.0/me/contacts?%24top=500&%24skip=0"}
            """, Map.of());
        assertThat(contacts.search("zed", 10, Optional.empty()).items()).hasSize(1);
        assertThat(graph.count("GET /v1.0/me/contacts")).isEqualTo(2);
    }
}
