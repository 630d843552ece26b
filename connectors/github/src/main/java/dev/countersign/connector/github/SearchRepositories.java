package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import java.util.List;
import java.util.Optional;

/** {@code github_search_repositories}: repositories by words, or the person's own. */
final class SearchRepositories {
    private static final int DEFAULT_LIMIT = 20;

    public record Input(
            @Doc("words of name or description; absent for the account's own, latest push first")
            Optional<String> text,

            @Doc("login of a person or organisation that owns them")
            Optional<String> owner,

            @Doc("main programming language, e.g. Java") Optional<String> language,

            @Doc(value = Docs.LIMIT, min = 1, max = GitHub.MOST_ON_A_PAGE)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            List<RepositoryView> repositories,
            @Doc(Docs.NEXT) Optional<String> nextCursor) {
        String text() {
            return Shown.list("repository", "repositories", repositories, RepositoryView::line, nextCursor);
        }

        List<Foreign> foreign() {
            return repositories.stream().map(RepositoryView::foreign).toList();
        }
    }

    private SearchRepositories() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_search_repositories", "Search repositories", Input.class, Output.class)
                .description("Finds GitHub repositories by words, owner or language; without any, the account's own.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(SearchRepositories::run);
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, GitHub.MOST_ON_A_PAGE);
        var terms = Terms.of(in.text())
                .with("user", in.owner().map(login -> Inputs.login("owner", login)))
                .with("language", in.language());
        var page = terms.isEmpty()
                ? Pages.of(call, in.cursor(), limit, number -> own(github, limit, number))
                : Pages.search(call, in.cursor(), limit, number -> found(github, terms, limit, number));
        return new Output(page.items().stream().map(RepositoryView::of).toList(), page.next());
    }

    private static List<GitHubJson.Repository> own(GitHub github, int limit, int page) {
        var request = github.get("user/repos").query("sort", "pushed");
        return Json.list(GitHub.paged(request, limit, page).bytes(), GitHubJson.Repository.class);
    }

    private static Pages.Found<GitHubJson.Repository> found(GitHub github, Terms terms, int limit, int page) {
        var request = github.get("search/repositories").query("q", terms);
        var found = Json.read(GitHub.paged(request, limit, page).bytes(), GitHubJson.RepositoriesFound.class);
        return new Pages.Found<>(found.totalCount(), found.items());
    }
}
