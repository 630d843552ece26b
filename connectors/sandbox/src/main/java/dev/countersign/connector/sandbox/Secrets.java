package dev.countersign.connector.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Random secrets and how they are kept: ours as SHA-256, people's passwords with PBKDF2. */
final class Secrets {
    /** A fifth of what OWASP asks: the people are made up and their password is known to all, so a quick start goes first. */
    private static final int ITERATIONS = 120_000;

    private static final int HASH_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 256 random bits in URL-safe characters, after a prefix that scanners of leaked secrets can know. */
    static String random(String prefix) {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** An id that nobody can guess, of 26 lower-case letters and digits. */
    static String id() {
        var text = new StringBuilder();
        for (var i = 0; i < 26; i++) {
            text.append(Character.forDigit(RANDOM.nextInt(36), 36));
        }
        return text.toString();
    }

    static String sha256(String value) {
        return HexFormat.of().formatHex(digest(value));
    }

    /** The S256 challenge of a verifier. RFC 7636 section 4.6. */
    static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(verifier));
    }

    static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code iterations$salt$hash}. */
    static String hashPassword(String password) {
        var salt = new byte[16];
        RANDOM.nextBytes(salt);
        return ITERATIONS + "$" + HexFormat.of().formatHex(salt) + "$" + derive(password, salt, ITERATIONS);
    }

    /** A hash that no password has, so that checking takes as long for somebody who is not there. */
    static String nobodysPassword() {
        return ITERATIONS + "$" + "0".repeat(32) + "$" + "0".repeat(64);
    }

    static boolean checkPassword(String password, String stored) {
        var parts = stored.split("\\$", 3);
        var salt = HexFormat.of().parseHex(parts[1]);
        return same(derive(password, salt, Integer.parseInt(parts[0])), parts[2]);
    }

    private static String derive(String password, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
            return HexFormat.of().formatHex(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] digest(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
