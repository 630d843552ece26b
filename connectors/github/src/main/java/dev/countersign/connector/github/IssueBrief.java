package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import java.util.List;

/** An issue or pull request in a list. */
public record IssueBrief(
        String repository,
        int number,
        @Doc("issue or pull_request") String kind,
        String title,
        @Doc("open or closed") String state,
        String author,
        List<String> labels,
        List<String> assignees,
        int comments,
        @Doc("RFC 3339") String updatedAt,
        String url) {

    static IssueBrief of(GitHubJson.Issue json, String repository) {
        return new IssueBrief(
                repository,
                json.number(),
                kind(json),
                json.title(),
                json.state(),
                Shown.login(json.user()),
                Shown.labels(json.labels()),
                Shown.logins(json.assignees()),
                json.comments(),
                json.updatedAt().toString(),
                json.htmlUrl());
    }

    /** A search's hit names its repository by its address in the API. */
    static IssueBrief of(GitHubJson.Issue json) {
        return of(json, repository(json));
    }

    static String repository(GitHubJson.Issue json) {
        var parts = json.repositoryUrl().orElse("").split("/");
        return parts.length < 2 ? "" : parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }

    static String kind(GitHubJson.Issue json) {
        return json.pullRequest().isPresent() ? "pull_request" : "issue";
    }

    String line() {
        return "- %s#%d (%s, %s): %s\n  by %s, %d comments, updated %s%s%s"
                .formatted(
                        repository,
                        number,
                        kind.replace('_', ' '),
                        state,
                        title,
                        author,
                        comments,
                        updatedAt,
                        joined(", labels ", labels),
                        joined(", assigned to ", assignees));
    }

    static String joined(String before, List<String> values) {
        return values.isEmpty() ? "" : before + String.join(", ", values);
    }

    Foreign foreign() {
        return Shown.foreign(author, source(repository, number), title, String.join(" ", labels));
    }

    static String source(String repository, int number) {
        return repository + "#" + number + " on GitHub";
    }
}
