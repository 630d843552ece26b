package dev.countersign.connector.github;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.testkit.ConnectorContract;
import dev.countersign.connector.testkit.Sample;
import dev.countersign.connector.testkit.TestAccount;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class GitHubContractTest extends ConnectorContract {
    private final FakeGitHub github = new FakeGitHub();
    private final GitHubConnector connector = new GitHubConnector();

    @AfterEach
    void stop() {
        github.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected Provider provider() {
        return github.provider();
    }

    @Override
    protected Clock clock() {
        return Clock.fixed(FakeGitHub.START, ZoneOffset.UTC);
    }

    @Override
    protected TestAccount link() {
        return github.link(FakeGitHub.ALICE);
    }

    private static Sample sample(String tool, String arguments) {
        return new Sample(tool, arguments.replace('\'', '"'));
    }

    @Override
    protected List<Sample> samples(TestAccount account) {
        return List.of(
                sample("github_search_repositories", "{}"),
                sample("github_search_repositories", "{'text': 'hello', 'language': 'Java'}"),
                sample("github_get_repository", "{'repository': 'octo/hello'}"),
                sample("github_get_file", "{'repository': 'octo/hello', 'path': 'src/Main.java'}"),
                sample("github_search_code", "{'text': 'Main', 'repository': 'octo/hello'}"),
                sample("github_list_issues", "{'repository': 'octo/hello', 'state': 'all'}"),
                sample("github_search_issues", "{'text': 'works', 'state': 'open'}"),
                sample("github_get_issue", "{'repository': 'octo/hello', 'number': 1}"),
                sample(
                        "github_create_issue",
                        "{'repository': 'octo/hello', 'title': 'New', 'body': 'Words', 'labels': ['bug'], 'assignees':"
                                + " ['bob']}"),
                sample(
                        "github_update_issue",
                        "{'repository': 'octo/hello', 'number': 1, 'state': 'closed', 'reason': 'not_planned',"
                                + " 'addLabels': ['bug'], 'addAssignees': ['bob']}"),
                sample("github_create_comment", "{'repository': 'octo/hello', 'number': 1, 'body': 'I see.'}"),
                sample("github_list_pull_requests", "{'repository': 'octo/hello'}"),
                sample("github_get_pull_request", "{'repository': 'octo/hello', 'number': 2}"),
                sample(
                        "github_create_review",
                        "{'repository': 'octo/hello', 'number': 2, 'event': 'approve', 'body': 'Fine'}"),
                sample("github_merge_pull_request", "{'repository': 'octo/hello', 'number': 2, 'method': 'squash'}"));
    }
}
