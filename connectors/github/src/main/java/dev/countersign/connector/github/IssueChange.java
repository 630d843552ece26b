package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An issue after it was made or changed. GitHub leaves out silently what the account has no right to set. */
public record IssueChange(
        IssueBrief issue,

        @Doc("labels and assignees that GitHub did not take: the account may not set them, or they are not there")
        List<String> ignored) {

    static IssueChange of(
            RepositoryName repository, GitHubJson.Issue issue, List<String> labels, List<String> assignees) {
        var there =
                lower(Stream.concat(Shown.labels(issue.labels()).stream(), Shown.logins(issue.assignees()).stream()));
        return new IssueChange(
                IssueBrief.of(issue, repository.toString()),
                Stream.concat(labels.stream(), assignees.stream())
                        .filter(name -> !there.contains(name.toLowerCase(Locale.ROOT)))
                        .toList());
    }

    private static List<String> lower(Stream<String> names) {
        return names.map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toList());
    }

    String text() {
        return issue.line().substring(2) + "\n" + issue.url() + "\n"
                + IssueBrief.joined("GitHub did not take: ", ignored) + "\n";
    }

    List<Foreign> foreign() {
        return List.of(issue.foreign());
    }
}
