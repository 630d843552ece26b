package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import java.util.Optional;

/** {@code github_create_comment}: writes into the conversation of an issue or pull request. */
final class CreateComment {
    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc(Docs.ISSUE) int number,
            @Doc(Docs.MARKDOWN) String body,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            String repository,
            int number,
            @Doc("id of the comment") long id,
            String url) {
        static Output of(RepositoryName repository, int number, GitHubJson.Comment json) {
            return new Output(repository.toString(), number, json.id(), json.htmlUrl());
        }

        String text() {
            return "Commented on " + repository + "#" + number + ": " + url + "\n";
        }
    }

    record Body(String body) {}

    private CreateComment() {}

    static Tool<Input, Output> tool() {
        return Tool.act(Effect.SEND, "github_create_comment", "Comment", Input.class, Output.class)
                .description(
                        "Comments on a GitHub issue or pull request under the person's name, after they approve it.")
                .scopes("github:write")
                .ask(CreateComment::ask)
                .recover(CreateComment::earlier)
                .text(Output::text)
                .run((in, call) -> earlier(in, call).orElseGet(() -> create(in, call)));
    }

    private static Question ask(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        var body = Inputs.filledBody(in.body());
        var issue =
                Inputs.found("issue", name, in.number(), "github_list_issues", () -> github.issue(name, in.number()));
        var same = Earlier.comment(github, name, in.number(), body);
        var repository = github.repository(name);
        return Shown.question("Comment", call.account(), repository)
                .with("On", Shown.subject(issue))
                .with("Text", body)
                .reaching(Shown.watchers(repository))
                .atVersion(Optional.of(
                        same.map(comment -> Long.toString(comment.id())).orElse(Earlier.NONE)));
    }

    private static Optional<Output> earlier(Input in, Call call) {
        var repository = RepositoryName.of(in.repository());
        return Earlier.comment(GitHub.of(call), repository, in.number(), Inputs.filledBody(in.body()))
                .filter(Earlier.commentOf(call))
                .map(comment -> Output.of(repository, in.number(), comment));
    }

    private static Output create(Input in, Call call) {
        var repository = RepositoryName.of(in.repository());
        var body = new Body(Inputs.filledBody(in.body()));
        return Output.of(repository, in.number(), GitHub.of(call).createComment(repository, in.number(), body));
    }
}
