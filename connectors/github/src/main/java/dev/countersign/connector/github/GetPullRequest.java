package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code github_get_pull_request}: a pull request with its reviews and changed files. */
final class GetPullRequest {
    private static final int MAX_BODY = 10_000;
    private static final int MAX_PATCH = 20_000;
    private static final int DEFAULT_LIMIT = 20;

    /** GitHub lists 3000 files of a pull request. */
    private static final int MOST_PAGES = 30;

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc(Docs.PULL_REQUEST) int number,

            @Doc("path of a changed file whose patch was cut, to read that one alone")
            Optional<String> file,

            @Doc(value = Docs.OFFSET, min = 0) Optional<Integer> offset,

            @Doc(value = "how many changed files at most", min = 1, max = GitHub.MOST_ON_A_PAGE)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            PullRequestBrief pullRequest,

            @Doc("clean, dirty (conflicts), blocked (checks or reviews), behind, draft, unstable or unknown")
            String mergeState,

            @Doc("commit that it stands at") String headCommit,
            int commits,
            int changedFiles,
            int additions,
            int deletions,

            @Doc("of the pull request; empty with 'file' or 'cursor'")
            String body,

            @Doc("'offset' for the rest of body or patch; absent at the end")
            Optional<Integer> nextOffset,

            List<ReviewView> reviews,
            List<ChangedFileView> files,

            @Doc("'cursor' for further files; absent at the end")
            Optional<String> nextCursor) {
        String text() {
            return pullRequest.line().substring(2) + "\n" + pullRequest.url() + "\nMerge state " + mergeState + ", "
                    + commits + " commits, " + changedFiles + " files, +" + additions + " -" + deletions + ", head "
                    + headCommit + "\n\n" + body + "\n"
                    + reviews.stream().map(ReviewView::text).collect(Collectors.joining())
                    + files.stream().map(ChangedFileView::text).collect(Collectors.joining())
                    + Shown.more(new TextPart("", nextOffset))
                    + Shown.more(nextCursor);
        }

        List<Foreign> foreign() {
            var all = new ArrayList<Foreign>();
            var source = IssueBrief.source(pullRequest.repository(), pullRequest.number());
            var changes = files.stream().map(ChangedFileView::text).collect(Collectors.joining());
            all.add(pullRequest.foreign());
            all.add(Shown.foreign(pullRequest.author(), source, body, changes));
            reviews.forEach(review -> all.add(Shown.foreign(review.author(), "review of " + source, review.body())));
            return all;
        }
    }

    private GetPullRequest() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_get_pull_request", "Read pull request", Input.class, Output.class)
                .description("Gives one GitHub pull request with merge state, reviews and changed files with patches.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(GetPullRequest::run);
    }

    static GitHubJson.PullRequest read(GitHub github, RepositoryName repository, int number) {
        return Inputs.found(
                "pull request",
                repository,
                number,
                "github_list_pull_requests",
                () -> github.pullRequest(repository, number));
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var repository = RepositoryName.of(in.repository());
        var pull = read(github, repository, in.number());
        if (in.file().isPresent()) {
            var file = file(github, call, repository, in.number(), in.file().get());
            var part = TextPart.of(file.patch().orElse(""), Inputs.offset(in.offset()), MAX_PATCH);
            return output(
                    pull,
                    repository,
                    new TextPart("", part.nextOffset()),
                    List.of(),
                    new Pages<>(List.of(ChangedFileView.part(file, part)), Optional.empty()));
        }
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, GitHub.MOST_ON_A_PAGE);
        var files = Pages.of(call, in.cursor(), limit, page -> github.files(repository, in.number(), limit, page));
        var views = new Pages<>(files.items().stream().map(ChangedFileView::of).toList(), files.next());
        if (in.cursor().isPresent()) {
            return output(pull, repository, new TextPart("", Optional.empty()), List.of(), views);
        }
        var body = TextPart.of(Inputs.sameLines(pull.body().orElse("")), Inputs.offset(in.offset()), MAX_BODY);
        var reviews = github.reviews(repository, in.number()).stream()
                .filter(review -> !review.state().equals("PENDING"))
                .map(ReviewView::of)
                .toList();
        return output(pull, repository, body, reviews, views);
    }

    private static GitHubJson.ChangedFile file(
            GitHub github, Call call, RepositoryName repository, int number, String path) {
        for (var page = 1; page <= MOST_PAGES; page++) {
            call.checkCancelled();
            var files = github.files(repository, number, GitHub.MOST_ON_A_PAGE, page);
            var found =
                    files.stream().filter(file -> file.filename().equals(path)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (files.size() < GitHub.MOST_ON_A_PAGE) {
                break;
            }
        }
        throw new ToolException("The pull request does not change " + path + ". Use the path of one of its files.");
    }

    private static Output output(
            GitHubJson.PullRequest pull,
            RepositoryName repository,
            TextPart body,
            List<ReviewView> reviews,
            Pages<ChangedFileView> files) {
        return new Output(
                PullRequestBrief.of(pull, repository),
                pull.mergeableState().orElse("unknown"),
                pull.head().sha(),
                pull.commits(),
                pull.changedFiles(),
                pull.additions(),
                pull.deletions(),
                body.text(),
                body.nextOffset(),
                reviews,
                files.items(),
                files.next());
    }
}
