package dev.countersign.client;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server asks of a token that it did not take. RFC 6750 section 3, RFC 9728 section 5.1.
 *
 * @param header {@code WWW-Authenticate}, or empty
 */
record Challenge(String header) {
    private static final Pattern METADATA = Pattern.compile("\\bresource_metadata=\"([^\"]+)\"");
    private static final Pattern SCOPE = Pattern.compile("[ ,]scope=\"([^\"]*)\"");
    private static final Pattern ERROR = Pattern.compile("[ ,]error=\"([^\"]*)\"");

    /** Says nothing. */
    static final Challenge NONE = new Challenge("");

    static Challenge of(HttpResponse<?> response) {
        return new Challenge(response.headers().firstValue("WWW-Authenticate").orElse(""));
    }

    Optional<String> metadata() {
        return first(METADATA);
    }

    List<String> scopes() {
        return first(SCOPE)
                .filter(scopes -> !scopes.isBlank())
                .map(scopes -> List.of(scopes.strip().split(" +")))
                .orElse(List.of());
    }

    /** Whether a token holds but does not reach far enough. */
    boolean asksForScopes() {
        return first(ERROR).filter("insufficient_scope"::equals).isPresent();
    }

    private Optional<String> first(Pattern pattern) {
        var found = pattern.matcher(header);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
