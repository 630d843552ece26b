package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.countersign.Edits;
import dev.countersign.ScratchFolder;
import dev.countersign.store.Database;
import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Values of {@code Authorization}. The first byte says what the others are: header lines of the client's own, or edits of a
 * genuine token. It is refused with 400 or 401, or it is the genuine token: what is signed is unchanged to the letter. RFC
 * 6750, RFC 9068 section 4.
 */
public final class BearerFuzz {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Grant GRANT = new Grant(
            "grant-fuzz",
            "alice",
            "app",
            "App",
            "app.example.com",
            "https://app.example.com/",
            Set.of("calendar:read"),
            NOW,
            NOW,
            NOW,
            NOW.plusSeconds(60));
    private static final AccessTokenFormat FORMAT =
            new AccessTokenFormat(new Addresses("http://localhost:8484"), keys(), CLOCK);
    private static final String GENUINE = FORMAT.issue(GRANT, GRANT.scopes()).reveal(Secret.Purpose.ISSUE);
    private static final String SIGNED = GENUINE.substring(0, GENUINE.lastIndexOf('.') + 1);
    private static final AccessTokens TOKENS = new AccessTokens(FORMAT, noGrants(), CLOCK);

    private BearerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var rest = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] == 'e') {
            var edited = Edits.of(GENUINE, rest);
            var token = edited.replaceFirst("^ +", ""); // there may be several spaces: RFC 6750 section 2.1
            assertThat(isGenuine(List.of("Bearer " + edited))).isIn(token.equals(GENUINE), token.startsWith(SIGNED));
            return;
        }
        var values = List.of(new String(rest, StandardCharsets.ISO_8859_1).split("\n", -1));
        assertThat(isGenuine(values)).isFalse();
    }

    /** There are no grants here: the genuine token is known by being refused for its grant, after all other checks. */
    private static boolean isGenuine(List<String> authorization) {
        try {
            throw new AssertionError("let in without a grant: " + TOKENS.authenticate(authorization));
        } catch (OAuthError e) {
            assertThat(e.status()).isIn(400, 401);
            assertThat(e.sentence()).matches("[ !#-\\[\\]-~]+");
            return e.detail().equals("grant " + GRANT.id());
        }
    }

    private static SigningKeys keys() {
        try {
            var key = new ECKeyGenerator(Curve.P_256).keyID("fuzz").generate();
            return new SigningKeys() {
                @Override
                public ECKey current() {
                    return key;
                }

                @Override
                public JWKSet published() {
                    return new JWKSet(key.toPublicJWK());
                }
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Grants noGrants() {
        return new Grants(Database.open(ScratchFolder.make().resolve("countersign.db")), event -> {}, CLOCK);
    }
}
