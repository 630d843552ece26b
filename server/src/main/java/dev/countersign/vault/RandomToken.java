package dev.countersign.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Tokens and ids that nobody can guess, and the digest under which a token is stored. */
public final class RandomToken {
    /** 256 bits: what is stored is a plain SHA-256, which no dictionary reverses at this size. */
    private static final int TOKEN_BYTES = 32;

    private static final int ID_CHARACTERS = 26;
    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomToken() {}

    /** A token of 256 bits, base64url without padding, behind a prefix that secret scanners can look for. */
    public static Secret token(String prefix) {
        var bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Secret.of(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** An id of 130 bits: 26 characters of {@code [0-9a-z]}. */
    public static String id() {
        var bytes = new byte[ID_CHARACTERS];
        RANDOM.nextBytes(bytes);
        var id = new StringBuilder(ID_CHARACTERS);
        for (byte each : bytes) {
            id.append(ID_ALPHABET.charAt(each & 31)); // five of its bits choose one of 32 characters
        }
        return id.toString();
    }

    /** SHA-256 of a token in lower-case hex: what is stored instead of it. */
    public static String digest(Secret token) {
        return sha256(token.reveal(Secret.Purpose.STORE));
    }

    /** SHA-256 of a text's UTF-8 in lower-case hex. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 in lower-case hex. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
