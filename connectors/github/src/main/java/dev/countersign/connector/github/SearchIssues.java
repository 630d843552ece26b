package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code github_search_issues}: issues or pull requests by words, in one repository or all. */
final class SearchIssues {
    private static final int DEFAULT_LIMIT = 20;

    /** What is searched: GitHub finds one of the two at a time. */
    public enum Kind {
        ISSUE,
        PULL_REQUEST
    }

    /** Which ones. */
    public enum State {
        OPEN,
        CLOSED
    }

    public record Input(
            @Doc("words of title, body or comments") Optional<String> text,
            @Doc("issue when absent") Optional<Kind> kind,
            @Doc("owner/name; absent for all of GitHub") Optional<String> repository,
            @Doc("both when absent") Optional<State> state,
            @Doc("login of the author, or @me") Optional<String> author,
            @Doc("login of the assignee, or @me") Optional<String> assignee,

            @Doc("login of who wrote, is assigned, mentioned or commented, or @me")
            Optional<String> involves,

            @Doc(Docs.LABELS + "; it must have all of them") List<String> labels,

            @Doc(value = Docs.LIMIT, min = 1, max = GitHub.MOST_ON_A_PAGE)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            @Doc("the best match first") List<IssueBrief> found,
            @Doc(Docs.NEXT) Optional<String> nextCursor) {
        String text() {
            return Shown.list("hit", "hits", found, IssueBrief::line, nextCursor);
        }

        List<Foreign> foreign() {
            return found.stream().map(IssueBrief::foreign).toList();
        }
    }

    private SearchIssues() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_search_issues", "Search issues", Input.class, Output.class)
                .description(
                        "Finds GitHub issues or pull requests by words, people or labels, in one repository or all.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(SearchIssues::run);
    }

    private static Output run(Input in, Call call) {
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, GitHub.MOST_ON_A_PAGE);
        var terms = terms(in);
        var github = GitHub.of(call);
        var page = Pages.search(call, in.cursor(), limit, number -> {
            var found = found(github, terms, limit, number);
            return new Pages.Found<>(found.totalCount(), found.items());
        });
        return new Output(page.items().stream().map(IssueBrief::of).toList(), page.next());
    }

    static GitHubJson.IssuesFound found(GitHub github, Terms terms, int limit, int page) {
        var request = github.get("search/issues")
                .query("q", terms)
                .header("Accept", "application/vnd.github.text-match+json");
        return Json.read(GitHub.paged(request, limit, page).bytes(), GitHubJson.IssuesFound.class);
    }

    private static Terms terms(Input in) {
        var terms = Terms.of(in.text())
                .with(
                        "repo",
                        in.repository().map(name -> RepositoryName.of(name).toString()))
                .with("author", in.author().map(login -> person("author", login)))
                .with("assignee", in.assignee().map(login -> person("assignee", login)))
                .with("involves", in.involves().map(login -> person("involves", login)))
                .withEach("label", Inputs.labels("labels", in.labels()));
        if (terms.isEmpty()) {
            throw new ToolException("Nothing says what to search. Give 'text', 'repository' or a person.");
        }
        return terms.with("is", in.kind().orElse(Kind.ISSUE) == Kind.ISSUE ? "issue" : "pull-request")
                .with("state", in.state().map(state -> state.name().toLowerCase(Locale.ROOT)));
    }

    private static String person(String field, String text) {
        return text.equals("@me") ? text : Inputs.login(field, text);
    }
}
