package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.Contact;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.Page;
import java.util.List;
import java.util.Optional;

/** {@code contacts_search}: people by name, address or organisation. */
final class ContactsSearch {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    public record Input(
            @Doc("part of a name, an address or an organisation")
            String text,

            @Doc(Docs.ACCOUNTS) List<String> accounts,

            @Doc(value = Docs.LIMIT, min = 1, max = MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor) {}

    public record Output(
            List<ContactView> contacts,

            @Doc("'cursor' for the next page; absent at the end")
            Optional<String> nextCursor,

            List<Problem> problems) {
        String text() {
            return Lines.list("contact", contacts, ContactView::line) + Lines.rest(problems, nextCursor);
        }
    }

    public record ContactView(
            String account,
            String id,
            String name,
            List<String> addresses,
            List<String> phones,
            Optional<String> organization) {
        static ContactView of(Contact contact, Account account) {
            return new ContactView(
                    account.id(),
                    contact.id(),
                    contact.name(),
                    contact.addresses(),
                    contact.phones(),
                    contact.organization());
        }

        String line() {
            return "- %s%s%s%s"
                    .formatted(
                            name,
                            joined(addresses),
                            joined(phones),
                            organization.map(text -> ", " + text).orElse(""));
        }

        private static String joined(List<String> values) {
            return values.isEmpty() ? "" : ", " + String.join(", ", values);
        }
    }

    private ContactsSearch() {}

    static Tool<Input, Output> tool() {
        return Tool.read("contacts_search", "Search contacts", Input.class, Output.class)
                .description("Finds people and their mail addresses in the linked accounts' contacts.")
                .scopes("contacts:read")
                .accounts(Tool.Accounts.EVERY)
                .service(ContactsService.class)
                .text(Output::text)
                .run(ContactsSearch::run);
    }

    private static Output run(Input in, Call call) {
        var text = Inputs.filledLine("text", in.text());
        var found = Spread.<ContactsService, ContactView>page(
                call,
                ContactsService.class,
                Inputs.limit(in.limit(), DEFAULT_LIMIT, MAX_LIMIT),
                in.cursor(),
                () -> "",
                (service, account, fixed, share, page) -> {
                    var contacts = service.search(text, share, page);
                    return new Page<>(
                            contacts.items().stream()
                                    .map(contact -> ContactView.of(contact, account))
                                    .toList(),
                            contacts.next());
                });
        return new Output(found.items(), found.nextCursor(), found.problems());
    }
}
