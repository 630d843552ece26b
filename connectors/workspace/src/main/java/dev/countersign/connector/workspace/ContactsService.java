package dev.countersign.connector.workspace;

import java.util.Optional;

/** The contacts of one linked account, with those of its organisation where the account may see them. */
public interface ContactsService {
    /**
     * The best matches first.
     *
     * @param text part of a name, an address or an organisation
     * @param limit how many at most
     * @param page {@link Page#next()} of the page before; empty for the first one
     */
    Page<Contact> search(String text, int limit, Optional<String> page);
}
