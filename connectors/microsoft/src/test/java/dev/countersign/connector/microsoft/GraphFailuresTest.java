package dev.countersign.connector.microsoft;

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

/** The error answers that Microsoft's pages show, and what the caller is told. */
class GraphFailuresTest {
    private final FakeGraph graph = new FakeGraph();

    @AfterEach
    void stop() {
        graph.close();
    }

    private UpstreamException failure(int status, String body, Map<String, String> headers) {
        graph.fail("GET /v1.0/me/calendars", status, body, headers);
        var calendar = new MicrosoftCalendar(graph.upstream(FakeGraph.ALICE));
        return catchThrowableOfType(UpstreamException.class, calendar::calendars);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        400 | ErrorInvalidIdMalformed         | NOT_FOUND    | use an id from the answer
        400 | ErrorDuplicateTransactionId     | CONFLICT     | made already
        400 | ErrorOccurrenceCrossingBoundary | INVALID      | Choose a time between them
        400 | ErrorInvalidRecipients          | INVALID      | Check the recipients
        400 | ErrorSomethingNew               | INVALID      | 400
        403 | ErrorAccessDenied               | FORBIDDEN    | link the account again
        403 | accessDenied                    | FORBIDDEN    | does not allow this
        403 | Authorization_RequestDenied     | FORBIDDEN    | without the permission
        403 | insufficient_claims             | FORBIDDEN    | asks for another sign-in
        400 | interaction_required            | FORBIDDEN    | link the account again
        403 | ErrorQuotaExceeded              | FORBIDDEN    | make room
        403 | ErrorMessageSubmissionBlocked   | FORBIDDEN    | does not let this account send
        404 | ErrorItemNotFound               | NOT_FOUND    | use an id from the answer
        404 | itemNotFound                    | NOT_FOUND    | use an id from the answer
        404 | MailboxNotEnabledForRESTAPI     | FORBIDDEN    | no mailbox in Microsoft's cloud
        401 | MailboxNotSupportedForRESTAPI   | FORBIDDEN    | no mailbox in Microsoft's cloud
        409 | nameAlreadyExists               | CONFLICT     | Read it again
        410 | resyncRequired                  | NOT_FOUND    | without a cursor
        412 | ErrorIrresolvableConflict       | CONFLICT     | Read it again
        413 | ErrorMessageSizeExceeded        | INVALID      | Attach less
        423 | notAllowed                      | CONFLICT     | locked
        429 | ApplicationThrottled            | RATE_LIMITED | Try again in a minute
        429 | activityLimitReached            | RATE_LIMITED | nothing was done
        507 | quotaLimitReached               | FORBIDDEN    | make room
        500 | generalException                | UNAVAILABLE  | 500
        503 | serviceNotAvailable             | UNAVAILABLE  | 503
        """)
    void documentedCode_saysWhatToDoNext(int status, String code, Kind kind, String words) {
        var failure = failure(status, Refused.body(code), Map.of());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words).message().doesNotContain("own words");
    }

    @Test
    void codeWithinTheError_isTheMoreExactOne() {
        var failure = failure(400, Refused.nested("invalidRequest", "ErrorQuotaExceeded"), Map.of());
        assertThat(failure).hasMessageContaining("make room");
    }

    @ParameterizedTest
    @CsvSource({"429, ApplicationThrottled", "503, serviceNotAvailable", "504, GatewayTimeout"})
    void retryAfter_isHandedOn(int status, String code) {
        var failure = failure(status, Refused.body(code), Map.of("Retry-After", "17"));
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(failure).hasMessageContaining("in 17 seconds");
    }

    @Test
    void bodyThatIsNoJson_isReadByItsStatus() {
        assertThat(failure(403, "<html>Forbidden</html>", Map.of()).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(GraphFailures.read(502, Optional.empty(), "<html>".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
