package dev.countersign.connector.github;

import dev.countersign.connector.SearchService;
import dev.countersign.connector.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Searches the issues and pull requests that the person has to do with; the rest of GitHub is the tools' matter. */
final class GitHubSearch implements SearchService {
    private static final int MAX_SNIPPET = 300;
    private static final Pattern ID = Pattern.compile("issue/([^/]+/[^/]+)/([0-9]{1,9})");

    private final GitHub github;

    GitHubSearch(Upstream upstream) {
        this.github = new GitHub(upstream);
    }

    /** Issues and pull requests in turn; GitHub searches one kind at a time. */
    @Override
    public List<Hit> search(String query, int limit) {
        var issues = found(query, "issue", limit);
        var pulls = found(query, "pull-request", limit);
        var hits = new ArrayList<Hit>();
        for (var i = 0; i < limit; i++) {
            issues.stream().skip(i).findFirst().ifPresent(hits::add);
            pulls.stream().skip(i).findFirst().ifPresent(hits::add);
        }
        return hits.subList(0, Math.min(limit, hits.size()));
    }

    private List<Hit> found(String query, String kind, int limit) {
        var words = TextPart.cut(query.strip(), 256);
        var terms = Terms.of(Optional.of(words)).with("involves", "@me").with("is", kind);
        var most = Math.min(limit, GitHub.MOST_ON_A_PAGE);
        return SearchIssues.found(github, terms, most, 1).items().stream()
                .map(GitHubSearch::hit)
                .toList();
    }

    private static Hit hit(GitHubJson.Issue issue) {
        var fragment = issue.textMatches().stream()
                .flatMap(match -> match.fragment().stream())
                .findFirst()
                .or(issue::body)
                .orElse("");
        return new Hit(
                id(issue),
                title(issue),
                TextPart.cut(fragment.strip(), MAX_SNIPPET),
                Optional.of(issue.htmlUrl()),
                Optional.of(issue.updatedAt()),
                author(issue));
    }

    private static String id(GitHubJson.Issue issue) {
        return "issue/" + IssueBrief.repository(issue) + "/" + issue.number();
    }

    private static String title(GitHubJson.Issue issue) {
        return IssueBrief.repository(issue) + "#" + issue.number() + ": " + issue.title();
    }

    private static String author(GitHubJson.Issue issue) {
        return Shown.login(issue.user()) + " on GitHub";
    }

    @Override
    public Optional<Document> fetch(String id) {
        var parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var repository = RepositoryName.of(parts.group(1));
        var number = Integer.parseInt(parts.group(2));
        return GitHub.ifFound(() -> github.issue(repository, number)).map(issue -> document(id, repository, issue));
    }

    /** With the first hundred comments; {@code github_get_issue} has the rest. */
    private Document document(String id, RepositoryName repository, GitHubJson.Issue issue) {
        var comments = issue.comments() == 0
                ? List.<GitHubJson.Comment>of()
                : github.comments(repository, issue.number(), GitHub.MOST_ON_A_PAGE, 1);
        var text = Inputs.sameLines(issue.body().orElse(""))
                + comments.stream()
                        .map(comment -> "\n\n" + Shown.login(comment.user()) + ", " + comment.createdAt() + ":\n"
                                + Inputs.sameLines(comment.body().orElse("")))
                        .collect(Collectors.joining());
        return new Document(
                id,
                repository + "#" + issue.number() + ": " + issue.title(),
                text,
                Optional.of(issue.htmlUrl()),
                Optional.of(issue.updatedAt()),
                author(issue));
    }
}
