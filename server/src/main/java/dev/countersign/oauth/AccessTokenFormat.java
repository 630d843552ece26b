package dev.countersign.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes and reads access tokens: ES256 JWTs of RFC 9068 that name their grant. */
public final class AccessTokenFormat {
    /** Short, since a client refreshes by itself; a revoked grant does not wait for it. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** How far in the future a token may say it was made: the clocks of several nodes differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final JOSEObjectType AT_JWT = new JOSEObjectType("at+jwt");
    private static final String GRANT = "grant_id";
    private static final String CLIENT_NAME = "client_name";

    /** 256 bits that are stored nowhere: a key half which only a live client has. */
    private static final String CLIENT_KEY = "ck";

    private final Addresses addresses;
    private final SigningKeys keys;
    private final Clock clock;
    private final EcdsaProvider ecdsa = new EcdsaProvider();
    private volatile @Nullable Signing signing;

    /**
     * A key and what signs with it.
     *
     * @param fast whether that is the fastest there can be
     * @param header of every token under this key; it knows its encoded form
     */
    private record Signing(ECKey key, boolean fast, ECDSASigner signer, JWSHeader header) {
        static Signing with(ECKey key, EcdsaProvider ecdsa) {
            boolean fast = ecdsa.isLoaded(); // before the signer is made, which may find more
            try {
                return new Signing(key, fast, ecdsa.signer(key), encoded(header(key)));
            } catch (JOSEException | ParseException e) {
                throw new IllegalStateException("the signing key cannot be used", e);
            }
        }

        private static JWSHeader header(ECKey key) {
            return new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(AT_JWT)
                    .keyID(key.getKeyID())
                    .build();
        }

        private static JWSHeader encoded(JWSHeader header) throws ParseException {
            return JWSHeader.parse(header.toBase64URL());
        }
    }

    public AccessTokenFormat(Addresses addresses, SigningKeys keys, Clock clock) {
        this.addresses = addresses;
        this.keys = keys;
        this.clock = clock;
    }

    Secret issue(Grant grant, Set<String> scopes) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(addresses.issuer())
                .subject(grant.userId())
                .audience(addresses.resource())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(RandomToken.id())
                .claim("client_id", grant.clientId())
                .claim("scope", Scopes.joined(scopes))
                .claim("auth_time", grant.authenticatedAt().getEpochSecond())
                .claim(GRANT, grant.id())
                .claim(CLIENT_NAME, grant.clientName())
                .claim(CLIENT_KEY, RandomToken.token("").reveal(Secret.Purpose.ISSUE))
                .build();
        var by = signing();
        try {
            var jwt = new SignedJWT(by.header, claims);
            jwt.sign(by.signer);
            return Secret.of(jwt.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token could not be signed", e);
        }
    }

    private Signing signing() {
        var key = keys.current();
        var known = signing;
        if (known == null
                || known.fast != ecdsa.isLoaded()
                || !known.key.getKeyID().equals(key.getKeyID())) {
            known = Signing.with(key, ecdsa);
            signing = known;
        }
        return known;
    }

    /** Checks all but the grant. Fails with {@code invalid_token}; why stands in the detail only. RFC 9068 section 4. */
    AccessTokens.Verified verify(Secret token) {
        try {
            var jwt = SignedJWT.parse(token.reveal(Secret.Purpose.KEY));
            checkHeader(jwt.getHeader());
            var verifier = new ECDSAVerifier(key(jwt.getHeader().getKeyID()));
            ecdsa.applyTo(verifier.getJCAContext());
            if (!jwt.verify(verifier)) {
                throw invalid("signature");
            }
            return verified(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw invalid("not a JWT of ours");
        }
    }

    private static void checkHeader(JWSHeader header) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            throw invalid("alg");
        }
        if (!AT_JWT.equals(header.getType())) {
            throw invalid("typ");
        }
        if (header.getCriticalParams() != null) {
            throw invalid("crit");
        }
    }

    private ECKey key(@Nullable String kid) {
        if (kid != null && keys.published().getKeyByKeyId(kid) instanceof ECKey key) {
            return key;
        }
        throw invalid("kid");
    }

    private AccessTokens.Verified verified(JWTClaimsSet claims) throws ParseException {
        var now = clock.instant();
        if (!addresses.issuer().equals(claims.getIssuer())) {
            throw invalid("iss");
        }
        if (!List.of(addresses.resource()).equals(claims.getAudience())) {
            throw invalid("aud");
        }
        var expiresAt = instant(claims.getExpirationTime(), "exp");
        if (!expiresAt.isAfter(now)) {
            throw new OAuthError(401, Code.INVALID_TOKEN, "The access token has expired.", "");
        }
        if (instant(claims.getIssueTime(), "iat").isAfter(now.plus(SKEW))) {
            throw invalid("iat");
        }
        if (claims.getNotBeforeTime() != null
                && claims.getNotBeforeTime().toInstant().isAfter(now.plus(SKEW))) {
            throw invalid("nbf");
        }
        var principal = new Principal(
                text(claims, "sub"),
                text(claims, "client_id"),
                text(claims, CLIENT_NAME),
                text(claims, GRANT),
                Scopes.split(text(claims, "scope")),
                Instant.ofEpochSecond(number(claims, "auth_time")));
        return new AccessTokens.Verified(principal, expiresAt);
    }

    private static String text(JWTClaimsSet claims, String name) throws ParseException {
        return Optional.ofNullable(claims.getStringClaim(name)).orElseThrow(() -> invalid(name));
    }

    private static long number(JWTClaimsSet claims, String name) throws ParseException {
        return Optional.ofNullable(claims.getLongClaim(name)).orElseThrow(() -> invalid(name));
    }

    private static Instant instant(@Nullable Date date, String name) {
        if (date == null) {
            throw invalid(name);
        }
        return date.toInstant();
    }

    private static OAuthError invalid(String detail) {
        return new OAuthError(401, Code.INVALID_TOKEN, "The access token is not valid.", detail);
    }
}
