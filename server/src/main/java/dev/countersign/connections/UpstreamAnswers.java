package dev.countersign.connections;

import dev.countersign.connector.FailureReader;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.hosts.HostFailure;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Says a provider's failures by what is to be done next. What the provider wrote stays out. */
final class UpstreamAnswers {
    /** A provider that asks for longer than this is not waited for. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final String provider;
    private final FailureReader reader;
    private final Clock clock;

    /** @param reader what the provider documents of its error answers */
    UpstreamAnswers(String provider, FailureReader reader, Clock clock) {
        this.provider = provider;
        this.reader = reader;
        this.clock = clock;
    }

    /** What the connector reads in it; else what its status says. */
    UpstreamException of(HttpResponse<byte[]> answer) {
        return read(answer.statusCode(), retryAfter(answer), answer.body());
    }

    /** @param retryAfter the header, as it stands */
    UpstreamException of(int status, Optional<String> retryAfter, byte[] body) {
        return read(status, retryAfter.flatMap(this::wait).flatMap(UpstreamAnswers::bounded), body);
    }

    private UpstreamException read(int status, Optional<Duration> wait, byte[] body) {
        var read = status == 401 ? Optional.<UpstreamException>empty() : reader.read(status, wait, body);
        return read.orElseGet(() -> byStatus(status, wait));
    }

    /** Of an account with a password, whose host it names. */
    UpstreamException of(HostFailure failed) {
        if (failed.reason() == HostFailure.Reason.TOO_MUCH) {
            return failure(Kind.BROKEN, "answered with more than 25 MiB. Ask for less of it.");
        }
        return failed.sent()
                ? failure(Kind.NO_ANSWER, "gave no answer. Look whether it took effect before repeating it.", failed)
                : new UpstreamException(
                        Kind.NOT_SENT, failed.sentence() + " Nothing was done.", Optional.empty(), Optional.of(failed));
    }

    /** The provider or host named an address at another origin. */
    UpstreamException elsewhere() {
        return failure(Kind.BROKEN, "named an address that is not its own, which is not followed.");
    }

    private UpstreamException byStatus(int status, Optional<Duration> wait) {
        return switch (status) {
            case 401 -> failure(Kind.UNAUTHORIZED, "does not accept this account any more. Link it again.");
            case 403 ->
                failure(
                        Kind.FORBIDDEN,
                        "does not allow this with the account. Use another account, or ask the person to check what the"
                                + " account may do there.");
            case 404, 410 ->
                failure(Kind.NOT_FOUND, "has nothing of that id. List or search again, and use an id from the answer.");
            case 409, 412 ->
                failure(
                        Kind.CONFLICT,
                        "says that it has changed meanwhile or exists already. Read it again, then decide.");
            case 429 -> later(wait);
            case 503 -> wait.isPresent() ? later(wait) : unavailable(status);
            default -> status < 400 ? redirected() : status < 500 ? invalid(status) : unavailable(status);
        };
    }

    UpstreamException unreadable() {
        return failure(
                Kind.BROKEN,
                "answered something that cannot be read. Look whether it took effect before repeating it.");
    }

    UpstreamException of(Transport.Failed failed) {
        if (Transport.unread(failed)) {
            return failure(Kind.BROKEN, "answered with more than 25 MiB. Ask for less of it.");
        }
        return failed.sent()
                ? failure(Kind.NO_ANSWER, "gave no answer. Look whether it took effect before repeating it.", failed)
                : failure(Kind.NOT_SENT, "cannot be reached, and nothing was done. Try again in a minute.", failed);
    }

    /** The one who asked has gone. */
    UpstreamException ended() {
        return failure(Kind.NO_ANSWER, "was not waited for: the call was ended. Look whether it took effect.");
    }

    /** A transfer's right stands in its address, so a refusal says nothing of the account. */
    UpstreamException ofTransfer(HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 401, 403 -> failure(Kind.INVALID, "gave an address for the file that is no longer good. Try again.");
            default -> byStatus(answer.statusCode(), retryAfter(answer));
        };
    }

    private UpstreamException redirected() {
        return failure(Kind.BROKEN, "pointed to another address, which is not followed.");
    }

    private UpstreamException invalid(int status) {
        return failure(
                Kind.INVALID,
                "did not understand the request (" + status
                        + "). Check the arguments: ids come from an earlier answer, times carry their zone.");
    }

    private UpstreamException unavailable(int status) {
        return failure(
                Kind.UNAVAILABLE,
                "has a problem of its own (" + status
                        + "). Try again in a minute, and look first whether it took effect.");
    }

    private UpstreamException later(Optional<Duration> wait) {
        var when = wait.map(time -> "in " + Math.max(1, time.toSeconds()) + " seconds")
                .orElse("in a minute");
        return new UpstreamException(
                Kind.RATE_LIMITED,
                provider + " takes no more requests now, and nothing was done. Try again " + when + ".",
                wait,
                Optional.empty());
    }

    private UpstreamException failure(Kind kind, String words) {
        return new UpstreamException(kind, provider + " " + words);
    }

    private UpstreamException failure(Kind kind, String words, Throwable cause) {
        return new UpstreamException(kind, provider + " " + words, Optional.empty(), Optional.of(cause));
    }

    /** Seconds or a date. RFC 9110 section 10.2.3. Or, where a quota is used up, when it is full again. */
    private Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .flatMap(this::wait)
                .or(() -> quotaFull(answer))
                .flatMap(UpstreamAnswers::bounded);
    }

    private static Optional<Duration> bounded(Duration wait) {
        return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .filter(time -> !time.isNegative());
    }

    /** The fields that GitHub and others send: what is left, and when it is full again in seconds since 1970. */
    private Optional<Duration> quotaFull(HttpResponse<?> answer) {
        var headers = answer.headers();
        return headers.firstValue("X-RateLimit-Remaining").equals(Optional.of("0"))
                ? headers.firstValue("X-RateLimit-Reset")
                        .filter(seconds -> seconds.matches("[0-9]{1,11}"))
                        .map(seconds ->
                                Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(seconds))))
                : Optional.empty();
    }

    private Optional<Duration> wait(String value) {
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            var at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), at.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
