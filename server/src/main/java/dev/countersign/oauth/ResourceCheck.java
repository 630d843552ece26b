package dev.countersign.oauth;

import dev.countersign.oauth.OAuthError.Code;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Every resource that a request names must be the one that we guard. None at all means this one too: tokens are never for another.
 * RFC 8707 section 2.
 */
final class ResourceCheck {
    private static final Pattern SCHEME_AND_AUTHORITY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");

    private final String resource;

    ResourceCheck(Addresses addresses) {
        this.resource = addresses.resource();
    }

    void check(List<String> requested) {
        if (!requested.stream().allMatch(one -> lowerCaseHost(one).equals(resource))) {
            throw new OAuthError(Code.INVALID_TARGET, "The only resource here is " + resource);
        }
    }

    /** Scheme and host may come in upper case; nothing else is made equal. MCP authorization, canonical server URI. */
    private static String lowerCaseHost(String uri) {
        return SCHEME_AND_AUTHORITY
                .matcher(uri)
                .replaceFirst(found ->
                        java.util.regex.Matcher.quoteReplacement(found.group().toLowerCase(Locale.ROOT)));
    }
}
