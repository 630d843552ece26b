package dev.countersign.connector.github;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What GitHub's error answers mean. A status there stands for several things, told apart by the body's {@code message} and
 * {@code errors}.
 *
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api">Troubleshooting</a>
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate limits</a>
 */
final class GitHubFailures {
    private static final Pattern MOVED_TO = Pattern.compile(".*/repositories/([0-9]{1,15})(/.*)?");
    private static final Pattern FIELD = Pattern.compile("[a-z_]{1,40}");

    /** GitHub's advice for a secondary limit that names no time. */
    private static final Duration AT_LEAST = Duration.ofMinutes(1);

    private GitHubFailures() {}

    /** See {@link dev.countersign.connector.FailureReader}. */
    static Optional<UpstreamException> read(int status, Optional<Duration> retryAfter, byte[] body) {
        var answer = Json.tree(body);
        var message = answer.path("message").asString("").toLowerCase(Locale.ROOT);
        return switch (status) {
            case 301, 302, 307, 308 -> Optional.of(moved(answer));
            case 403 -> Optional.of(forbidden(message, retryAfter));
            case 404 ->
                failure(
                        Kind.NOT_FOUND,
                        "GitHub has nothing there, or hides it from this account: what is private looks like what is"
                            + " not there. Check the name with github_search_repositories, or use another account.");
            case 405 -> Optional.of(notMergeable(message));
            case 409 ->
                failure(
                        Kind.CONFLICT,
                        "It has changed at GitHub meanwhile, e.g. new commits were pushed, or the repository is empty."
                                + " Read it again, then decide.");
            case 410 ->
                failure(
                        Kind.NOT_FOUND,
                        "It was deleted at GitHub, or the repository has its issues switched off. Use another one.");
            case 422 -> Optional.of(invalid(answer, message, retryAfter));
            case 429 -> Optional.of(tooFast(message, retryAfter));
            case 451 ->
                failure(Kind.FORBIDDEN, "GitHub does not show this repository for legal reasons. Use another one.");
            default -> Optional.empty();
        };
    }

    private static UpstreamException moved(JsonNode answer) {
        var id = MOVED_TO.matcher(answer.path("url").asString(""));
        return new UpstreamException(
                Kind.NOT_FOUND,
                "The repository was renamed or moved. Call github_get_repository with "
                        + (id.matches() ? "the repository " + id.group(1) : "a name from github_search_repositories")
                        + " to learn its name, and use that.");
    }

    private static UpstreamException forbidden(String message, Optional<Duration> retryAfter) {
        if (message.contains("rate limit") || message.contains("abuse") || retryAfter.isPresent()) {
            return tooFast(message, retryAfter);
        }
        return new UpstreamException(Kind.FORBIDDEN, refusal(message));
    }

    private static String refusal(String message) {
        if (message.contains("saml")) {
            return "The organisation asks for its single sign-on first. Ask the person to sign in to it at GitHub and"
                    + " to link the account again.";
        }
        if (message.contains("oauth app access restrictions")) {
            return "The organisation has not approved this app. Ask the person to request approval from an owner of the"
                    + " organisation at GitHub.";
        }
        if (message.contains("not accessible by integration")) {
            return "The app is not installed there, or lacks the permission that this needs. Ask the person to check"
                    + " the app's installation at GitHub, or the operator to check its permissions.";
        }
        if (message.contains("ip address") || message.contains("ip allow list")) {
            return "The organisation lets in listed network addresses only, and this server's is not among them. Ask"
                    + " the operator to have it listed.";
        }
        if (message.contains("locked")) {
            return "The conversation is locked, so that only collaborators may write there. Do not try again.";
        }
        if (message.contains("archived")) {
            return "The repository is archived and can only be read. Use another one.";
        }
        return "GitHub does not allow this with the account: it lacks the role for it in this repository. Ask somebody"
                + " who has it, or use another account.";
    }

    private static UpstreamException notMergeable(String message) {
        return message.contains("not allowed on this repository")
                ? new UpstreamException(
                        Kind.INVALID, "This repository does not allow that way of merging. Use another 'method'.")
                : new UpstreamException(
                        Kind.CONFLICT,
                        "GitHub does not let this be merged now: it has conflicts, is a draft, or waits for checks or"
                                + " reviews. Call github_get_pull_request to see its state.");
    }

    private static UpstreamException invalid(JsonNode answer, String message, Optional<Duration> retryAfter) {
        var errors = answer.path("errors");
        var words = (message + " " + texts(errors)).toLowerCase(Locale.ROOT);
        if (words.contains("submitted too quickly") || words.contains("secondary rate limit")) {
            return tooFast("secondary", retryAfter);
        }
        if (words.contains("own pull request")) {
            return new UpstreamException(
                    Kind.INVALID, "Nobody may approve or refuse their own pull request. Use the event comment.");
        }
        if (words.contains("first 1000 search results")) {
            return new UpstreamException(Kind.INVALID, "GitHub finds at most 1000. Narrow the search.");
        }
        if (message.contains("pagination")) {
            return new UpstreamException(
                    Kind.INVALID, "GitHub does not list that far. Narrow the list, e.g. with 'since' or a label.");
        }
        if (words.contains("cannot be searched")) {
            return new UpstreamException(
                    Kind.INVALID,
                    "A repository or person that the search names is not there, or hidden from this account. Check the"
                            + " names with github_search_repositories.");
        }
        return new UpstreamException(Kind.INVALID, refused(errors));
    }

    /** Errors are objects, or sentences. */
    private static String texts(JsonNode errors) {
        return StreamSupport.stream(errors.spliterator(), false)
                .map(error -> error.isString()
                        ? error.stringValue()
                        : error.path("message").asString(""))
                .collect(Collectors.joining(" "));
    }

    /** The fields by GitHub's names, with what its documented codes mean. */
    private static String refused(JsonNode errors) {
        var fields = StreamSupport.stream(errors.spliterator(), false)
                .filter(error -> FIELD.matcher(error.path("field").asString("")).matches())
                .map(error -> "'" + error.path("field").asString("") + "' "
                        + meaning(error.path("code").asString("")))
                .distinct()
                .collect(Collectors.joining(", "));
        return fields.isEmpty()
                ? "GitHub did not accept this. Check the arguments: names of labels, people and branches must exist"
                        + " there."
                : "GitHub did not accept this: " + fields + ". Mend it and try again.";
    }

    private static String meaning(String code) {
        return switch (code) {
            case "missing" -> "names something that is not there";
            case "missing_field" -> "is missing";
            case "already_exists" -> "exists already";
            default -> "is not valid";
        };
    }

    private static UpstreamException tooFast(String message, Optional<Duration> retryAfter) {
        var wait = message.contains("secondary") || message.contains("abuse")
                ? Optional.of(retryAfter.orElse(AT_LEAST))
                : retryAfter;
        var when = wait.map(time -> "in " + Math.max(1, time.toSeconds()) + " seconds")
                .orElse("in an hour at the latest");
        return new UpstreamException(
                Kind.RATE_LIMITED,
                "GitHub takes no more requests of this account now; nothing was done. Try again " + when + ".",
                wait,
                Optional.empty());
    }

    private static Optional<UpstreamException> failure(Kind kind, String message) {
        return Optional.of(new UpstreamException(kind, message));
    }
}
