package dev.countersign.connector.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** A repository with all that is in it, as the JSON that GitHub documents. */
final class FakeRepository {
    static final Set<String> LABELS = Set.of("bug", "help wanted", "question");

    final long id;
    final String name;
    final boolean closed;
    final Map<String, String> members;
    final Map<Integer, ObjectNode> issues = new TreeMap<>();
    final Map<Integer, ObjectNode> pulls = new TreeMap<>();
    final Map<Integer, List<ObjectNode>> files = new TreeMap<>();
    final Map<Integer, List<ObjectNode>> reviews = new TreeMap<>();
    final Map<Integer, List<ObjectNode>> comments = new TreeMap<>();
    final Map<String, byte[]> contents = new LinkedHashMap<>();
    boolean archived;
    boolean hasIssues = true;

    /** @param members logins with {@code push} or {@code pull} */
    FakeRepository(long id, String name, boolean closed, Map<String, String> members) {
        this.id = id;
        this.name = name;
        this.closed = closed;
        this.members = members;
    }

    boolean sees(String login) {
        return !closed || members.containsKey(login);
    }

    boolean pushes(String login) {
        return "push".equals(members.get(login));
    }

    int nextNumber() {
        return 1 + issues.keySet().stream().mapToInt(number -> number).max().orElse(0);
    }

    ObjectNode json(String login) {
        var json = FakeGitHub.JSON
                .createObjectNode()
                .put("id", id)
                .put("name", name.split("/")[1])
                .put("full_name", name)
                .put("private", closed)
                .put("visibility", closed ? "private" : "public")
                .put("description", "All about " + name)
                .put("html_url", "https://github.example/" + name)
                .put("default_branch", "main")
                .put("language", "Java")
                .put("fork", false)
                .put("archived", archived)
                .put("stargazers_count", 7)
                .put("forks_count", 1)
                .put("open_issues_count", issues.size())
                .put("has_issues", hasIssues)
                .put("pushed_at", "2026-03-17T08:00:00Z");
        json.putArray("topics").add("mcp");
        json.putNull("license");
        json.putObject("permissions")
                .put("admin", false)
                .put("push", pushes(login))
                .put("pull", true);
        return json;
    }

    /** An issue, as a pull request has one too. */
    ObjectNode issue(int number, String title, String body, String author, Instant at) {
        var url = "https://github.example/" + name + "/issues/" + number;
        var json = FakeGitHub.JSON
                .createObjectNode()
                .put("number", number)
                .put("title", title)
                .put("state", "open")
                .put("locked", false)
                .put("comments", 0)
                .put("created_at", at.toString())
                .put("updated_at", at.toString())
                .put("html_url", url)
                .put("repository_url", "https://github.example/api/v3/repos/" + name);
        if (body.isEmpty()) {
            json.putNull("body");
        } else {
            json.put("body", body);
        }
        json.putNull("state_reason");
        json.set("user", FakeGitHub.user(author));
        json.putArray("labels");
        json.putArray("assignees");
        issues.put(number, json);
        comments.put(number, new ArrayList<>());
        return json;
    }

    ObjectNode pull(int number, String title, String author, Instant at) {
        issue(number, title, "Please merge.", author, at)
                .putObject("pull_request")
                .put("html_url", "https://github.example/" + name + "/pull/" + number);
        var json = FakeGitHub.JSON
                .createObjectNode()
                .put("number", number)
                .put("title", title)
                .put("body", "Please merge.")
                .put("state", "open")
                .put("draft", false)
                .put("merged", false)
                .put("mergeable", true)
                .put("mergeable_state", "clean")
                .put("comments", 0)
                .put("commits", 2)
                .put("additions", 10)
                .put("deletions", 3)
                .put("changed_files", 1)
                .put("created_at", at.toString())
                .put("updated_at", at.toString())
                .put("html_url", "https://github.example/" + name + "/pull/" + number);
        json.putNull("merged_at").putNull("merged_by").putNull("merge_commit_sha");
        json.set("user", FakeGitHub.user(author));
        json.putArray("labels");
        json.putArray("requested_reviewers").add(FakeGitHub.user("alice"));
        json.putObject("head").put("ref", "fix").put("sha", "a".repeat(40)).put("label", author + ":fix");
        json.putObject("base").put("ref", "main").put("sha", "b".repeat(40)).put("label", name.split("/")[0] + ":main");
        pulls.put(number, json);
        files.put(number, new ArrayList<>());
        reviews.put(number, new ArrayList<>());
        return json;
    }

    ObjectNode changes(int number, String path, String patch) {
        var json = FakeGitHub.JSON
                .createObjectNode()
                .put("filename", path)
                .put("status", "modified")
                .put("additions", 10)
                .put("deletions", 3)
                .put("changes", 13)
                .put("patch", patch);
        files.get(number).add(json);
        return json;
    }
}
