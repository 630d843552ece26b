package dev.countersign.retrieval;

import dev.countersign.connector.SearchService.Hit;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.retrieval.LinkedSearch.Source;
import dev.countersign.telemetry.WithoutMessages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks linked accounts all at once. One that fails or is slow takes nothing from the others. */
final class AccountSearch {
    private static final String NOT_SEARCHED = "It could not be searched. Search again later.";
    private static final Logger LOG = LoggerFactory.getLogger(AccountSearch.class);

    private final Duration deadline;

    AccountSearch(Duration deadline) {
        this.deadline = deadline;
    }

    /** What one account answered. */
    sealed interface Answer {
        Source source();

        record Hits(Source source, List<Hit> hits) implements Answer {}

        /** @param sentence what to do next, for the model */
        record Failed(Source source, String sentence) implements Answer {}
    }

    /** A search that is under way. */
    final class Running {
        private final long until = System.nanoTime() + deadline.toNanos();
        private final List<Asked> asked;

        private Running(List<Asked> asked) {
            this.asked = asked;
        }

        /** Waits for the answers, in the order of the accounts, and leaves at the deadline what has not answered. */
        List<Answer> answers() {
            try {
                return asked.stream().map(this::answer).toList();
            } finally {
                asked.forEach(each -> each.task.cancel(true));
            }
        }

        private Answer answer(Asked one) {
            try {
                return new Answer.Hits(
                        one.source, one.task.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                return new Answer.Failed(
                        one.source, "No answer came in " + deadline.toSeconds() + " seconds. Search again later.");
            } catch (ExecutionException e) {
                return new Answer.Failed(one.source, sentence(one.source, e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the call ended while accounts were asked");
            }
        }
    }

    private record Asked(Source source, FutureTask<List<Hit>> task) {}

    /** Starts a thread for each account. */
    Running start(List<Source> sources, String query, int limit) {
        return new Running(
                sources.stream().map(source -> ask(source, query, limit)).toList());
    }

    private static Asked ask(Source source, String query, int limit) {
        var task = new FutureTask<>(() ->
                source.service().search(query, limit).stream().limit(limit).toList());
        Thread.ofVirtual().name("search-" + source.account().id()).start(task);
        return new Asked(source, task);
    }

    private static String sentence(Source source, @Nullable Throwable cause) {
        return switch (cause) {
            case UpstreamException upstream -> String.valueOf(upstream.getMessage());
            case ToolException tool -> String.valueOf(tool.getMessage());
            case null -> NOT_SEARCHED;
            default -> {
                LOG.warn("account search failed account={}", source.account().id(), WithoutMessages.of(cause));
                yield NOT_SEARCHED;
            }
        };
    }
}
