package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;

/** A comment as tools give it. */
public record CommentView(
        @Doc("'comment' of github_get_issue") long id,
        String author,
        @Doc("RFC 3339") String createdAt,
        String body,

        @Doc("whether the body goes on: read it with 'comment'")
        boolean cut,

        String url) {
    /** Enough for most; a log that somebody pasted is one call away. */
    private static final int MAX_BODY = 3_000;

    static CommentView of(GitHubJson.Comment json) {
        var body = Inputs.sameLines(json.body().orElse(""));
        return new CommentView(
                json.id(),
                Shown.login(json.user()),
                json.createdAt().toString(),
                TextPart.cut(body, MAX_BODY),
                body.length() > MAX_BODY,
                json.htmlUrl());
    }

    String text() {
        return "\n--- %s, %s [comment %d]\n%s%s\n".formatted(author, createdAt, id, body, cut ? "\n(cut)" : "");
    }

    Foreign foreign(String repository, int number) {
        return Shown.foreign(author, "comment on " + IssueBrief.source(repository, number), body);
    }
}
