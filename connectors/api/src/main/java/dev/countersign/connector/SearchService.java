package dev.countersign.connector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Searches what one linked account holds, live. The {@code search} and {@code fetch} tools ask it. */
public interface SearchService {
    /** The best hits first, at most {@code limit}; never what the account may not see. */
    List<Hit> search(String query, int limit);

    /** The whole of one hit, or empty when it is gone. */
    Optional<Document> fetch(String id);

    /**
     * One thing that was found.
     *
     * @param id what {@link #fetch} takes: kind and id, e.g. {@code mail/abc}
     * @param snippet plain text around the match, at most 300 characters
     * @param url where the person can open it, where there is such a page
     */
    record Hit(String id, String title, String snippet, Optional<String> url, Optional<Instant> at, String author) {}

    /** One thing in full; {@code author} wrote {@code text}. */
    record Document(String id, String title, String text, Optional<String> url, Optional<Instant> at, String author) {}
}
