package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code github_update_issue}: title, state, labels and assignees of an issue or pull request. */
final class UpdateIssue {
    /** What it shall be. */
    public enum State {
        OPEN,
        CLOSED
    }

    /** Why it is closed. */
    public enum Reason {
        COMPLETED,
        NOT_PLANNED
    }

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc(Docs.ISSUE) int number,
            @Doc("new title; absent to leave it") Optional<String> title,
            @Doc("absent to leave it") Optional<State> state,
            @Doc("with the state closed, for an issue") Optional<Reason> reason,
            @Doc(Docs.LABELS) List<String> addLabels,
            @Doc("names of labels that it has") List<String> removeLabels,
            @Doc(Docs.LOGINS) List<String> addAssignees,
            @Doc("logins of people that it is assigned to") List<String> removeAssignees,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private UpdateIssue() {}

    static Tool<Input, IssueChange> tool() {
        return Tool.act(Effect.WRITE, "github_update_issue", "Change issue", Input.class, IssueChange.class)
                .description("Closes, reopens, renames, labels or assigns a GitHub issue or pull request.")
                .scopes("github:write")
                .ask(UpdateIssue::ask)
                .recover(UpdateIssue::earlier)
                .text(IssueChange::text)
                .foreign(IssueChange::foreign)
                .run(UpdateIssue::run);
    }

    private static Question ask(Input in, Call call) {
        var github = GitHub.of(call);
        var wanted = wanted(in);
        var name = RepositoryName.of(in.repository());
        var issue = read(github, name, in.number());
        var repository = github.repository(name);
        var question = Shown.question("Change issue", call.account(), repository)
                .with("Which", Shown.subject(issue))
                .with("Title", wanted.title())
                .with("State", wanted.state().map(state -> issue.state() + " → " + state))
                .with("Reason", wanted.reason().map(reason -> reason.replace('_', ' ')))
                .withEach("Add label", wanted.addLabels())
                .withEach("Remove label", wanted.removeLabels())
                .withEach("Assign to", wanted.addAssignees())
                .withEach("Take from", wanted.removeAssignees())
                .atVersion(Optional.of(issue.updatedAt().toString()));
        // whoever takes part is told of these; titles and labels tell nobody
        return wanted.state().isPresent() || !wanted.addAssignees().isEmpty()
                ? question.reaching(Shown.watchers(repository))
                : question;
    }

    private static WantedIssue wanted(Input in) {
        var wanted = new WantedIssue(
                in.title().map(Inputs::title),
                in.state().map(state -> state.name().toLowerCase(Locale.ROOT)),
                in.reason().map(reason -> reason.name().toLowerCase(Locale.ROOT)),
                Inputs.labels("addLabels", in.addLabels()),
                Inputs.labels("removeLabels", in.removeLabels()),
                Inputs.logins("addAssignees", in.addAssignees()),
                Inputs.logins("removeAssignees", in.removeAssignees()));
        if (wanted.isNothing()) {
            throw new ToolException("Nothing says what to change. Give a title, a state, labels or assignees.");
        }
        if (wanted.reason().isPresent()
                && in.state().filter(State.CLOSED::equals).isEmpty()) {
            throw new ToolException("'reason' says why it is closed. Give 'state' closed with it, or leave it out.");
        }
        return wanted;
    }

    private static GitHubJson.Issue read(GitHub github, RepositoryName repository, int number) {
        return Inputs.found("issue", repository, number, "github_list_issues", () -> github.issue(repository, number));
    }

    private static Optional<IssueChange> earlier(Input in, Call call) {
        var wanted = wanted(in);
        var repository = RepositoryName.of(in.repository());
        return Optional.of(read(GitHub.of(call), repository, in.number()))
                .filter(wanted::isIn)
                .map(issue -> changed(repository, issue, wanted));
    }

    /** GitHub takes no condition with a change, so the version is compared right before it. */
    private static IssueChange run(Input in, Call call) {
        var wanted = wanted(in);
        var github = GitHub.of(call);
        var repository = RepositoryName.of(in.repository());
        var issue = read(github, repository, in.number());
        if (wanted.isIn(issue)) {
            return changed(repository, issue, wanted);
        }
        if (call.shownVersion()
                .filter(shown -> !shown.equals(issue.updatedAt().toString()))
                .isPresent()) {
            throw new UpstreamException(
                    UpstreamException.Kind.CONFLICT,
                    "It has changed at GitHub since the person was asked; nothing was done. Read it again, then"
                            + " decide.");
        }
        return changed(repository, github.updateIssue(repository, in.number(), wanted.change(issue)), wanted);
    }

    private static IssueChange changed(RepositoryName repository, GitHubJson.Issue issue, WantedIssue wanted) {
        return IssueChange.of(repository, issue, wanted.addLabels(), wanted.addAssignees());
    }
}
