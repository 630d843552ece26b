package dev.countersign.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.http.Request;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The bearer check. A token's signature and claims are checked once and remembered under the hash of its header until it expires;
 * whether its grant lives is asked on every call. RFC 6750, RFC 9068 section 4.
 */
public final class AccessTokens {
    private static final int MOST_REMEMBERED = 20_000;
    private static final int MOST_CHARACTERS = 4096;
    private static final Pattern BEARER = Pattern.compile("(?i)bearer( .*)?", Pattern.DOTALL);

    /** Strict: a library that trims would take a token with control characters in front. RFC 6750 section 2.1. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*)");

    private final AccessTokenFormat format;
    private final Grants grants;
    private final Clock clock;
    private final Cache<String, Verified> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(AccessTokenFormat.LIFETIME)
            .executor(Runnable::run)
            .build();

    /** What a token said when it was checked. */
    record Verified(Principal principal, Instant expiresAt) {}

    public AccessTokens(AccessTokenFormat format, Grants grants, Clock clock) {
        this.format = format;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Whom a request acts for.
     *
     * @throws OAuthError 401 without a code when there is no token, 401 {@code invalid_token} when it does not hold, 400
     *     {@code invalid_request} when it is not given once and in the header
     */
    public Principal authenticate(Request request) {
        if (request.query().containsKey("access_token")) {
            throw new OAuthError(
                    Code.INVALID_REQUEST, "Send the token in the Authorization header, not in the address.");
        }
        return authenticate(request.headers("Authorization"));
    }

    /** The same by the values of the {@code Authorization} headers. */
    public Principal authenticate(List<String> authorization) {
        if (authorization.size() > 1) {
            throw new OAuthError(Code.INVALID_REQUEST, "Send one Authorization header.");
        }
        if (authorization.isEmpty()) {
            throw noToken();
        }
        var header = authorization.getFirst();
        var verified = remembered.get(RandomToken.sha256(header), digest -> format.verify(token(header)));
        if (!verified.expiresAt.isAfter(clock.instant())) {
            throw new OAuthError(401, Code.INVALID_TOKEN, "The access token has expired.", "");
        }
        if (!grants.live(verified.principal.grantId())) {
            throw new OAuthError(
                    401, Code.INVALID_TOKEN, "The access was revoked.", "grant " + verified.principal.grantId());
        }
        grants.called(verified.principal.grantId());
        return verified.principal;
    }

    /** Whether a sign-in is recent enough for what a call asks. RFC 9470. */
    public boolean signedInWithin(Principal principal, Duration maxAge) {
        return principal.authenticatedAt().plus(maxAge).isAfter(clock.instant());
    }

    private static OAuthError noToken() {
        return new OAuthError(401, Code.NO_TOKEN, "Authorize first: this needs an access token.", "");
    }

    private static Secret token(String authorization) {
        if (!BEARER.matcher(authorization).matches()) {
            throw noToken();
        }
        if (authorization.length() > MOST_CHARACTERS) {
            throw new OAuthError(Code.INVALID_REQUEST, "The access token is too long.");
        }
        var credentials = CREDENTIALS.matcher(authorization);
        if (!credentials.matches()) {
            throw new OAuthError(
                    400, Code.INVALID_REQUEST, "The Authorization header is not Bearer and a token.", "unparsable");
        }
        return Secret.of(credentials.group(1));
    }
}
