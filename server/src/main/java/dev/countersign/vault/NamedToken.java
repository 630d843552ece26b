package dev.countersign.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tokens that name the row in which they are looked for: prefix, the name, a dot, 256 random bits and a tag over them. The tag
 * tells who has had a token of this name from who only knows the name; it makes no token valid.
 */
public final class NamedToken {
    private static final int RANDOM_BYTES = 32;

    /** Of HMAC-SHA256, cut as RFC 2104 section 5 allows. */
    private static final int TAG_BYTES = 16;

    private final String prefix;
    private final Pattern form;

    /** @param prefix constant, for secret scanners; also sets the tags of one use apart from those of another */
    public NamedToken(String prefix) {
        this.prefix = prefix;
        this.form = Pattern.compile(Pattern.quote(prefix) + "([0-9a-z]{1,64})\\.([A-Za-z0-9_-]{64})");
    }

    /** A key for all tokens of one name. */
    public static byte[] key() {
        return Aead.randomKey();
    }

    /** @param name of {@code [0-9a-z]}, 64 characters at most */
    public Secret make(String name, byte[] key) {
        var random = Aead.randomKey();
        var bytes = ByteBuffer.allocate(RANDOM_BYTES + TAG_BYTES)
                .put(random)
                .put(tag(name, random, key))
                .array();
        return Secret.of(prefix + name + "." + Base64.getUrlEncoder().encodeToString(bytes));
    }

    /** The name in a text of this form; nothing else is known of it yet. */
    public Optional<String> name(Secret token) {
        var parts = form.matcher(token.reveal(Secret.Purpose.KEY));
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** Whether this is, or was, a token that {@link #make} made with this key for the name in it. */
    public boolean isMadeWith(Secret token, byte[] key) {
        var parts = form.matcher(token.reveal(Secret.Purpose.KEY));
        if (!parts.matches()) {
            return false;
        }
        var bytes = Base64.getUrlDecoder().decode(parts.group(2));
        var random = Arrays.copyOf(bytes, RANDOM_BYTES);
        return MessageDigest.isEqual(
                Arrays.copyOfRange(bytes, RANDOM_BYTES, bytes.length), tag(parts.group(1), random, key));
    }

    private byte[] tag(String name, byte[] random, byte[] key) {
        var named = (prefix + name + ".").getBytes(StandardCharsets.UTF_8);
        var message = ByteBuffer.allocate(named.length + RANDOM_BYTES)
                .put(named)
                .put(random)
                .array();
        return Arrays.copyOf(Aead.mac(Aead.key(key), message), TAG_BYTES);
    }
}
