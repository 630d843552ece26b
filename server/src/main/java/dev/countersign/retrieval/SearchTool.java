package dev.countersign.retrieval;

import dev.countersign.connections.RecordJson;
import dev.countersign.connections.ServerCall;
import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.SearchService.Hit;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.retrieval.AccountSearch.Answer;
import dev.countersign.store.DocumentTable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code search}: what the person may read, in shared documents and in linked accounts. */
final class SearchTool {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 50;
    private static final int MAX_QUERY = 500;

    public record Input(
            @Doc(value = "a few words to look for", min = 1, max = MAX_QUERY)
            String query,

            @Doc(value = "how many at most; absent for 10", min = 1, max = MAX_LIMIT)
            Optional<Integer> limit) {}

    public record Output(List<Result> results, List<Problem> problems) {
        List<Foreign> foreign() {
            return results.stream().map(Result::foreign).toList();
        }
    }

    /** One thing that was found. */
    public record Result(
            @Doc("what fetch takes") String id,
            String title,
            String snippet,

            @Doc("where the person can open it; absent when there is no such page")
            Optional<String> url,

            @Doc("the shared folder or the linked account that holds it")
            String source,

            @Doc("who wrote it, where that is known") Optional<String> author,
            Optional<OffsetDateTime> time) {
        Foreign foreign() {
            return Words.foreign(author, source, title, snippet);
        }
    }

    /** A linked account that gave no answer while others did. */
    public record Problem(@Doc("account id") String account, String message) {}

    private final Documents documents;
    private final LinkedSearch linked;
    private final AccountSearch accounts;

    SearchTool(Documents documents, LinkedSearch linked, AccountSearch accounts) {
        this.documents = documents;
        this.linked = linked;
        this.accounts = accounts;
    }

    Tool<Input, Output> tool() {
        return Tool.read("search", "Search", Input.class, Output.class)
                .description("Finds what the person may read by words, in shared documents and in the linked accounts'"
                        + " mail, events and files; read a result whole with fetch.")
                .scopes("search")
                .accounts(Tool.Accounts.NONE)
                .text(RecordJson.ARGUMENTS::write)
                .foreign(Output::foreign)
                .run((in, call) -> run(in, (ServerCall) call));
    }

    private Output run(Input in, ServerCall call) {
        if (in.query().isBlank()) {
            throw new ToolException("'query' is empty. Say in a few words what to look for.");
        }
        if (in.query().length() > MAX_QUERY) {
            throw new ToolException("'query' must have at most " + MAX_QUERY + " characters.");
        }
        int limit = limit(in.limit());
        var userId = call.principal().userId();
        var running = accounts.start(linked.sources(userId), in.query(), limit);
        var lists = new ArrayList<List<Result>>();
        lists.add(shared(userId, in.query(), limit, call.zone()));
        var problems = new ArrayList<Problem>();
        for (var answer : running.answers()) {
            switch (answer) {
                case Answer.Hits hits -> lists.add(results(hits, call));
                case Answer.Failed failed ->
                    problems.add(new Problem(failed.source().account().id(), failed.sentence()));
            }
        }
        return new Output(Turns.take(lists, limit), List.copyOf(problems));
    }

    private static int limit(Optional<Integer> asked) {
        int limit = asked.orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ToolException("'limit' must be from 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }

    private List<Result> shared(String userId, String query, int limit, ZoneId zone) {
        return documents.search(userId, query, limit).stream()
                .map(found -> result(found, zone))
                .toList();
    }

    private static Result result(DocumentTable.Found found, ZoneId zone) {
        return new Result(
                new ItemId.Shared(found.id()).text(),
                Words.title(found.title()),
                found.snippet(),
                found.url(),
                Words.folder(found.folder()),
                Optional.empty(),
                Optional.of(at(found.updatedAt(), zone)));
    }

    private static List<Result> results(Answer.Hits answer, Call call) {
        return answer.hits().stream()
                .map(hit -> result(answer.source(), hit, call.zone()))
                .toList();
    }

    private static Result result(LinkedSearch.Source source, Hit hit, ZoneId zone) {
        return new Result(
                new ItemId.InAccount(source.account().id(), hit.id()).text(),
                Words.title(hit.title()),
                hit.snippet(),
                hit.url(),
                source.words(),
                Words.author(hit.author()),
                hit.at().map(at -> at(at, zone)));
    }

    private static OffsetDateTime at(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }
}
