package dev.countersign.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Seals what a client echoes back: request state, cursors. What comes back opens only for the same purpose and binding,
 * within its lifetime, and tells its holder nothing. URL-safe text: {@code v1.}, the key's id, {@code .}, sealed bytes.
 */
public final class StateSealer {
    private static final String FORMAT = "v1";

    /** Longer ones are refused unread. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    private final KeyRing ring;
    private final Clock clock;

    public StateSealer(KeyRing ring, Clock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    public StateSealer(KeyRing ring) {
        this(ring, Clock.systemUTC());
    }

    /**
     * Seals a state.
     *
     * @param purpose constant, e.g. {@code cursor}
     * @param binding whom and what it is for, composed by the caller: user, client, tool, digest
     */
    public String seal(String purpose, String binding, Duration lifetime, byte[] state) {
        var expiresAt = clock.instant().plus(lifetime).toEpochMilli();
        var plain = ByteBuffer.allocate(Long.BYTES + state.length)
                .putLong(expiresAt)
                .put(state)
                .array();
        var id = ring.currentId();
        var sealed = Aead.seal(key(ring.current(), purpose), plain, associated(purpose, binding, id));
        return FORMAT + "." + id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Empty when it was changed, is too old, or was made for another purpose or binding. */
    public Optional<byte[]> open(String purpose, String binding, String sealed) {
        if (sealed.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(FORMAT)) {
            return Optional.empty();
        }
        return ring.find(parts[1])
                .flatMap(kek -> bytes(parts[2])
                        .flatMap(bytes -> Aead.open(key(kek, purpose), bytes, associated(purpose, binding, parts[1]))))
                .flatMap(this::unlessExpired);
    }

    private Optional<byte[]> unlessExpired(byte[] plain) {
        return clock.millis() < ByteBuffer.wrap(plain).getLong()
                ? Optional.of(Arrays.copyOfRange(plain, Long.BYTES, plain.length))
                : Optional.empty();
    }

    /** Only the one spelling that sealing gives; a decoder that ignores spare bits would let others pass as new. */
    private static Optional<byte[]> bytes(String base64) {
        try {
            var bytes = Base64.getUrlDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
            var again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return again.equals(base64) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SecretKey key(SecretKey kek, String purpose) {
        return Aead.derive(kek, LengthPrefixed.of("state", FORMAT, purpose));
    }

    private static byte[] associated(String purpose, String binding, String kekId) {
        return LengthPrefixed.of("state", FORMAT, purpose, binding, kekId);
    }
}
