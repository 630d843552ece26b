package dev.countersign.connector.github;

import dev.countersign.connector.Account;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How things of GitHub are written for people and models. */
final class Shown {
    private Shown() {}

    /** An account that was deleted is {@code ghost} at GitHub. */
    static String login(Optional<GitHubJson.User> user) {
        return user.map(GitHubJson.User::login).orElse("ghost");
    }

    static List<String> logins(List<GitHubJson.User> users) {
        return users.stream().map(GitHubJson.User::login).toList();
    }

    static List<String> labels(List<GitHubJson.Label> labels) {
        return labels.stream().map(GitHubJson.Label::name).toList();
    }

    static Foreign foreign(String login, String source, String... texts) {
        return new Foreign(login + " on GitHub", source, String.join("\n", texts));
    }

    /** Begins a question: on which account, in which repository, and who can see what is done there. */
    static Question question(String verb, Account account, GitHubJson.Repository repository) {
        return Question.of(verb)
                .with("Account", account(account))
                .with("Repository", repository.fullName())
                .with("Visible to", audience(repository));
    }

    private static String account(Account account) {
        return account.label().isBlank() || account.label().equalsIgnoreCase(account.address())
                ? account.address()
                : account.label() + " <" + account.address() + ">";
    }

    private static String audience(GitHubJson.Repository repository) {
        return switch (repository.visibility().orElse(repository.closed() ? "private" : "public")) {
            case "public" -> "everybody (public repository)";
            case "internal" -> "everybody in the enterprise (internal repository)";
            default -> "those who have access (private repository)";
        };
    }

    /** An issue or pull request in a question. */
    static String subject(GitHubJson.Issue issue) {
        return IssueBrief.kind(issue).replace('_', ' ') + " #" + issue.number() + " “" + issue.title() + "” by "
                + login(issue.user());
    }

    static String subject(GitHubJson.PullRequest pull) {
        return "pull request #" + pull.number() + " “" + pull.title() + "” by " + login(pull.user());
    }

    /** Who is told: GitHub does not say who watches a repository, so that it stands for them. */
    static List<String> watchers(GitHubJson.Repository repository) {
        return List.of(repository.fullName() + " on GitHub");
    }

    /** A count and one line for each item, and how to go on. */
    static <T> String list(String one, String many, List<T> items, Function<T, String> line, Optional<String> next) {
        var text = new StringBuilder();
        text.append(
                switch (items.size()) {
                    case 0 -> "No " + many + ".\n";
                    case 1 -> "1 " + one + ":\n";
                    default -> items.size() + " " + many + ":\n";
                });
        items.forEach(item -> text.append(line.apply(item)).append('\n'));
        return text.append(more(next)).toString();
    }

    static String more(Optional<String> next) {
        return next.map(cursor -> "There is more: call again with this nextCursor as 'cursor': " + cursor + "\n")
                .orElse("");
    }

    static String more(TextPart part) {
        return part.nextOffset()
                .map(offset -> "\nIt goes on: call again with offset " + offset + "\n")
                .orElse("");
    }
}
