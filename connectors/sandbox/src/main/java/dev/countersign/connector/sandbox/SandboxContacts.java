package dev.countersign.connector.sandbox;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Contact;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.Page;
import java.util.Optional;

/** Contacts and colleagues over the sandbox's API. */
final class SandboxContacts implements ContactsService {
    private final Upstream upstream;

    SandboxContacts(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Page<Contact> search(String text, int limit, Optional<String> page) {
        var found = upstream.get("contacts")
                .query("text", text)
                .query("limit", limit)
                .query("cursor", page)
                .as(MailJson.Contacts.class);
        return new Page<>(
                found.items().stream()
                        .map(one -> new Contact(
                                one.id(),
                                one.name(),
                                one.addresses(),
                                one.phones(),
                                Optional.of(one.organization()).filter(name -> !name.isEmpty())))
                        .toList(),
                found.next());
    }
}
