package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error answers that Google's pages show, and what the caller is told. */
class GoogleFailuresTest {
    private final FakeGoogle google = new FakeGoogle();

    @AfterEach
    void stop() {
        google.close();
    }

    private UpstreamException failure(int status, String body, Map<String, String> headers) {
        google.fail("/calendar", status, body, headers);
        var calendar = new GoogleCalendar(google.upstream(FakeGoogle.ALICE));
        return catchThrowableOfType(UpstreamException.class, calendar::calendars);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        400 | calendar    | timeRangeEmpty          | INVALID      | Give a later end
        400 | global      | failedPrecondition      | FORBIDDEN    | does not have the Google service
        403 | usageLimits | userRateLimitExceeded   | RATE_LIMITED | Try again in a minute
        403 | usageLimits | rateLimitExceeded       | RATE_LIMITED | nothing was done
        403 | usageLimits | quotaExceeded           | RATE_LIMITED | nothing was done
        403 | usageLimits | dailyLimitExceeded      | RATE_LIMITED | Try again tomorrow
        403 | global      | insufficientPermissions | FORBIDDEN    | link the account again
        403 | usageLimits | accessNotConfigured     | FORBIDDEN    | Ask the operator to enable
        403 | calendar    | forbiddenForNonOrganizer| FORBIDDEN    | Only the organizer
        403 | global      | domainPolicy            | FORBIDDEN    | administrator
        403 | global      | exportSizeLimitExceeded | FORBIDDEN    | Open it in Google Drive
        403 | global      | somethingNew            | FORBIDDEN    | Use another account
        404 | global      | notFound                | NOT_FOUND    | use an id from the answer
        409 | global      | duplicate               | CONFLICT     | already
        410 | calendar    | fullSyncRequired        | NOT_FOUND    | without a cursor
        410 | calendar    | updatedMinTooLongAgo    | NOT_FOUND    | without a cursor
        410 | global      | deleted                 | NOT_FOUND    | has been deleted
        412 | global      | conditionNotMet         | CONFLICT     | Read it again
        429 | usageLimits | rateLimitExceeded       | RATE_LIMITED | Try again in a minute
        500 | global      | backendError            | UNAVAILABLE  | 500
        503 | global      | backendError            | UNAVAILABLE  | 503
        """)
    void documentedReason_saysWhatToDoNext(int status, String domain, String reason, Kind kind, String words) {
        var failure = failure(status, Refused.classic(status, domain, reason, "Google's own words"), Map.of());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words).message().doesNotContain("own words");
    }

    @ParameterizedTest
    @CsvSource({
        "403, PERMISSION_DENIED, ACCESS_TOKEN_SCOPE_INSUFFICIENT, FORBIDDEN, link the account again",
        "403, PERMISSION_DENIED, SERVICE_DISABLED, FORBIDDEN, Ask the operator to enable",
        "429, RESOURCE_EXHAUSTED, RATE_LIMIT_EXCEEDED, RATE_LIMITED, nothing was done",
        "400, FAILED_PRECONDITION, SOMETHING, FORBIDDEN, does not have the Google service"
    })
    void errorInfoOfPeople_saysWhatToDoNext(int status, String code, String reason, Kind kind, String words) {
        var failure = failure(status, Refused.rpc(status, code, reason), Map.of());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words);
    }

    @Test
    void retryAfter_isHandedOn() {
        var body = Refused.classic(403, "usageLimits", "userRateLimitExceeded", "Slow down");
        var failure = failure(403, body, Map.of("Retry-After", "17"));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(failure).hasMessageContaining("in 17 seconds");
    }

    @Test
    void bodyThatIsNoJson_isReadByItsStatus() {
        assertThat(failure(403, "<html>Forbidden</html>", Map.of()).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(GoogleFailures.read(502, Optional.empty(), "<html>".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
