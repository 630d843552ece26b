package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * GitHub's REST API over one linked account.
 *
 * @see <a href="https://docs.github.com/rest">GitHub REST API</a>
 */
final class GitHub {
    /** The most that GitHub lists on a page. */
    static final int MOST_ON_A_PAGE = 100;

    /** Supported until 2028 at least, and by GitHub Enterprise Server too. */
    private static final String VERSION = "2022-11-28";

    private final Upstream upstream;

    GitHub(Upstream upstream) {
        this.upstream = upstream;
    }

    static GitHub of(Call call) {
        return new GitHub(call.upstream());
    }

    Upstream.Request get(String path, Object... values) {
        return versioned(upstream.get(path, values));
    }

    Upstream.Request get(RepositoryName repository, String path, Object... values) {
        return versioned(upstream.get("repos/{owner}/{repo}/" + path, with(repository, values)));
    }

    private Upstream.Request post(RepositoryName repository, String path, Object... values) {
        return versioned(upstream.post("repos/{owner}/{repo}/" + path, with(repository, values)));
    }

    private static Object[] with(RepositoryName repository, Object... values) {
        var all = new Object[values.length + 2];
        all[0] = repository.owner();
        all[1] = repository.name();
        System.arraycopy(values, 0, all, 2, values.length);
        return all;
    }

    private static Upstream.Request versioned(Upstream.Request request) {
        return request.header("X-GitHub-Api-Version", VERSION).header("Accept", "application/vnd.github+json");
    }

    private static Upstream.Request json(Upstream.Request request, Record body) {
        return request.body(Json.write(body), "application/json");
    }

    GitHubJson.Me me() {
        return Json.read(get("user").bytes(), GitHubJson.Me.class);
    }

    GitHubJson.Repository repository(RepositoryName name) {
        var bytes = versioned(upstream.get("repos/{owner}/{repo}", name.owner(), name.name()))
                .bytes();
        return Json.read(bytes, GitHubJson.Repository.class);
    }

    GitHubJson.Issue issue(RepositoryName repository, int number) {
        return Json.read(get(repository, "issues/{number}", number).bytes(), GitHubJson.Issue.class);
    }

    GitHubJson.PullRequest pullRequest(RepositoryName repository, int number) {
        return Json.read(get(repository, "pulls/{number}", number).bytes(), GitHubJson.PullRequest.class);
    }

    List<GitHubJson.Comment> comments(RepositoryName repository, int number, int limit, int page) {
        return Json.list(
                paged(get(repository, "issues/{number}/comments", number), limit, page)
                        .bytes(),
                GitHubJson.Comment.class);
    }

    List<GitHubJson.Review> reviews(RepositoryName repository, int number) {
        return Json.list(
                paged(get(repository, "pulls/{number}/reviews", number), MOST_ON_A_PAGE, 1)
                        .bytes(),
                GitHubJson.Review.class);
    }

    List<GitHubJson.ChangedFile> files(RepositoryName repository, int number, int limit, int page) {
        return Json.list(
                paged(get(repository, "pulls/{number}/files", number), limit, page)
                        .bytes(),
                GitHubJson.ChangedFile.class);
    }

    static Upstream.Request paged(Upstream.Request request, int limit, int page) {
        return request.query("per_page", limit).query("page", page);
    }

    GitHubJson.Issue createIssue(RepositoryName repository, Record body) {
        return Json.read(json(post(repository, "issues"), body).bytes(), GitHubJson.Issue.class);
    }

    GitHubJson.Comment createComment(RepositoryName repository, int number, Record body) {
        return Json.read(
                json(post(repository, "issues/{number}/comments", number), body).bytes(), GitHubJson.Comment.class);
    }

    GitHubJson.Review createReview(RepositoryName repository, int number, Record body) {
        return Json.read(
                json(post(repository, "pulls/{number}/reviews", number), body).bytes(), GitHubJson.Review.class);
    }

    GitHubJson.Issue updateIssue(RepositoryName repository, int number, Record body) {
        var request = upstream.patch("repos/{owner}/{repo}/issues/{number}", with(repository, number));
        return Json.read(json(versioned(request), body).bytes(), GitHubJson.Issue.class);
    }

    GitHubJson.Merged merge(RepositoryName repository, int number, Record body) {
        var request = upstream.put("repos/{owner}/{repo}/pulls/{number}/merge", with(repository, number));
        return Json.read(json(versioned(request), body).bytes(), GitHubJson.Merged.class);
    }

    static <T> Optional<T> ifFound(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (UpstreamException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
