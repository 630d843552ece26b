package dev.countersign.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;

/**
 * Tokens that name the row in which they are looked for: prefix, the name, a dot, then a generation, 256 random bits and a tag
 * over all of it under the key file. The tag tells who has had a token of this name from who only knows the name; it makes no
 * token valid.
 */
public final class NamedToken {
    private static final int RANDOM_BYTES = 32;
    private static final int UNTAGGED_BYTES = Integer.BYTES + RANDOM_BYTES;

    /** Of HMAC-SHA256, cut as RFC 2104 section 5 allows; with the rest it fills whole characters, so each token has one spelling. */
    private static final int TAG_BYTES = 18;

    private static final Pattern NAME = Pattern.compile("[0-9a-z]{1,64}");

    private final String prefix;
    private final KeyRing ring;
    private final Pattern form;

    /** Of each key of the file, what tags are made with; a start does without. */
    private final Map<SecretKey, SecretKey> tagging = new ConcurrentHashMap<>();

    /** What a token says of itself; nothing else is known of it yet. */
    public record Named(String name, int generation) {}

    /** @param prefix constant, for secret scanners; also sets the tags of one use apart from those of another */
    public NamedToken(String prefix, KeyRing ring) {
        this.prefix = prefix;
        this.ring = ring;
        this.form = Pattern.compile(Pattern.quote(prefix) + "(" + NAME + ")\\.([A-Za-z0-9_-]{72})");
    }

    /**
     * Makes one.
     *
     * @param name of {@code [0-9a-z]}, 64 characters at most
     * @param generation how many tokens of this name came before
     */
    public Secret make(String name, int generation) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a token: " + name);
        }
        var untagged = ByteBuffer.allocate(UNTAGGED_BYTES)
                .putInt(generation)
                .put(Aead.randomKey())
                .array();
        var bytes = ByteBuffer.allocate(UNTAGGED_BYTES + TAG_BYTES)
                .put(untagged)
                .put(tag(ring.current(), name, untagged))
                .array();
        return Secret.of(prefix + name + "." + Base64.getUrlEncoder().encodeToString(bytes));
    }

    /** Empty for a text of another form. */
    public Optional<Named> read(Secret token) {
        var parts = form.matcher(token.reveal(Secret.Purpose.KEY));
        return parts.matches()
                ? Optional.of(new Named(
                        parts.group(1), ByteBuffer.wrap(bytes(parts.group(2))).getInt()))
                : Optional.empty();
    }

    /** Whether {@link #make} made this token under a key that is still in the key file. */
    public boolean isOurs(Secret token) {
        var parts = form.matcher(token.reveal(Secret.Purpose.KEY));
        if (!parts.matches()) {
            return false;
        }
        var bytes = bytes(parts.group(2));
        var untagged = Arrays.copyOf(bytes, UNTAGGED_BYTES);
        var tag = Arrays.copyOfRange(bytes, UNTAGGED_BYTES, bytes.length);
        return ring.all().stream().anyMatch(kek -> MessageDigest.isEqual(tag, tag(kek, parts.group(1), untagged)));
    }

    private byte[] tag(SecretKey kek, String name, byte[] untagged) {
        var key =
                tagging.computeIfAbsent(kek, from -> Aead.derive(from, LengthPrefixed.of("named-token", "v1", prefix)));
        var named = (name + ".").getBytes(StandardCharsets.UTF_8);
        var message = ByteBuffer.allocate(named.length + untagged.length)
                .put(named)
                .put(untagged)
                .array();
        return Arrays.copyOf(Aead.mac(key, message), TAG_BYTES);
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
