package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.util.List;
import java.util.Optional;

/** {@code github_create_issue}: opens an issue. */
final class CreateIssue {
    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc("one line") String title,
            @Doc(Docs.MARKDOWN) Optional<String> body,
            @Doc(Docs.LABELS) List<String> labels,
            @Doc(Docs.LOGINS) List<String> assignees,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    record Body(String title, String body, List<String> labels, List<String> assignees) {
        static Body of(Input in) {
            return new Body(
                    Inputs.title(in.title()),
                    Inputs.body(in.body().orElse("")),
                    Inputs.labels("labels", in.labels()),
                    Inputs.logins("assignees", in.assignees()));
        }
    }

    private CreateIssue() {}

    static Tool<Input, IssueChange> tool() {
        return Tool.act(Effect.SEND, "github_create_issue", "Create issue", Input.class, IssueChange.class)
                .description("Opens a GitHub issue under the person's name, after they approve it.")
                .scopes("github:write")
                .ask(CreateIssue::ask)
                .recover(CreateIssue::earlier)
                .text(IssueChange::text)
                .foreign(IssueChange::foreign)
                .run((in, call) -> earlier(in, call).orElseGet(() -> create(in, call)));
    }

    private static Question ask(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        var repository = github.repository(name);
        if (repository.archived() || !repository.hasIssues()) {
            throw new ToolException("Nobody can open an issue in " + name
                    + ": it is archived, or has its issues switched" + " off. Use another repository.");
        }
        var body = Body.of(in);
        var same = Earlier.issue(github, name, body.title(), body.body());
        return Shown.question("Open issue", call.account(), repository)
                .with("Title", body.title())
                .with("Text", body.body())
                .withEach("Label", body.labels())
                .withEach("Assign to", body.assignees())
                .with("You opened the same as", same.map(issue -> "#" + issue.number() + " (" + issue.state() + ")"))
                .reaching(Shown.watchers(repository))
                .atVersion(Optional.of(
                        same.map(issue -> Integer.toString(issue.number())).orElse(Earlier.NONE)));
    }

    private static Optional<IssueChange> earlier(Input in, Call call) {
        var body = Body.of(in);
        var repository = RepositoryName.of(in.repository());
        return Earlier.issue(GitHub.of(call), repository, body.title(), body.body())
                .filter(Earlier.issueOf(call))
                .map(issue -> changed(repository, issue, body));
    }

    private static IssueChange create(Input in, Call call) {
        var body = Body.of(in);
        var repository = RepositoryName.of(in.repository());
        return changed(repository, GitHub.of(call).createIssue(repository, body), body);
    }

    private static IssueChange changed(RepositoryName repository, GitHubJson.Issue issue, Body body) {
        return IssueChange.of(repository, issue, body.labels(), body.assignees());
    }
}
