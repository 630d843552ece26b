package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.util.Optional;

/** {@code github_create_review}: a review of the commit that the person saw in the question. */
final class CreateReview {
    /** What it says of the changes, with the state that GitHub gives a review of it. */
    public enum Event {
        APPROVE("APPROVED"),
        REQUEST_CHANGES("CHANGES_REQUESTED"),
        COMMENT("COMMENTED");

        private final String state;

        Event(String state) {
            this.state = state;
        }

        String words() {
            return switch (this) {
                case APPROVE -> "approve";
                case REQUEST_CHANGES -> "request changes";
                case COMMENT -> "comment only";
            };
        }
    }

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc(Docs.PULL_REQUEST) int number,
            @Doc("what the review says of the changes") Event event,

            @Doc(Docs.MARKDOWN + "; may be absent with approve")
            Optional<String> body,

            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            String repository,
            int number,
            @Doc("approved, changes_requested or commented") String state,
            @Doc("commit that was reviewed") Optional<String> commit,
            String url) {
        String text() {
            return "Reviewed " + repository + "#" + number + " (" + state.replace('_', ' ') + "): " + url + "\n";
        }
    }

    record Body(String event, String body, String commitId) {}

    private CreateReview() {}

    static Tool<Input, Output> tool() {
        return Tool.act(Effect.SEND, "github_create_review", "Review pull request", Input.class, Output.class)
                .description(
                        "Approves, refuses or comments on a GitHub pull request's changes, after the person approves.")
                .scopes("github:write")
                .ask(CreateReview::ask)
                .recover((in, call) -> {
                    var github = GitHub.of(call);
                    var name = RepositoryName.of(in.repository());
                    return earlier(github, name, in, commit(github, name, in, call));
                })
                .text(Output::text)
                .run(CreateReview::run);
    }

    private static String body(Input in) {
        var body = Inputs.body(in.body().orElse(""));
        if (body.isEmpty() && in.event() != Event.APPROVE) {
            throw new ToolException("'body' is empty. Say in it what shall change, or what is commented.");
        }
        return body;
    }

    private static Question ask(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        var body = body(in);
        var pull = GetPullRequest.read(github, name, in.number());
        var repository = github.repository(name);
        return Shown.question("Review pull request", call.account(), repository)
                .with("Which", Shown.subject(pull))
                .with("Verdict", in.event().words())
                .with("Text", body)
                .with("Commit", pull.head().sha())
                .reaching(Shown.watchers(repository))
                .atVersion(Optional.of(pull.head().sha()));
    }

    private static String commit(GitHub github, RepositoryName name, Input in, Call call) {
        return call.shownVersion()
                .orElseGet(() ->
                        GetPullRequest.read(github, name, in.number()).head().sha());
    }

    /** A second review of the same words on the same commit says nothing new, so that one there is this one. */
    private static Optional<Output> earlier(GitHub github, RepositoryName name, Input in, String commit) {
        var login = github.me().login();
        var body = body(in);
        return github.reviews(name, in.number()).stream()
                .filter(review -> Shown.login(review.user()).equals(login)
                        && review.state().equals(in.event().state)
                        && review.commitId().equals(Optional.of(commit))
                        && Inputs.sameLines(review.body().orElse("")).equals(body))
                .findFirst()
                .map(review -> output(name, in, review));
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var name = RepositoryName.of(in.repository());
        var commit = commit(github, name, in, call);
        return earlier(github, name, in, commit).orElseGet(() -> {
            var review = new Body(in.event().name(), body(in), commit);
            return output(name, in, github.createReview(name, in.number(), review));
        });
    }

    private static Output output(RepositoryName name, Input in, GitHubJson.Review review) {
        return new Output(
                name.toString(), in.number(), ReviewView.of(review).state(), review.commitId(), review.htmlUrl());
    }
}
