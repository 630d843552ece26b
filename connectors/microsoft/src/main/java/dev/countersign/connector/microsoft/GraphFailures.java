package dev.countersign.connector.microsoft;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Graph's error answers mean: {@code error.code}, and the more exact codes in the errors within it.
 *
 * @see <a href="https://learn.microsoft.com/graph/errors">Error responses</a>
 */
final class GraphFailures {
    private static final int MOST_DEPTH = 8;

    private static final Set<String> NO_MAILBOX = Set.of(
            "MailboxNotEnabledForRESTAPI",
            "MailboxNotSupportedForRESTAPI",
            "ErrorMailboxNotEnabledForRESTAPI",
            "RESTAPINotEnabledForComponentSharedMailbox",
            "ErrorNonExistentMailbox",
            "extensionError");

    private static final Set<String> SIGN_IN_AGAIN =
            Set.of("insufficient_claims", "InsufficientClaims", "interaction_required", "consent_required");

    private static final Set<String> NO_SUCH_ID = Set.of(
            "ErrorInvalidIdMalformed",
            "ErrorInvalidId",
            "ErrorInvalidIdEmpty",
            "ErrorItemNotFound",
            "ErrorFolderNotFound");

    private static final Set<String> TOO_LARGE =
            Set.of("ErrorMessageSizeExceeded", "RequestBodyTooLarge", "ErrorAttachmentSizeLimitExceeded");

    private static final Set<String> FULL = Set.of("ErrorQuotaExceeded", "quotaLimitReached");

    private static final Set<String> NOT_SENDABLE =
            Set.of("ErrorMessageSubmissionBlocked", "ErrorExceededMessageLimit", "ErrorSendAsDenied");

    record Body(Optional<Failure> error) {}

    record Failure(
            Optional<String> code,
            @JsonAlias({"innererror", "innerError"}) Optional<Failure> inner) {}

    private GraphFailures() {}

    /** See {@link dev.countersign.connector.FailureReader}. */
    static Optional<UpstreamException> read(int status, Optional<Duration> retryAfter, byte[] body) {
        var codes = codes(body);
        return byCode(codes).or(() -> byStatus(status, codes, retryAfter));
    }

    private static List<String> codes(byte[] body) {
        var codes = new ArrayList<String>();
        try {
            var failure = Json.read(body, Body.class).error();
            for (var i = 0; i < MOST_DEPTH && failure.isPresent(); i++) {
                failure.flatMap(Failure::code).ifPresent(codes::add);
                failure = failure.flatMap(Failure::inner);
            }
        } catch (UpstreamException e) {
            // a proxy's page, say: the status says all
            return List.of();
        }
        return codes;
    }

    private static boolean any(List<String> codes, Set<String> of) {
        return codes.stream().anyMatch(of::contains);
    }

    private static Optional<UpstreamException> byCode(List<String> codes) {
        if (any(codes, NO_MAILBOX)) {
            return failure(
                    Kind.FORBIDDEN,
                    "This account has no mailbox in Microsoft's cloud that apps may use: it lies on premises, has no"
                        + " licence, or is closed to this app. Use another account, or ask the person to talk to their"
                        + " administrator.");
        }
        if (any(codes, SIGN_IN_AGAIN)) {
            return failure(
                    Kind.FORBIDDEN,
                    "The account's organisation asks for another sign-in before this. Ask the person to open the"
                            + " connections page and link the account again.");
        }
        if (any(codes, NO_SUCH_ID)) {
            return failure(
                    Kind.NOT_FOUND,
                    "Microsoft has nothing with this id, or does not show it to this account. List or search again, and"
                            + " use an id from the answer.");
        }
        return byItem(codes).or(() -> bySize(codes));
    }

    private static Optional<UpstreamException> byItem(List<String> codes) {
        if (codes.contains("ErrorDuplicateTransactionId")) {
            return failure(
                    Kind.CONFLICT, "This event was made already and may have been deleted since. List the events.");
        }
        if (codes.contains("ErrorIrresolvableConflict")) {
            return failure(Kind.CONFLICT, "It has changed at Microsoft meanwhile. Read it again, then decide.");
        }
        if (codes.contains("ErrorOccurrenceCrossingBoundary")) {
            return failure(
                    Kind.INVALID,
                    "Outlook moves no event of a series to or past the day of the one before or after it. Choose a time"
                            + " between them, or make a new event.");
        }
        if (any(codes, NOT_SENDABLE)) {
            return failure(
                    Kind.FORBIDDEN,
                    "Microsoft does not let this account send now. Ask the person to look in Outlook what holds it"
                            + " back.");
        }
        return codes.contains("ErrorInvalidRecipients")
                ? failure(Kind.INVALID, "An address is none that Outlook can send to. Check the recipients.")
                : Optional.empty();
    }

    private static Optional<UpstreamException> bySize(List<String> codes) {
        if (any(codes, TOO_LARGE)) {
            return failure(Kind.INVALID, "It is larger than this mailbox takes. Attach less.");
        }
        return any(codes, FULL)
                ? failure(Kind.FORBIDDEN, "The mailbox or drive is full. Ask the person to make room.")
                : Optional.empty();
    }

    private static Optional<UpstreamException> byStatus(int status, List<String> codes, Optional<Duration> retryAfter) {
        return switch (status) {
            case 402, 403 -> forbidden(codes);
            case 404 -> byCode(List.of("ErrorItemNotFound"));
            case 409, 412 -> byCode(List.of("ErrorIrresolvableConflict"));
            case 410 -> failure(Kind.NOT_FOUND, "The list has moved on since that page. Start again without a cursor.");
            case 413 -> byCode(List.of("ErrorMessageSizeExceeded"));
            case 423 -> failure(Kind.CONFLICT, "It is locked at Microsoft, by someone who edits it. Try again later.");
            case 429, 509 -> Optional.of(tooFast(retryAfter));
            case 503, 504 -> retryAfter.map(wait -> tooFast(retryAfter));
            case 507 -> byCode(List.of("ErrorQuotaExceeded"));
            default -> Optional.empty();
        };
    }

    private static Optional<UpstreamException> forbidden(List<String> codes) {
        return codes.contains("Authorization_RequestDenied")
                ? failure(
                        Kind.FORBIDDEN,
                        "The account was linked without the permission that this needs, or its organisation does not"
                                + " give it. Ask the person to link the account again on the connections page; where an"
                                + " administrator must agree, Microsoft says so there.")
                : failure(
                        Kind.FORBIDDEN,
                        "Microsoft does not allow this with the account. Use another account, one's own calendar or"
                                + " folder, or link the account again with more permissions.");
    }

    private static UpstreamException tooFast(Optional<Duration> retryAfter) {
        var when = retryAfter
                .map(wait -> "in " + Math.max(1, wait.toSeconds()) + " seconds")
                .orElse("in a minute");
        return new UpstreamException(
                Kind.RATE_LIMITED,
                "Microsoft takes no more requests of this account now; nothing was done. Try again " + when + ".",
                retryAfter,
                Optional.empty());
    }

    private static Optional<UpstreamException> failure(Kind kind, String message) {
        return Optional.of(new UpstreamException(kind, message));
    }
}
