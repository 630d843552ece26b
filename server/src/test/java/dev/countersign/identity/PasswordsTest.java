package dev.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.vault.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9106: Argon2id in PHC strings; NIST SP 800-63B section 3.1.1.2: normalized before it is hashed. */
class PasswordsTest {
    private static final Passwords PASSWORDS = new Passwords();
    private static final String WORDS = "correct horse battery";

    private static boolean matches(String entered, String hash) {
        return PASSWORDS.matches(Secret.of(entered), Optional.of(hash));
    }

    @Test
    void hash_isAPhcStringWithASaltOfItsOwn() {
        var first = PASSWORDS.hash(Secret.of(WORDS));
        var second = PASSWORDS.hash(Secret.of(WORDS));

        assertThat(first)
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
                .isNotEqualTo(second)
                .doesNotContain(WORDS);
        assertThat(matches(WORDS, first)).isTrue();
        assertThat(matches(WORDS, second)).isTrue();
    }

    @Test
    void hashOfOtherParameters_isCheckedWithThose() {
        // a test vector of the reference implementation: "password", "somesalt"
        var older = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

        assertThat(matches("password", older)).isTrue();
        assertThat(matches("passwore", older)).isFalse();
    }

    @Test
    void sameCharactersEnteredInAnotherWay_match() {
        var composed = PASSWORDS.hash(Secret.of("caf\u00e9 am Eck f\u00fcr 2"));

        assertThat(matches("cafe\u0301 am Eck fu\u0308r \uff12", composed)).isTrue();
        assertThat(matches("cafe am Eck fur 2", composed)).isFalse();
    }

    @Test
    void wrongPassword_doesNotMatch() {
        var hash = PASSWORDS.hash(Secret.of(WORDS));

        assertThat(matches(WORDS + " ", hash)).isFalse();
        assertThat(matches("Correct horse battery", hash)).isFalse();
        assertThat(matches("", hash)).isFalse();
    }

    @Test
    void overLongEntry_neverMatches() {
        var longest = "a\u00df".repeat(PasswordRules.MOST_CHARACTERS / 2);
        var hash = PASSWORDS.hash(Secret.of(longest));

        assertThat(matches(longest, hash)).isTrue();
        assertThat(matches(longest + "a".repeat(100_000), hash)).isFalse();
        assertThat(matches("a".repeat(100_000), hash)).isFalse();
        assertThat(PasswordRules.problem(Secret.of("c".repeat(100_000)), "alice@example.com"))
                .isPresent();
    }

    @Test
    void nobody_matchesNothingNotEvenItsOwnPassword() {
        assertThat(PASSWORDS.matches(Secret.of(WORDS), Optional.empty())).isFalse();
        assertThat(PASSWORDS.matches(Secret.of("nobody has this password"), Optional.empty()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "correct horse battery",
                "$2b$12$abcdefghijklmnopqrstuuJ0JqTzY0cGPhCtXxQyVXqLqtxx6zJ9K",
                "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void storedValueThatIsNotOurs_failsInsteadOfMatching(String stored) {
        assertThatIllegalStateException()
                .isThrownBy(() -> matches("correct horse battery", stored))
                .withMessageStartingWith("a stored password");
    }
}
