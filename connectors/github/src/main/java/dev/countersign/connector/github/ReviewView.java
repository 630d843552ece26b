package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import java.util.Locale;
import java.util.Optional;

/** A review as tools give it. */
public record ReviewView(
        String author,

        @Doc("approved, changes_requested, commented or dismissed")
        String state,

        String body,
        @Doc("RFC 3339") Optional<String> submittedAt,
        String url) {
    private static final int MAX_BODY = 2_000;

    static ReviewView of(GitHubJson.Review json) {
        return new ReviewView(
                Shown.login(json.user()),
                json.state().toLowerCase(Locale.ROOT),
                TextPart.cut(Inputs.sameLines(json.body().orElse("")), MAX_BODY),
                json.submittedAt().map(Object::toString),
                json.htmlUrl());
    }

    String text() {
        return "\n--- " + author + " " + state.replace('_', ' ')
                + submittedAt.map(at -> ", " + at).orElse("") + "\n" + body + "\n";
    }
}
