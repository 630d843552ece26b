package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code github_list_issues}: the issues of one repository. */
final class ListIssues {
    private static final int DEFAULT_LIMIT = 30;

    /** Which issues. */
    public enum State {
        OPEN,
        CLOSED,
        ALL
    }

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,
            @Doc("open when absent") Optional<State> state,

            @Doc(Docs.LABELS + "; an issue must have all of them")
            List<String> labels,

            @Doc("login of the assignee, * for any, none for nobody")
            Optional<String> assignee,

            @Doc("login of the author") Optional<String> author,

            @Doc("changed at or after: RFC 3339 time, or date, e.g. 2026-11-24")
            Optional<String> since,

            @Doc(value = Docs.LIMIT, min = 1, max = GitHub.MOST_ON_A_PAGE)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            @Doc("the latest change first; a page may hold few, as pull requests are left out")
            List<IssueBrief> issues,

            @Doc(Docs.NEXT) Optional<String> nextCursor) {
        String text() {
            return Shown.list("issue", "issues", issues, IssueBrief::line, nextCursor);
        }

        List<Foreign> foreign() {
            return issues.stream().map(IssueBrief::foreign).toList();
        }
    }

    private ListIssues() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_list_issues", "List issues", Input.class, Output.class)
                .description("Lists the issues of one GitHub repository by state, labels or people, without bodies.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(ListIssues::run);
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var repository = RepositoryName.of(in.repository());
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, GitHub.MOST_ON_A_PAGE);
        var labels = Inputs.labels("labels", in.labels());
        var page = Pages.of(call, in.cursor(), limit, number -> {
            var request = github.get(repository, "issues")
                    .query("state", in.state().orElse(State.OPEN).name().toLowerCase(Locale.ROOT))
                    .query("labels", Optional.of(String.join(",", labels)).filter(names -> !names.isEmpty()))
                    .query("assignee", in.assignee().map(ListIssues::assignee))
                    .query("creator", in.author().map(login -> Inputs.login("author", login)))
                    .query("since", in.since().map(text -> since(text, call.zone())))
                    .query("sort", "updated");
            return Json.list(GitHub.paged(request, limit, number).bytes(), GitHubJson.Issue.class);
        });
        return new Output(
                page.items().stream()
                        .filter(issue -> issue.pullRequest().isEmpty())
                        .map(issue -> IssueBrief.of(issue, repository.toString()))
                        .toList(),
                page.next());
    }

    private static String assignee(String text) {
        return text.equals("*") ? text : Inputs.login("assignee", text);
    }

    private static Instant since(String text, ZoneId zone) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            var told =
                    new ToolException("'since' must be a date like 2026-11-24, or a time like 2026-11-24T09:00:00Z.");
            told.addSuppressed(e);
            throw told;
        }
    }
}
