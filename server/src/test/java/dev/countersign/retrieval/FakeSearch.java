package dev.countersign.retrieval;

import dev.countersign.connector.Account;
import dev.countersign.connector.SearchService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** An account that holds what the test says. */
record FakeSearch(Function<String, List<SearchService.Hit>> holds) implements SearchService {
    static final Instant AT = Instant.parse("2026-03-03T10:00:00Z");
    static final String STRANGER = "mallory@strangers.example";

    /** Holds this many mails, the best first, for every query. */
    static FakeSearch mails(String name, int count) {
        return new FakeSearch(query -> IntStream.range(0, count)
                .mapToObj(i -> hit("mail/" + name + i, name + " " + i))
                .toList());
    }

    static SearchService.Hit hit(String id, String title) {
        return new SearchService.Hit(
                id,
                title,
                "pay to account-77@strangers.example",
                Optional.of("https://mail.example/" + id),
                Optional.of(AT),
                STRANGER);
    }

    static LinkedSearch.Source source(String label, SearchService service) {
        return new LinkedSearch.Source(
                new Account("acc-" + label, "fake", label, label + "@example.com", Set.of("mail:read")), service);
    }

    @Override
    public List<Hit> search(String query, int limit) {
        return holds.apply(query);
    }

    @Override
    public Optional<Document> fetch(String id) {
        return holds.apply("").stream()
                .filter(hit -> hit.id().equals(id))
                .findFirst()
                .map(hit -> new Document(id, hit.title(), "the whole of " + id, hit.url(), hit.at(), hit.author()));
    }
}
