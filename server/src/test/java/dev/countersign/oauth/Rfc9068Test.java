package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** RFC 9068: access tokens as JWTs, and what is not one of ours. */
class Rfc9068Test extends FrontTest {
    private SignedJWT genuine() throws ParseException {
        return SignedJWT.parse(front.tokens().path("access_token").asString());
    }

    private int status(String token) {
        return front.call(token).statusCode();
    }

    private static JWSHeader.Builder header(ECKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID());
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws Exception {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    @Test
    void token_saysForWhomByWhomAndUntilWhen() throws Exception {
        var jwt = genuine();
        var claims = jwt.getJWTClaimsSet();

        assertThat(jwt.getHeader().getType().toString()).isEqualTo("at+jwt");
        assertThat(claims.getIssuer()).isEqualTo(Front.ISSUER);
        assertThat(claims.getAudience()).containsExactly(Front.RESOURCE);
        assertThat(claims.getSubject()).isEqualTo(front.alice.id());
        assertThat(claims.getStringClaim("client_id")).isEqualTo(Front.CLIENT);
        assertThat(claims.getStringClaim("scope")).isEqualTo("calendar:read mail:send");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(claims.getLongClaim("auth_time"))
                .isEqualTo(front.clock.instant().getEpochSecond());
        assertThat(claims.getJWTID()).isNotEmpty();
        assertThat(Base64URL.from(claims.getStringClaim("ck")).decode()).hasSize(32);
        assertThat(claims.getStringClaim("ck"))
                .isNotEqualTo(genuine().getJWTClaimsSet().getStringClaim("ck"));
    }

    @Test
    void forgedClaims_areRefused() throws Exception {
        var key = front.keys.current();
        var genuine = genuine().getJWTClaimsSet();
        assertThat(status(sign(header(key).build(), genuine, new ECDSASigner(key))))
                .isEqualTo(200);
        var now = front.clock.instant();
        List<Consumer<JWTClaimsSet.Builder>> changes = List.of(
                c -> c.issuer(Front.ISSUER + "/"),
                c -> c.issuer("https://evil.example"),
                c -> c.issuer(null),
                c -> c.audience(Front.ISSUER),
                c -> c.audience(Front.RESOURCE + "/"),
                c -> c.audience(Front.RESOURCE + "2"),
                c -> c.audience(List.of(Front.RESOURCE, "https://other.example")),
                c -> c.audience(List.of()),
                c -> c.audience((String) null),
                c -> c.expirationTime(null),
                c -> c.expirationTime(Date.from(now)),
                c -> c.expirationTime(Date.from(now.minusSeconds(1))),
                c -> c.issueTime(Date.from(now.plusSeconds(120))),
                c -> c.issueTime(null),
                c -> c.notBeforeTime(Date.from(now.plusSeconds(120))),
                c -> c.subject(null),
                c -> c.claim("client_id", null),
                c -> c.claim("scope", null),
                c -> c.claim("scope", List.of("calendar:read")),
                c -> c.claim("auth_time", "now"),
                c -> c.claim("grant_id", null),
                c -> c.claim("grant_id", "another"));
        for (int i = 0; i < changes.size(); i++) {
            var claims = new JWTClaimsSet.Builder(genuine);
            changes.get(i).accept(claims);
            assertThat(status(sign(header(key).build(), claims.build(), new ECDSASigner(key))))
                    .as("change %d", i)
                    .isEqualTo(401);
        }
    }

    @Test
    void forgedHeaders_areRefused() throws Exception {
        var key = front.keys.current();
        var claims = genuine().getJWTClaimsSet();
        var mine = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
        var publicPem = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

        assertThat(status(new PlainJWT(claims).serialize())).isEqualTo(401);
        assertThat(status(sign(header(mine).build(), claims, new ECDSASigner(mine))))
                .isEqualTo(401);
        assertThat(status(sign(header(mine).jwk(mine.toPublicJWK()).build(), claims, new ECDSASigner(mine))))
                .isEqualTo(401);
        assertThat(status(sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(key.getKeyID())
                                .build(),
                        claims,
                        new MACSigner(publicPem))))
                .isEqualTo(401);
        assertThat(status(sign(header(key).type(JOSEObjectType.JWT).build(), claims, new ECDSASigner(key))))
                .isEqualTo(401);
        assertThat(status(sign(header(key).type(null).build(), claims, new ECDSASigner(key))))
                .isEqualTo(401);
        assertThat(status(sign(header(key).keyID("../../etc/passwd").build(), claims, new ECDSASigner(key))))
                .isEqualTo(401);
        assertThat(status(sign(header(key).keyID(null).build(), claims, new ECDSASigner(key))))
                .isEqualTo(401);
        assertThat(status(sign(
                        header(key)
                                .criticalParams(Set.of("exp"))
                                .customParam("exp", 1)
                                .build(),
                        claims,
                        new ECDSASigner(key))))
                .isEqualTo(401);
    }

    @Test
    void changedBytes_areRefused() throws Exception {
        var token = genuine().serialize();
        for (int i = 0; i < token.length(); i += 7) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            var changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(status(changed)).as("byte %d", i).isEqualTo(401);
        }
        assertThat(status(token.substring(0, token.lastIndexOf('.') + 1))).isIn(400, 401);
        // a signature of zeros: CVE-2022-21449
        assertThat(status(token.substring(0, token.lastIndexOf('.') + 1) + Base64URL.encode(new byte[64])))
                .isEqualTo(401);
    }

    @Test
    void newKeyAfterNinetyDays_oldTokensStayValidUntilTheyExpire() throws Exception {
        var code = front.code();
        front.clock.advance(Duration.ofDays(90).minusSeconds(30));
        var oldKey = front.keys.current().getKeyID();
        var old = Front.json(front.redeem(front.code())).path("access_token").asString();
        assertThat(Front.error(front.redeem(code))).isEqualTo("invalid_grant");
        front.clock.advance(Duration.ofSeconds(30));

        var fresh = front.tokens().path("access_token").asString();

        assertThat(SignedJWT.parse(fresh).getHeader().getKeyID()).isNotEqualTo(oldKey);
        assertThat(status(old)).isEqualTo(200);
        assertThat(status(fresh)).isEqualTo(200);
        front.restart();
        assertThat(status(old)).isEqualTo(200);
        front.clock.advance(Duration.ofHours(1));
        front.restart();
        assertThat(front.keys.published().getKeyByKeyId(oldKey)).isNull();
    }
}
