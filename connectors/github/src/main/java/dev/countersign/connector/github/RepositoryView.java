package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import java.util.List;
import java.util.Optional;

/** A repository as tools give it. */
public record RepositoryView(
        @Doc("'repository' of the other tools") String repository,
        String description,
        @Doc("public, private or internal") String visibility,
        String defaultBranch,
        Optional<String> language,
        List<String> topics,
        Optional<String> license,
        int stars,
        @Doc("with pull requests") int openIssues,
        boolean fork,
        boolean archived,

        @Doc("whether the account may push, label and merge")
        boolean push,

        Optional<String> pushedAt,
        String url) {

    static RepositoryView of(GitHubJson.Repository json) {
        return new RepositoryView(
                json.fullName(),
                json.description().orElse(""),
                json.visibility().orElse(json.closed() ? "private" : "public"),
                json.defaultBranch(),
                json.language(),
                json.topics(),
                json.license().map(GitHubJson.License::name),
                json.stargazersCount(),
                json.openIssuesCount(),
                json.fork(),
                json.archived(),
                json.permissions().filter(GitHubJson.Permissions::push).isPresent(),
                json.pushedAt().map(Object::toString),
                json.htmlUrl());
    }

    String line() {
        return "- %s (%s%s%s)%s%s"
                .formatted(
                        repository,
                        visibility,
                        archived ? ", archived" : "",
                        language.map(name -> ", " + name).orElse(""),
                        description.isEmpty() ? "" : ": ",
                        description);
    }

    String text() {
        return line() + "\nDefault branch " + defaultBranch + ", " + openIssues + " open issues and pull requests, "
                + stars + " stars" + (push ? "" : "; this account may not push") + "\n" + url + "\n";
    }

    Foreign foreign() {
        return Shown.foreign(
                repository.split("/")[0], "repository " + repository, description, String.join(" ", topics));
    }
}
