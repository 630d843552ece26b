package dev.countersign.connector.github;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /repos/{owner}/{repo}/issues}: pull requests are among them. */
final class FakeIssues {
    private final FakeGitHub github;

    FakeIssues(FakeGitHub github) {
        this.github = github;
    }

    JsonNode answer(Asked asked, FakeRepository repository) {
        if (!repository.hasIssues) {
            throw Refused.of(410, "Issues has been disabled in this repository.");
        }
        if (asked.path().size() == 4) {
            return asked.is("POST") ? created(asked, repository) : listed(asked, repository);
        }
        if (asked.segment(4).equals("comments")) {
            return repository.comments.values().stream()
                    .flatMap(list -> list.stream())
                    .filter(comment -> comment.path("id").asString().equals(asked.segment(5)))
                    .findFirst()
                    .orElseThrow(Refused::notFound);
        }
        var issue = repository.issues.get(asked.id(4));
        if (issue == null) {
            throw Refused.notFound();
        }
        if (asked.segment(5).equals("comments")) {
            return asked.is("POST")
                    ? commented(asked, repository, issue)
                    : asked.page(repository.comments.get(asked.id(4)));
        }
        return asked.is("PATCH") ? changed(asked, repository, issue) : issue;
    }

    private static JsonNode listed(Asked asked, FakeRepository repository) {
        var state = asked.query("state").orElse("open");
        var order = Comparator.comparing(
                (ObjectNode issue) -> asked.query("sort").orElse("created").equals("updated")
                        ? issue.path("updated_at").asString()
                        : issue.path("created_at").asString());
        return asked.page(repository.issues.values().stream()
                .filter(issue ->
                        state.equals("all") || state.equals(issue.path("state").asString()))
                .filter(asked.where(
                        "creator",
                        (issue, login) -> login.equals(issue.at("/user/login").asString())))
                .filter(asked.where(
                        "labels",
                        (issue, names) ->
                                Arrays.stream(names.split(",")).allMatch(name -> has(issue, "labels", "name", name))))
                .filter(asked.where("assignee", (issue, login) -> has(issue, "assignees", "login", login)))
                .filter(asked.where(
                        "since",
                        (issue, at) -> issue.path("updated_at").asString().compareTo(at) >= 0))
                .sorted(order.reversed())
                .toList());
    }

    static boolean has(JsonNode issue, String list, String field, String value) {
        return StreamSupport.stream(issue.path(list).spliterator(), false)
                .anyMatch(item -> value.equals(item.path(field).asString()));
    }

    private JsonNode created(Asked asked, FakeRepository repository) {
        var in = asked.json();
        if (in.path("title").asString("").isEmpty()) {
            throw Refused.invalid("Issue", "title", "missing_field");
        }
        var issue = repository.issue(
                repository.nextNumber(),
                in.path("title").asString(),
                in.path("body").asString(""),
                asked.login(),
                github.now());
        if (repository.pushes(asked.login())) {
            set(issue, in);
        }
        return issue;
    }

    /** Without push access GitHub leaves labels and assignees out and says nothing. */
    private static void set(ObjectNode issue, ObjectNode in) {
        if (in.has("labels")) {
            var labels = issue.putArray("labels");
            in.path("labels").forEach(name -> labels.addObject().put("name", name.asString()));
        }
        if (in.has("assignees")) {
            var assignees = issue.putArray("assignees");
            in.path("assignees").forEach(login -> {
                if (!login.asString().equals("nobody")) {
                    assignees.add(FakeGitHub.user(login.asString()));
                }
            });
        }
    }

    private JsonNode changed(Asked asked, FakeRepository repository, ObjectNode issue) {
        var in = asked.json();
        if (!repository.pushes(asked.login())
                && !issue.at("/user/login").asString().equals(asked.login())) {
            throw Refused.of(403, "Must have admin rights to Repository.");
        }
        for (var field : new String[] {"title", "state", "state_reason"}) {
            if (in.has(field)) {
                issue.set(field, in.get(field));
            }
        }
        if (repository.pushes(asked.login())) {
            set(issue, in);
        }
        return issue.put("updated_at", github.now().toString());
    }

    private JsonNode commented(Asked asked, FakeRepository repository, ObjectNode issue) {
        if (issue.path("locked").asBoolean()) {
            throw Refused.of(403, "Unable to create comment because issue is locked.");
        }
        return comment(
                repository,
                issue.path("number").asInt(),
                asked.login(),
                asked.json().path("body").asString());
    }

    ObjectNode comment(FakeRepository repository, int number, String login, String body) {
        var id = github.nextId();
        var at = github.now().toString();
        var comment = FakeGitHub.JSON
                .createObjectNode()
                .put("id", id)
                .put("body", body)
                .put("created_at", at)
                .put("updated_at", at)
                .put(
                        "html_url",
                        "https://github.example/" + repository.name + "/issues/" + number + "#issuecomment-" + id);
        comment.set("user", FakeGitHub.user(login));
        var all = repository.comments.get(number);
        all.add(comment);
        repository.issues.get(number).put("comments", all.size()).put("updated_at", at);
        return comment;
    }
}
