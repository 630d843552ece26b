package dev.countersign.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error answers that GitHub's pages show, and what the caller is told. */
class GitHubFailuresTest {
    private static final RepositoryName HELLO = RepositoryName.of("octo/hello");

    private final FakeGitHub github = new FakeGitHub();

    @AfterEach
    void stop() {
        github.close();
    }

    private UpstreamException failure(int status, String body, Map<String, String> headers) {
        github.fail("GET", "/octo/hello", status, body, headers);
        var api = new GitHub(github.upstream(FakeGitHub.ALICE));
        return catchThrowableOfType(UpstreamException.class, () -> api.repository(HELLO));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        403 | API rate limit exceeded for user ID 1.                        | RATE_LIMITED | nothing was done
        403 | You have exceeded a secondary rate limit. Please wait.        | RATE_LIMITED | in 60 seconds
        403 | You have triggered an abuse detection mechanism.              | RATE_LIMITED | in 60 seconds
        429 | API rate limit exceeded for user ID 1.                        | RATE_LIMITED | in an hour at the latest
        403 | Resource protected by organization SAML enforcement.          | FORBIDDEN    | single sign-on
        403 | The org has enabled OAuth App access restrictions.            | FORBIDDEN    | request approval
        403 | Resource not accessible by integration                        | FORBIDDEN    | app's installation
        403 | Although you appear to have access, your IP address is not permitted. | FORBIDDEN | network addresses
        403 | Unable to create comment because issue is locked.             | FORBIDDEN    | locked
        403 | Repository was archived so is read-only.                      | FORBIDDEN    | archived
        403 | Must have admin rights to Repository.                         | FORBIDDEN    | lacks the role
        404 | Not Found                                                     | NOT_FOUND    | hides it from this account
        405 | Pull Request is not mergeable                                 | CONFLICT     | conflicts
        405 | Merge commits are not allowed on this repository.             | INVALID      | another 'method'
        409 | Head branch was modified. Review and try the merge again.     | CONFLICT     | Read it again
        410 | Issues has been disabled in this repository.                  | NOT_FOUND    | switched off
        422 | Pagination with the page parameter is not supported for large datasets | INVALID | Narrow the list
        422 | Only the first 1000 search results are available              | INVALID      | at most 1000
        451 | Repository access blocked                                     | FORBIDDEN    | legal reasons
        500 | Server Error                                                  | UNAVAILABLE  | 500
        502 | Server Error                                                  | UNAVAILABLE  | 502
        """)
    void documentedMessage_saysWhatToDoNext(int status, String message, Kind kind, String words) {
        var failure = failure(status, Refused.message(message), Map.of());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words).message().doesNotContain(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"resource": "Issue", "field": "title", "code": "missing_field"}       | INVALID      | 'title' is missing
        {"resource": "Issue", "field": "assignees", "code": "invalid"}         | INVALID      | 'assignees' is not valid
        {"resource": "Label", "field": "name", "code": "already_exists"}       | INVALID      | 'name' exists already
        {"resource": "Issue", "field": "milestone", "code": "missing"}         | INVALID      | names something
        {"resource": "Issue", "field": "<b>Own words</b>", "code": "custom"}   | INVALID      | Check the arguments
        "Can not approve your own pull request"                                | INVALID      | event comment
        {"resource": "IssueComment", "code": "unprocessable", "field": "data", "message": "was submitted too quickly"} | RATE_LIMITED | in 60 seconds
        {"resource": "Search", "field": "q", "code": "invalid", "message": "The listed users cannot be searched"}      | INVALID      | hidden
        """)
    void validationErrors_nameTheField(String error, Kind kind, String words) {
        var failure = failure(422, Refused.errors(error), Map.of());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words).message().doesNotContain("Own words");
    }

    @Test
    void retryAfter_isHandedOn() {
        var headers = Map.of("Retry-After", "17");
        var failure = failure(403, Refused.message("You have exceeded a secondary rate limit."), headers);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(failure).hasMessageContaining("in 17 seconds");
    }

    @Test
    void renamedRepository_isNamedByItsNumber() {
        var body = """
            {"message": "Moved Permanently", "url": "https://api.github.com/repositories/1/issues", "documentation_url": ""}
            """;
        var failure = failure(301, body, Map.of("Location", "https://elsewhere.example/"));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("github_get_repository with the repository 1 ");
        var found = Calls.on(github.link(FakeGitHub.ALICE))
                .run(GetRepository.tool(), new GetRepository.Input("1", Optional.empty()));
        assertThat(found.repository()).isEqualTo("octo/hello");
    }

    @Test
    void redirectElsewhere_tellsNoAddress() {
        var failure = failure(302, "{\"url\": \"https://evil.example/steal\"}", Map.of());
        assertThat(failure)
                .hasMessageContaining("github_search_repositories")
                .message()
                .doesNotContain("evil");
    }

    @Test
    void bodyThatIsNoJson_isReadByItsStatus() {
        assertThat(failure(403, "<html>Forbidden</html>", Map.of()).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure(422, "", Map.of()).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void answerThatIsNoRepository_quotesNothing() {
        github.fail("GET", "/octo/hello", 200, "{\"canary\": 1}", Map.of());
        var api = new GitHub(github.upstream(FakeGitHub.ALICE));
        var failure = catchThrowableOfType(UpstreamException.class, () -> api.repository(HELLO));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure).message().doesNotContain("canary");
    }
}
