package dev.countersign.connector.github;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /repos/{owner}/{repo}/pulls}. */
final class FakePulls {
    private static final Map<String, String> STATES =
            Map.of("APPROVE", "APPROVED", "REQUEST_CHANGES", "CHANGES_REQUESTED", "COMMENT", "COMMENTED");

    private final FakeGitHub github;

    FakePulls(FakeGitHub github) {
        this.github = github;
    }

    JsonNode answer(Asked asked, FakeRepository repository) {
        if (asked.path().size() == 4) {
            return listed(asked, repository);
        }
        var pull = repository.pulls.get(asked.id(4));
        if (pull == null) {
            throw Refused.notFound();
        }
        return switch (asked.segment(5)) {
            case "" -> pull;
            case "files" -> asked.page(repository.files.get(asked.id(4)));
            case "reviews" ->
                asked.is("POST") ? reviewed(asked, repository, pull) : asked.page(repository.reviews.get(asked.id(4)));
            case "merge" -> merged(asked, repository, pull);
            default -> throw Refused.notFound();
        };
    }

    private static JsonNode listed(Asked asked, FakeRepository repository) {
        var state = asked.query("state").orElse("open");
        return asked.page(repository.pulls.values().stream()
                .filter(pull ->
                        state.equals("all") || state.equals(pull.path("state").asString()))
                .filter(asked.where(
                        "base", (pull, name) -> name.equals(pull.at("/base/ref").asString())))
                .filter(asked.where(
                        "head",
                        (pull, name) -> name.equals(pull.at("/head/label").asString())))
                .sorted(Comparator.comparing(
                                (ObjectNode pull) -> pull.path("updated_at").asString())
                        .reversed())
                .map(FakePulls::listItem)
                .toList());
    }

    /** A list tells neither counts nor whether it can be merged. */
    private static ObjectNode listItem(ObjectNode pull) {
        return pull.deepCopy()
                .remove(List.of(
                        "merged",
                        "mergeable",
                        "mergeable_state",
                        "merged_by",
                        "comments",
                        "commits",
                        "additions",
                        "deletions",
                        "changed_files"));
    }

    private JsonNode reviewed(Asked asked, FakeRepository repository, ObjectNode pull) {
        var in = asked.json();
        var event = in.path("event").asString();
        var own = pull.at("/user/login").asString().equals(asked.login());
        if (own && !event.equals("COMMENT")) {
            throw Refused.sentence("Can not approve your own pull request");
        }
        var review = FakeGitHub.JSON
                .createObjectNode()
                .put("id", github.nextId())
                .put("body", in.path("body").asString(""))
                .put("state", STATES.get(event))
                .put("submitted_at", github.now().toString())
                .put("commit_id", in.path("commit_id").asString())
                .put("html_url", pull.path("html_url").asString() + "#pullrequestreview-1");
        review.set("user", FakeGitHub.user(asked.login()));
        repository.reviews.get(asked.id(4)).add(review);
        return review;
    }

    private JsonNode merged(Asked asked, FakeRepository repository, ObjectNode pull) {
        var in = asked.json();
        if (!repository.pushes(asked.login())) {
            throw Refused.of(403, "Resource not accessible by integration");
        }
        if (!pull.path("mergeable").asBoolean() || pull.path("merged").asBoolean()) {
            throw Refused.of(405, "Pull Request is not mergeable");
        }
        if (in.path("merge_method").asString().equals("rebase")) {
            throw Refused.of(405, "Rebase merges are not allowed on this repository.");
        }
        if (!in.path("sha").asString().equals(pull.at("/head/sha").asString())) {
            throw Refused.of(409, "Head branch was modified. Review and try the merge again.");
        }
        pull.put("merged", true)
                .put("state", "closed")
                .put("merged_at", github.now().toString())
                .put("merge_commit_sha", "c".repeat(40));
        return FakeGitHub.JSON
                .createObjectNode()
                .put("sha", "c".repeat(40))
                .put("merged", true)
                .put("message", "Pull Request successfully merged");
    }
}
