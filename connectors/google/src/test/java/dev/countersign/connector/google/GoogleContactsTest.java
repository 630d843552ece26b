package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.Contact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleContactsTest {
    private final FakeGoogle google = new FakeGoogle();
    private final GoogleContacts contacts = new GoogleContacts(google.upstream(FakeGoogle.ALICE));

    @AfterEach
    void stop() {
        google.close();
    }

    private List<Contact> search(String text) {
        return contacts.search(text, 20, Optional.empty()).items();
    }

    @Test
    void allSources_areSearchedAndNobodyIsNamedTwice() {
        assertThat(search("example.com"))
                .extracting(Contact::id)
                .containsExactly("people/c1", "people/c2", "otherContacts/o2", "people/d1");
    }

    @Test
    void contact_hasWhatIsKnownOfIt() {
        assertThat(search("bob"))
                .containsExactly(new Contact(
                        "people/c1",
                        "Bob Baker",
                        List.of("bob@example.com"),
                        List.of("+49 30 1234"),
                        Optional.of("Example")));
        assertThat(search("eve")).extracting(Contact::name).containsExactly("eve@example.com");
    }

    @Test
    void firstPage_warmsTheSearchUp() {
        search("bob");
        assertThat(google.requests.getFirst().getUrl().queryParameter("query")).isEmpty();
        contacts.search("bob", 20, Optional.of("0"));
        assertThat(google.requests)
                .filteredOn(request ->
                        String.valueOf(request.getUrl().queryParameter("query")).isEmpty())
                .hasSize(2);
    }

    @Test
    void sourceThatIsClosed_isLeftOut() {
        google.fail(
                "/v1/otherContacts",
                403,
                Refused.rpc(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
                Map.of());
        google.fail(
                "/v1/otherContacts",
                403,
                Refused.rpc(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
                Map.of());
        google.fail("/v1/people:searchDirectory", 400, Refused.rpc(400, "FAILED_PRECONDITION", "X"), Map.of());
        assertThat(search("example.com")).extracting(Contact::id).containsExactly("people/c1", "people/c2");
    }
}
