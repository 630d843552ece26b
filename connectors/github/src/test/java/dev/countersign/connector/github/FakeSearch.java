package dev.countersign.connector.github;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /search}: words, and the qualifiers that are used here. */
final class FakeSearch {
    private static final Pattern TERM = Pattern.compile("([a-z]+):(\"[^\"]*\"|\\S+)|\\S+");

    final List<String> queries = new ArrayList<>();
    private final FakeGitHub github;

    FakeSearch(FakeGitHub github) {
        this.github = github;
    }

    /** What is asked: words that must all occur, and values of qualifiers. */
    private record Query(List<String> words, List<String[]> qualifiers) {
        static Query of(String text) {
            var query = new Query(new ArrayList<>(), new ArrayList<>());
            TERM.matcher(text).results().forEach(term -> {
                if (term.group(1) == null) {
                    query.words.add(term.group().toLowerCase(Locale.ROOT));
                } else {
                    query.qualifiers.add(
                            new String[] {term.group(1), term.group(2).replace("\"", "")});
                }
            });
            return query;
        }

        Stream<String> values(String name) {
            return qualifiers.stream().filter(one -> one[0].equals(name)).map(one -> one[1]);
        }

        boolean says(String text) {
            return words.stream().allMatch(text.toLowerCase(Locale.ROOT)::contains);
        }
    }

    JsonNode answer(Asked asked) {
        var text = asked.query("q").orElse("");
        queries.add(text);
        var query = Query.of(text);
        query.values("repo").forEach(name -> {
            if (github.repositories.get(name) == null
                    || !github.repositories.get(name).sees(asked.login())) {
                throw Refused.unsearchable();
            }
        });
        return found(
                asked,
                switch (asked.segment(1)) {
                    case "repositories" -> repositories(asked, query);
                    case "code" -> code(asked, query);
                    default -> issues(asked, query);
                });
    }

    private static ObjectNode found(Asked asked, List<ObjectNode> all) {
        var answer = FakeGitHub.JSON
                .createObjectNode()
                .put("total_count", all.size())
                .put("incomplete_results", false);
        answer.set("items", asked.page(all));
        return answer;
    }

    private Stream<FakeRepository> seen(Asked asked, Query query) {
        return github.repositories.values().stream()
                .filter(repository -> repository.sees(asked.login()))
                .filter(repository -> query.values("repo").allMatch(repository.name::equals))
                .filter(repository ->
                        query.values("user").allMatch(repository.name.split("/")[0]::equals));
    }

    private List<ObjectNode> repositories(Asked asked, Query query) {
        return seen(asked, query)
                .filter(repository -> query.says(repository.name))
                .map(repository -> repository.json(asked.login()))
                .toList();
    }

    private List<ObjectNode> code(Asked asked, Query query) {
        var hits = new ArrayList<ObjectNode>();
        seen(asked, query)
                .forEach(repository -> repository.contents.forEach((path, bytes) -> {
                    var text = new String(bytes, StandardCharsets.UTF_8);
                    if (query.says(text) && query.values("path").allMatch(path::startsWith)) {
                        var hit = FakeGitHub.JSON
                                .createObjectNode()
                                .put("path", path)
                                .put("html_url", "https://github.example/" + repository.name + "/blob/main/" + path);
                        hit.putObject("repository").put("full_name", repository.name);
                        hit.putArray("text_matches").addObject().put("fragment", text);
                        hits.add(hit);
                    }
                }));
        return hits;
    }

    private List<ObjectNode> issues(Asked asked, Query query) {
        var kind = query.values("is").findFirst().orElseThrow(() -> Refused.invalid("Search", "q", "missing"));
        return seen(asked, query)
                .flatMap(repository -> repository.issues.values().stream())
                .filter(issue -> issue.has("pull_request") == kind.equals("pull-request"))
                .filter(issue -> query.says(issue.path("title").asString() + " "
                        + issue.path("body").asString("")))
                .filter(issue ->
                        query.values("state").allMatch(issue.path("state").asString()::equals))
                .filter(issue -> query.values("label").allMatch(name -> FakeIssues.has(issue, "labels", "name", name)))
                .filter(issue -> query.values("author").allMatch(login -> wrote(asked, issue, login)))
                .filter(issue -> query.values("involves").allMatch(login -> involves(asked, issue, login)))
                .map(issue -> {
                    var hit = issue.deepCopy();
                    hit.putArray("text_matches")
                            .addObject()
                            .put("fragment", issue.path("body").asString(""));
                    return hit;
                })
                .toList();
    }

    private static String login(Asked asked, String login) {
        return login.equals("@me") ? asked.login() : login;
    }

    private static boolean wrote(Asked asked, JsonNode issue, String login) {
        return issue.at("/user/login").asString().equals(login(asked, login));
    }

    private static boolean involves(Asked asked, JsonNode issue, String login) {
        return wrote(asked, issue, login) || FakeIssues.has(issue, "assignees", "login", login(asked, login));
    }
}
