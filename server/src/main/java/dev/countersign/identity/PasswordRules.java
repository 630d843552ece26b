package dev.countersign.identity;

import dev.countersign.vault.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which passwords are taken: long ones that are not guessed first. No composition rules. NIST SP 800-63B section 3.1.1.2. */
public final class PasswordRules {
    /** Characters; NIST asks for 15 where a password is the only factor and 8 beside another. */
    public static final int LEAST_CHARACTERS = 12;

    /** Characters; bounds the work of normalization and hashing. */
    public static final int MOST_CHARACTERS = 256;

    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /** What is wrong with a password, in words for the person who chose it. */
    public static Optional<String> problem(Secret password, String email) {
        var text = normalized(password);
        int characters = text.codePointCount(0, text.length());
        if (characters < LEAST_CHARACTERS) {
            return Optional.of("Choose a password of at least 12 characters. Several words are fine.");
        }
        if (characters > MOST_CHARACTERS) {
            return Optional.of("Choose a password of at most 256 characters.");
        }
        var folded = text.toLowerCase(Locale.ROOT);
        if (folded.equals(email) || folded.equals(email.split("@", 2)[0])) {
            return Optional.of("Choose a password that is not your mail address.");
        }
        if (COMMON.contains(folded) || folded.codePoints().distinct().count() < 4) {
            return Optional.of("This password is among the first that are guessed. Choose another.");
        }
        return Optional.empty();
    }

    /** One form for the ways in which keyboards enter the same characters. */
    static String normalized(Secret password) {
        return Normalizer.normalize(password.reveal(Secret.Purpose.STORE), Normalizer.Form.NFKC);
    }

    private static Set<String> common() {
        try (var in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("common-passwords.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
