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

    /** 40 bits of four milliseconds each last for 139 years. */
    private static final int TIME_CHARACTERS = 8;

    private static final int TIME_SHIFT = 2;
    private static final int BITS_A_CHARACTER = 5;
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

    /**
     * An id of 26 characters of {@code [0-9a-z]} that sorts by when it was made, to four milliseconds: rows that come one after
     * the other stand beside each other in an index. 90 bits of it are random.
     */
    public static String orderedId() {
        var id = id().toCharArray();
        long time = System.currentTimeMillis() >> TIME_SHIFT;
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            id[i] = ID_ALPHABET.charAt((int) (time & 31));
            time >>= BITS_A_CHARACTER;
        }
        return new String(id);
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
