package dev.countersign.connector.google;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Google's error answers mean. Two shapes are documented: {@code error.errors[].reason} of Calendar, Gmail and Drive,
 * and {@code error.details[].reason} of {@code google.rpc.ErrorInfo} in People.
 *
 * @see <a href="https://developers.google.com/workspace/calendar/api/guides/errors">Calendar</a>
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/handle-errors">Gmail</a>
 * @see <a href="https://developers.google.com/workspace/drive/api/guides/handle-errors">Drive</a>
 * @see <a href="https://cloud.google.com/apis/design/errors">People</a>
 */
final class GoogleFailures {
    private static final Set<String> TOO_FAST = Set.of(
            "rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED", "quotaExceeded");

    private static final Set<String> SPENT_TODAY = Set.of("dailyLimitExceeded", "dailyLimitExceededUnreg");

    private static final Set<String> LACKS_SCOPE =
            Set.of("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientScopes");

    private static final Set<String> API_OFF = Set.of("accessNotConfigured", "SERVICE_DISABLED");

    private static final Set<String> BY_ADMIN =
            Set.of("domainPolicy", "appNotAuthorizedToFile", "cannotExport", "cannotDownload");

    record Body(Optional<Failure> error) {}

    record Failure(Optional<String> status, List<Item> errors, List<Detail> details) {}

    record Item(Optional<String> reason) {}

    record Detail(@JsonProperty("@type") Optional<String> type, Optional<String> reason) {}

    private GoogleFailures() {}

    /** See {@link dev.countersign.connector.FailureReader}. */
    static Optional<UpstreamException> read(int status, Optional<Duration> retryAfter, byte[] body) {
        var reasons = reasons(body);
        return switch (status) {
            case 400 -> badRequest(reasons);
            case 403 -> Optional.of(forbidden(reasons, retryAfter));
            case 404 ->
                Optional.of(failure(
                        Kind.NOT_FOUND,
                        "Google has nothing with this id, or does not show it to"
                                + " this account. List or search again, and use an id from the answer."));
            case 410 -> Optional.of(gone(reasons));
            case 409 ->
                Optional.of(failure(Kind.CONFLICT, "Google has something with this id already. Read it again."));
            case 412 ->
                Optional.of(failure(Kind.CONFLICT, "It has changed at Google meanwhile. Read it again, then decide."));
            case 429 -> Optional.of(tooFast(retryAfter));
            default -> Optional.empty();
        };
    }

    private static List<String> reasons(byte[] body) {
        try {
            return Json.read(body, Body.class).error().stream()
                    .flatMap(GoogleFailures::reasons)
                    .toList();
        } catch (UpstreamException e) {
            // a proxy's page, say: the status says all
            return List.of();
        }
    }

    private static Stream<String> reasons(Failure failure) {
        var named = Stream.concat(
                failure.errors().stream().flatMap(item -> item.reason().stream()),
                failure.details().stream().flatMap(detail -> detail.reason().stream()));
        return Stream.concat(named, failure.status().stream());
    }

    private static boolean any(List<String> reasons, Set<String> of) {
        return reasons.stream().anyMatch(of::contains);
    }

    private static Optional<UpstreamException> badRequest(List<String> reasons) {
        if (reasons.contains("failedPrecondition") || reasons.contains("FAILED_PRECONDITION")) {
            return Optional.of(failure(
                    Kind.FORBIDDEN,
                    "This account does not have the Google service that this needs, e.g. no Gmail mailbox."
                            + " Use another account."));
        }
        if (reasons.contains("timeRangeEmpty")) {
            return Optional.of(failure(Kind.INVALID, "The end is not after the start. Give a later end."));
        }
        return Optional.empty();
    }

    private static UpstreamException forbidden(List<String> reasons, Optional<Duration> retryAfter) {
        if (any(reasons, TOO_FAST)) {
            return tooFast(retryAfter);
        }
        if (any(reasons, SPENT_TODAY)) {
            return new UpstreamException(
                    Kind.RATE_LIMITED,
                    "Google's quota of today for this installation is used up; nothing was done. Try again tomorrow,"
                            + " or ask the operator to raise the quota in the Google Cloud console.",
                    retryAfter,
                    Optional.empty());
        }
        if (any(reasons, LACKS_SCOPE)) {
            return failure(
                    Kind.FORBIDDEN,
                    "The account was linked without the permission that this needs. Ask the person to open the"
                            + " connections page, link the account again and leave every box ticked at Google.");
        }
        if (any(reasons, API_OFF)) {
            return failure(
                    Kind.FORBIDDEN,
                    "This Google API is not enabled for the installation's client. Ask the operator to enable the"
                            + " Calendar, Gmail, People and Drive APIs in the Google Cloud console, and try again"
                            + " some minutes later.");
        }
        return refused(reasons);
    }

    private static UpstreamException refused(List<String> reasons) {
        if (reasons.contains("forbiddenForNonOrganizer")) {
            return failure(
                    Kind.FORBIDDEN,
                    "Only the organizer may change this of the event. Ask the organizer, or answer the invitation.");
        }
        if (reasons.contains("exportSizeLimitExceeded")) {
            return failure(
                    Kind.FORBIDDEN,
                    "The document is larger than the 10 MB that Google exports. Open it in Google Drive.");
        }
        if (any(reasons, BY_ADMIN)) {
            return failure(
                    Kind.FORBIDDEN,
                    "The account's organisation does not allow this. Ask the person to talk to their administrator.");
        }
        return failure(
                Kind.FORBIDDEN,
                "Google does not allow this with the account. Use another account, or one's own calendar or file.");
    }

    private static UpstreamException gone(List<String> reasons) {
        return reasons.contains("fullSyncRequired") || reasons.contains("updatedMinTooLongAgo")
                ? failure(Kind.NOT_FOUND, "The list has moved on since that page. Start again without a cursor.")
                : failure(Kind.NOT_FOUND, "It has been deleted at Google. List or search again.");
    }

    private static UpstreamException tooFast(Optional<Duration> retryAfter) {
        var when = retryAfter
                .map(wait -> "in " + Math.max(1, wait.toSeconds()) + " seconds")
                .orElse("in a minute");
        return new UpstreamException(
                Kind.RATE_LIMITED,
                "Google takes no more requests of this account now; nothing was done. Try again " + when + ".",
                retryAfter,
                Optional.empty());
    }

    private static UpstreamException failure(Kind kind, String message) {
        return new UpstreamException(kind, message);
    }
}
