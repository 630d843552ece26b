package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code github_list_pull_requests}: the pull requests of one repository. */
final class ListPullRequests {
    private static final int DEFAULT_LIMIT = 20;

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,

            @Doc("open when absent; closed holds the merged ones")
            Optional<ListIssues.State> state,

            @Doc("branch that they go into") Optional<String> base,

            @Doc("owner:branch that is to be merged, e.g. octocat:fix")
            Optional<String> head,

            @Doc(value = Docs.LIMIT, min = 1, max = GitHub.MOST_ON_A_PAGE)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            @Doc("the latest change first") List<PullRequestBrief> pullRequests,
            @Doc(Docs.NEXT) Optional<String> nextCursor) {
        String text() {
            return Shown.list("pull request", "pull requests", pullRequests, PullRequestBrief::line, nextCursor);
        }

        List<Foreign> foreign() {
            return pullRequests.stream().map(PullRequestBrief::foreign).toList();
        }
    }

    private ListPullRequests() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_list_pull_requests", "List pull requests", Input.class, Output.class)
                .description("Lists the pull requests of one GitHub repository by state or branch, without bodies.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(ListPullRequests::run);
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var repository = RepositoryName.of(in.repository());
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, GitHub.MOST_ON_A_PAGE);
        var page = Pages.of(call, in.cursor(), limit, number -> {
            var request = github.get(repository, "pulls")
                    .query(
                            "state",
                            in.state().orElse(ListIssues.State.OPEN).name().toLowerCase(Locale.ROOT))
                    .query("base", in.base())
                    .query("head", in.head())
                    .query("sort", "updated")
                    .query("direction", "desc");
            return Json.list(GitHub.paged(request, limit, number).bytes(), GitHubJson.PullRequest.class);
        });
        return new Output(
                page.items().stream()
                        .map(pull -> PullRequestBrief.of(pull, repository))
                        .toList(),
                page.next());
    }
}
