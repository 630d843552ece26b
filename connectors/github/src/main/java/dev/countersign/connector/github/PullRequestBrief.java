package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import java.util.List;

/** A pull request in a list. */
public record PullRequestBrief(
        String repository,
        int number,
        String title,
        @Doc("open, closed, merged or draft") String state,
        String author,
        @Doc("owner:branch that is to be merged") String head,
        @Doc("branch that it goes into") String base,
        List<String> labels,
        List<String> reviewersAsked,
        @Doc("RFC 3339") String updatedAt,
        String url) {

    static PullRequestBrief of(GitHubJson.PullRequest json, RepositoryName repository) {
        return new PullRequestBrief(
                repository.toString(),
                json.number(),
                json.title(),
                state(json),
                Shown.login(json.user()),
                json.head().label(),
                json.base().ref(),
                Shown.labels(json.labels()),
                Shown.logins(json.requestedReviewers()),
                json.updatedAt().toString(),
                json.htmlUrl());
    }

    private static String state(GitHubJson.PullRequest json) {
        if (json.mergedAt().isPresent()) {
            return "merged";
        }
        return json.draft() && json.state().equals("open") ? "draft" : json.state();
    }

    String line() {
        return "- %s#%d (%s): %s\n  by %s, %s into %s, updated %s%s%s"
                .formatted(
                        repository,
                        number,
                        state,
                        title,
                        author,
                        head,
                        base,
                        updatedAt,
                        IssueBrief.joined(", labels ", labels),
                        IssueBrief.joined(", asked to review: ", reviewersAsked));
    }

    Foreign foreign() {
        return Shown.foreign(author, IssueBrief.source(repository, number), title, head, String.join(" ", labels));
    }
}
