package dev.countersign.retrieval;

import dev.countersign.connector.Tool;
import java.time.Duration;
import java.util.List;

/** {@code search} and {@code fetch}: the two names that LLM clients expect of a document source. */
public final class RetrievalTools {
    /** For an account's answer: below the patience of clients, above what a healthy provider takes. */
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private RetrievalTools() {}

    public static List<Tool<?, ?>> tools(Documents documents, LinkedSearch linked) {
        return tools(documents, linked, DEADLINE);
    }

    static List<Tool<?, ?>> tools(Documents documents, LinkedSearch linked, Duration deadline) {
        return List.of(
                new SearchTool(documents, linked, new AccountSearch(deadline)).tool(),
                new FetchTool(documents, linked).tool());
    }
}
