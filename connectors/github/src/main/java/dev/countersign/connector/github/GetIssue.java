package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code github_get_issue}: an issue or the conversation of a pull request. */
final class GetIssue {
    private static final int MAX_BODY = 20_000;
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 50;

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc(Docs.ISSUE) int number,

            @Doc("id of a comment that was cut, to read that one alone")
            Optional<Long> comment,

            @Doc(value = Docs.OFFSET, min = 0) Optional<Integer> offset,

            @Doc(value = "how many comments at most, the oldest first", min = 1, max = MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            IssueBrief issue,
            @Doc("who wrote 'body'") String author,

            @Doc("of the issue, or of the one comment that was asked")
            String body,

            @Doc("'offset' for the rest of the body; absent at the end")
            Optional<Integer> nextOffset,

            List<CommentView> comments,

            @Doc("'cursor' for further comments; absent at the end")
            Optional<String> nextCursor) {
        String text() {
            return issue.line().substring(2) + "\n" + issue.url() + "\n\n" + body + "\n"
                    + Shown.more(new TextPart("", nextOffset))
                    + comments.stream().map(CommentView::text).collect(Collectors.joining())
                    + Shown.more(nextCursor);
        }

        List<Foreign> foreign() {
            var source = IssueBrief.source(issue.repository(), issue.number());
            return Stream.concat(
                            Stream.of(issue.foreign(), Shown.foreign(author, source, body)),
                            comments.stream().map(comment -> comment.foreign(issue.repository(), issue.number())))
                    .toList();
        }
    }

    private GetIssue() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_get_issue", "Read issue", Input.class, Output.class)
                .description("Gives one GitHub issue, or a pull request's conversation, with its comments.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(GetIssue::run);
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var repository = RepositoryName.of(in.repository());
        var issue = Inputs.found(
                "issue", repository, in.number(), "github_list_issues", () -> github.issue(repository, in.number()));
        var brief = IssueBrief.of(issue, repository.toString());
        if (in.comment().isPresent()) {
            return comment(github, repository, brief, in, in.comment().get());
        }
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        var comments =
                Pages.of(call, in.cursor(), limit, page -> github.comments(repository, in.number(), limit, page));
        // further comments come without what was read already
        var body = in.cursor().isPresent()
                ? new TextPart("", Optional.empty())
                : part(issue.body().orElse(""), in.offset());
        return new Output(
                brief,
                brief.author(),
                body.text(),
                body.nextOffset(),
                comments.items().stream().map(CommentView::of).toList(),
                comments.next());
    }

    private static TextPart part(String body, Optional<Integer> offset) {
        return TextPart.of(Inputs.sameLines(body), Inputs.offset(offset), MAX_BODY);
    }

    private static Output comment(GitHub github, RepositoryName repository, IssueBrief brief, Input in, long id) {
        var comment = Inputs.found(
                "comment",
                repository,
                id,
                "github_get_issue",
                () -> Json.read(
                        github.get(repository, "issues/comments/{id}", id).bytes(), GitHubJson.Comment.class));
        var body = part(comment.body().orElse(""), in.offset());
        return new Output(
                brief, Shown.login(comment.user()), body.text(), body.nextOffset(), List.of(), Optional.empty());
    }
}
