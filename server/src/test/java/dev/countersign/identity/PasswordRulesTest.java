package dev.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.vault.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NIST SP 800-63B section 3.1.1.2: length and a list of those that are guessed first; no rules of composition. */
class PasswordRulesTest {
    private static Optional<String> problem(String password) {
        return PasswordRules.problem(Secret.of(password), "alice.the.first@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefghijkm", "four words are fine", "日本語のパスワードを使う人", "🦆🐎🔋📎🦆🐎🔋📎🦆🐎🔋📎"})
    void longAndNotCommon_isTaken(String password) {
        assertThat(problem(password)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefghijk, at least 12",
        "'', at least 12",
        "ﬃﬃﬃ, at least 12",
        "alice.the.first@example.com, not your mail address",
        "Alice.The.First, not your mail address",
        "aaaaaaaaaaaaaaaa, first that are guessed",
        "abababababab, first that are guessed",
        "abcabcabcabc, first that are guessed",
    })
    void weak_isRefusedWithWhatToDo(String password, String words) {
        assertThat(problem(password)).get().asString().contains(words);
    }

    @Test
    void characters_areCountedNotBytesOrUnits() {
        var twelve = "🦆🐎🔋📎";

        assertThat(problem(twelve + twelve + "🦆🐎🔋")).get().asString().contains("at least 12");
        assertThat(problem(twelve + twelve + twelve)).isEmpty();
        assertThat(problem(twelve.repeat(PasswordRules.MOST_CHARACTERS / 4))).isEmpty();
        assertThat(problem(twelve.repeat(PasswordRules.MOST_CHARACTERS / 4) + "a"))
                .get()
                .asString()
                .contains("at most 256");
    }

    @Test
    void charactersThatNormalizationMakesMore_areCountedAfterIt() {
        assertThat(problem("ﬃabcdefghij"))
                .as("eleven as entered, thirteen as hashed")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890123", "Password1234", "PASSWORD1234", "qwertyuiop123", "unbelievable"})
    void common_isRefusedInAnyCase(String password) {
        assertThat(problem(password)).get().asString().contains("first that are guessed");
    }
}
