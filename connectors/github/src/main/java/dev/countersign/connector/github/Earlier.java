package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the account wrote already. GitHub takes no id of ours, so a thing that was made is known by its author, its words and
 * that it is newer than the newest one of the same words when the person was asked: that one is the question's version.
 */
final class Earlier {
    static final String NONE = "none";

    /** Where nobody was asked: longer than an interrupted call is taken up again. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    private Earlier() {}

    /** The account's newest issue of these words in the repository, among its latest hundred. */
    static Optional<GitHubJson.Issue> issue(GitHub github, RepositoryName repository, String title, String body) {
        var request = github.get(repository, "issues")
                .query("creator", github.me().login())
                .query("state", "all")
                .query("sort", "created")
                .query("direction", "desc");
        return Json.list(GitHub.paged(request, GitHub.MOST_ON_A_PAGE, 1).bytes(), GitHubJson.Issue.class).stream()
                .filter(issue -> issue.pullRequest().isEmpty())
                .filter(issue -> issue.title().strip().equals(title) && says(issue.body(), body))
                .max(Comparator.comparingInt(GitHubJson.Issue::number));
    }

    /** The account's newest comment of these words, among the last hundred at least. */
    static Optional<GitHubJson.Comment> comment(GitHub github, RepositoryName repository, int number, String body) {
        var login = github.me().login();
        var last = 1 + github.issue(repository, number).comments() / GitHub.MOST_ON_A_PAGE;
        return lastPages(last).stream()
                .flatMap(page -> github.comments(repository, number, GitHub.MOST_ON_A_PAGE, page).stream())
                .filter(comment -> Shown.login(comment.user()).equals(login) && says(comment.body(), body))
                .max(Comparator.comparingLong(GitHubJson.Comment::id));
    }

    private static List<Integer> lastPages(int last) {
        return IntStream.rangeClosed(Math.max(1, last - 1), last).boxed().toList();
    }

    private static boolean says(Optional<String> kept, String words) {
        return Inputs.sameLines(kept.orElse("")).equals(words);
    }

    static Predicate<GitHubJson.Issue> issueOf(Call call) {
        return issue -> isNew(call, issue.number(), issue.createdAt());
    }

    static Predicate<GitHubJson.Comment> commentOf(Call call) {
        return comment -> isNew(call, comment.id(), comment.createdAt());
    }

    private static boolean isNew(Call call, long id, Instant createdAt) {
        return call.shownVersion()
                .map(shown -> shown.equals(NONE) || id > Long.parseLong(shown))
                .orElseGet(() -> createdAt.isAfter(call.now().minus(LOOK_BACK)));
    }
}
