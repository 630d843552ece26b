package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7636: proof key for code exchange, S256 only. */
class Rfc7636Test extends FrontTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "S512", "s256", "", "none", "S256 "})
    void otherMethod_isInvalidRequest(String method) {
        var answer = Front.answer(
                front.authorize(front.signIn(front.alice), Front.request("code_challenge_method", method)));

        assertThat(answer).containsEntry("error", "invalid_request").containsEntry("state", "af0ifjsldkj");
    }

    @Test
    void methodLeftOut_isNotTakenAsPlain() {
        var answer =
                Front.answer(front.authorize(front.signIn(front.alice), Front.request("code_challenge_method", null)));

        assertThat(answer).containsEntry("error", "invalid_request");
    }

    @Test
    void challengeLeftOut_isInvalidRequest() {
        var answer = Front.answer(front.authorize(
                front.signIn(front.alice), Front.request("code_challenge", null, "code_challenge_method", null)));

        assertThat(answer).containsEntry("error", "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c+",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c="
            })
    void malformedChallenge_isInvalidRequest(String challenge) {
        var answer =
                Front.answer(front.authorize(front.signIn(front.alice), Front.request("code_challenge", challenge)));

        assertThat(answer).containsEntry("error", "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "another-verifier-of-at-least-forty-three-characters",
                "too-short",
                "with spaces in it that are not allowed in a verifier",
                ""
            })
    void wrongVerifier_isRefusedAndTheCodeStaysUsable(String verifier) {
        var code = front.code();

        var answer = front.redeem(code, "code_verifier", verifier);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isIn("invalid_grant", "invalid_request");
        assertThat(front.redeem(code).statusCode()).isEqualTo(200);
    }

    @Test
    void verifierLeftOut_isRefused() {
        assertThat(front.redeem(front.code(), "code_verifier", null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void challengeAsVerifier_isRefused() {
        assertThat(Front.error(front.redeem(front.code(), "code_verifier", Front.challenge(Front.VERIFIER))))
                .isEqualTo("invalid_grant");
    }

    @Test
    void verifiersAtTheBounds_areAccepted() {
        for (int length : new int[] {43, 128}) {
            var verifier = "v".repeat(length);
            var code = front.allowed(
                            front.signIn(front.alice), Front.request("code_challenge", Front.challenge(verifier)))
                    .get("code");
            assertThat(front.redeem(code, "code_verifier", verifier).statusCode())
                    .isEqualTo(200);
        }
        for (int length : new int[] {42, 129}) {
            var verifier = "v".repeat(length);
            var code = front.allowed(
                            front.signIn(front.alice), Front.request("code_challenge", Front.challenge(verifier)))
                    .get("code");
            assertThat(front.redeem(code, "code_verifier", verifier).statusCode())
                    .isEqualTo(400);
        }
    }
}
