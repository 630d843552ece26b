package dev.countersign.retrieval;

import dev.countersign.connector.Account;
import dev.countersign.connector.SearchService;
import java.util.List;

/** The linked accounts that can be searched; the base wires it to the connections. */
@FunctionalInterface
public interface LinkedSearch {
    /** The person's accounts that work, offer search and were linked with a scope that reads; never another person's. */
    List<Source> sources(String userId);

    /** One account and the search over it. */
    record Source(Account account, SearchService service) {
        /** The account in words for people and models, e.g. {@code work (alice@example.com)}. */
        String words() {
            return account.label() + " (" + account.address() + ")";
        }
    }
}
