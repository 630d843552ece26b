package dev.countersign.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.SearchService.Hit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubSearchTest {
    private final FakeGitHub github = new FakeGitHub();
    private final GitHubSearch bob = new GitHubSearch(github.upstream(FakeGitHub.BOB));

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void issuesAndPullRequestsThatInvolveThePerson_comeInTurn() {
        github.hello().issue(3, "Another", "Please help", FakeGitHub.BOB, github.now());
        assertThat(bob.search("e", 10))
                .extracting(Hit::id)
                .containsExactly("issue/octo/hello/1", "issue/octo/hello/2", "issue/octo/hello/3");
        assertThat(bob.search("e", 1)).hasSize(1);
        assertThat(new GitHubSearch(github.upstream(FakeGitHub.ALICE)).search("e", 10))
                .isEmpty();
    }

    @Test
    void document_hasTheConversationWithItsAuthors() {
        new FakeIssues(github).comment(github.hello(), 1, FakeGitHub.ALICE, "I see.");
        var document = bob.fetch("issue/octo/hello/1").orElseThrow();
        assertThat(document.title()).isEqualTo("octo/hello#1: Nothing works");
        assertThat(document.author()).isEqualTo("bob on GitHub");
        assertThat(document.text()).startsWith("Since *today*.").contains("alice, 2026-03-18T10:00:", "I see.");
    }

    @Test
    void idsOfNothing_areEmpty() {
        assertThat(bob.fetch("issue/octo/hello/99")).isEmpty();
        assertThat(bob.fetch("issue/octo/none/1")).isEmpty();
        assertThat(bob.fetch("issue/octo/hello")).isEmpty();
        assertThat(bob.fetch("mail/1")).isEmpty();
    }
}
