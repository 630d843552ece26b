package dev.countersign.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** A secret under a key that is made of another one: what is stored opens only for the one who brings that other one. */
public final class WrappedSecret {
    private WrappedSecret() {}

    /**
     * Gives the sealed form.
     *
     * @param key 256 random bits or more
     * @param purpose constant words; what was wrapped for another purpose does not open
     */
    public static byte[] wrap(Secret key, Secret value, String purpose) {
        var plain = value.reveal(Secret.Purpose.STORE).getBytes(StandardCharsets.UTF_8);
        return Aead.seal(derived(key, purpose), plain, bytes(purpose));
    }

    /** Opens it. Fails with {@link VaultException} when it was wrapped otherwise. */
    public static Secret open(Secret key, byte[] wrapped, String purpose) {
        return Aead.open(derived(key, purpose), wrapped, bytes(purpose))
                .map(plain -> Secret.of(new String(plain, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new VaultException("a wrapped secret does not open"));
    }

    /** RFC 5869 section 2: the secret is text, so its randomness is extracted first. */
    private static SecretKey derived(Secret key, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(bytes(key.reveal(Secret.Purpose.KEY)))
                                    .thenExpand(bytes(purpose), Aead.KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
