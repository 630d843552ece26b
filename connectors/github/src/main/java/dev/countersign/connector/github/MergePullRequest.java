package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.util.Locale;
import java.util.Optional;

/** {@code github_merge_pull_request}: merges the commit that the person saw in the question, and no later one. */
final class MergePullRequest {
    /** How its commits get into the branch. */
    public enum Method {
        MERGE,
        SQUASH,
        REBASE
    }

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc(Docs.PULL_REQUEST) int number,

            @Doc("merge (when absent), squash or rebase; a repository may allow some only")
            Optional<Method> method,

            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            String repository,
            int number,
            @Doc("branch that it went into") String base,
            @Doc("commit that it became") Optional<String> commit) {
        String text() {
            return "Merged " + repository + "#" + number + " into " + base
                    + commit.map(sha -> " as " + sha).orElse("") + ".\n";
        }
    }

    record Body(String sha, String mergeMethod) {}

    private MergePullRequest() {}

    static Tool<Input, Output> tool() {
        return Tool.act(Effect.DELETE, "github_merge_pull_request", "Merge pull request", Input.class, Output.class)
                .description("Merges a GitHub pull request into its branch, after the person approves.")
                .scopes("github:write")
                .ask(MergePullRequest::ask)
                .recover(MergePullRequest::earlier)
                .text(Output::text)
                .run(MergePullRequest::run);
    }

    private static String method(Input in) {
        return in.method().orElse(Method.MERGE).name().toLowerCase(Locale.ROOT);
    }

    private static Question ask(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        var pull = open(GetPullRequest.read(github, name, in.number()));
        var repository = github.repository(name);
        return Shown.question("Merge pull request", call.account(), repository)
                .with("Which", Shown.subject(pull))
                .with("From", pull.head().label())
                .with("Into", pull.base().ref())
                .with("Way", method(in))
                .with(
                        "Changes",
                        pull.commits() + " commits, " + pull.changedFiles() + " files, +" + pull.additions() + " -"
                                + pull.deletions())
                .with("Commit", pull.head().sha())
                .reaching(Shown.watchers(repository))
                .atVersion(Optional.of(pull.head().sha()));
    }

    private static GitHubJson.PullRequest open(GitHubJson.PullRequest pull) {
        if (pull.merged() || !pull.state().equals("open")) {
            throw new ToolException("Pull request " + pull.number() + " is " + (pull.merged() ? "merged" : "closed")
                    + " already. There is nothing to merge.");
        }
        if (pull.draft()) {
            throw new ToolException("Pull request " + pull.number()
                    + " is a draft. Its author has to mark it as ready for review at GitHub first.");
        }
        return pull;
    }

    private static Optional<Output> earlier(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        return merged(name, GetPullRequest.read(github, name, in.number()), call);
    }

    /** What was merged at the commit that was shown is what was asked for. */
    private static Optional<Output> merged(RepositoryName name, GitHubJson.PullRequest pull, Call call) {
        return Optional.of(pull)
                .filter(GitHubJson.PullRequest::merged)
                .filter(there -> call.shownVersion()
                        .filter(shown -> !shown.equals(there.head().sha()))
                        .isEmpty())
                .map(there -> output(name, there, there.mergeCommitSha()));
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        var pull = GetPullRequest.read(github, name, in.number());
        return merged(name, pull, call).orElseGet(() -> {
            var commit = call.shownVersion().orElse(pull.head().sha());
            var done = github.merge(name, in.number(), new Body(commit, method(in)));
            return output(name, pull, done.sha());
        });
    }

    private static Output output(RepositoryName name, GitHubJson.PullRequest pull, Optional<String> commit) {
        return new Output(name.toString(), pull.number(), pull.base().ref(), commit);
    }
}
