package dev.countersign.oauth;

import dev.countersign.vault.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/** A refresh token under a key that is made of the token before it: the database alone gives neither. */
final class WrappedSuccessor {
    private static final byte[] INFO = "countersign refresh token successor v1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WrappedSuccessor() {}

    static byte[] wrap(Secret token, Secret successor) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, token, nonce);
            var sealed = cipher.doFinal(successor.reveal(Secret.Purpose.STORE).getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a refresh token could not be sealed", e);
        }
    }

    static Secret open(Secret token, byte[] wrapped) {
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, token, Arrays.copyOf(wrapped, NONCE_BYTES));
            var plain = cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
            return Secret.of(new String(plain, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a refresh token's successor does not open", e);
        }
    }

    private static Cipher cipher(int mode, Secret token, byte[] nonce) throws GeneralSecurityException {
        var material = token.reveal(Secret.Purpose.KEY).getBytes(StandardCharsets.US_ASCII);
        SecretKey key = KDF.getInstance("HKDF-SHA256")
                .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(material).thenExpand(INFO, KEY_BYTES));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
