package dev.countersign.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a random 96-bit nonce in front, NIST SP 800-38D, and HKDF-SHA256, RFC 5869. */
final class Aead {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String KDF_NAME = "HKDF-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Looked up once: a search through all providers costs more than what is sealed. */
    private static final Provider CIPHERS =
            provider(() -> Cipher.getInstance(CIPHER).getProvider());

    private static final Provider KDFS =
            provider(() -> Security.getProvider(KDF.getInstance(KDF_NAME).getProviderName()));
    private static final Provider MACS = provider(() -> Mac.getInstance(MAC).getProvider());

    private Aead() {}

    private interface Lookup {
        Provider find() throws GeneralSecurityException;
    }

    private static Provider provider(Lookup lookup) {
        try {
            return lookup.find();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-GCM, HKDF-SHA256 or HMAC-SHA256", e);
        }
    }

    static byte[] randomKey() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    /** A key for one purpose, expanded from a key that is uniformly random. RFC 5869 section 3.3. */
    static SecretKey derive(SecretKey from, byte[] info) {
        try {
            return KDF.getInstance(KDF_NAME, KDFS)
                    .deriveKey("AES", HKDFParameterSpec.expandOnly(from, info, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    /** HMAC-SHA256, RFC 2104. */
    static byte[] mac(SecretKey key, byte[] message) {
        try {
            var mac = Mac.getInstance(MAC, MACS);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    /** Gives nonce and ciphertext. */
    static byte[] seal(SecretKey key, byte[] plain, byte[] associated) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance(CIPHER, CIPHERS);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(associated);
            var sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Opens nonce and ciphertext; empty when anything differs from what was sealed. */
    static Optional<byte[]> open(SecretKey key, byte[] sealed, byte[] associated) {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        try {
            var cipher = Cipher.getInstance(CIPHER, CIPHERS);
            var nonce = new GCMParameterSpec(TAG_BYTES * Byte.SIZE, Arrays.copyOf(sealed, NONCE_BYTES));
            cipher.init(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(associated);
            return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening failed", e);
        }
    }
}
