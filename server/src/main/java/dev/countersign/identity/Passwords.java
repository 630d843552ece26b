package dev.countersign.identity;

import dev.countersign.http.HttpException;
import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Hashes passwords with Argon2id into PHC strings. Parameters: OWASP Password Storage Cheat Sheet. RFC 9106. */
public final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** A stored hash that asks for more than this is not ours. */
    private static final int MOST_MEMORY_KIB = 1 << 20;

    /** Each takes 19 MiB for some 50 ms: a burst waits instead of filling the heap. */
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final long MOST_WAIT_SECONDS = 10;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final int costKib;

    /** In the form of a hash, and that of no password: comparing with it costs what comparing with a real one does. */
    private final String nobodys;

    public Passwords() {
        this(MEMORY_KIB);
    }

    /** @param costKib the memory that a hash takes; with little, a test is quick, and so is who guesses */
    Passwords(int costKib) {
        this.costKib = costKib;
        this.nobodys = phc(random(SALT_BYTES), random(HASH_BYTES));
    }

    /** A PHC string with a salt of its own. */
    public String hash(Secret password) {
        var salt = random(SALT_BYTES);
        return phc(salt, argon2(password, salt, costKib, ITERATIONS, PARALLELISM, HASH_BYTES));
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + costKib + ",t=" + ITERATIONS + ",p=" + PARALLELISM + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /**
     * Whether a password is the one that was hashed. Without a hash the same work is done and the answer is no.
     *
     * @throws HttpException 503 when too many wait already
     */
    public boolean matches(Secret password, Optional<String> hash) {
        var same = matches(password, hash.orElse(nobodys));
        return same && hash.isPresent();
    }

    private boolean matches(Secret password, String phc) {
        var parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalStateException("a stored password is not a PHC string of Argon2id");
        }
        int memoryKib = Integer.parseInt(parts.group(1));
        int iterations = Integer.parseInt(parts.group(2));
        int parallelism = Integer.parseInt(parts.group(3));
        if (memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalStateException("a stored password asks for too much memory");
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var salt = Base64.getDecoder().decode(parts.group(4));
        var actual = argon2(password, salt, memoryKib, iterations, parallelism, expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private byte[] argon2(Secret password, byte[] salt, int memoryKib, int iterations, int parallelism, int hashBytes) {
        var text = PasswordRules.normalized(password);
        if (text.length() > 2 * PasswordRules.MOST_CHARACTERS) {
            text = ""; // never set, so never right; a long entry must not cost more than a short one
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var hash = new byte[hashBytes];
        acquire();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(iterations)
                    .withParallelism(parallelism)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(bytes, hash);
        } finally {
            permits.release();
            Arrays.fill(bytes, (byte) 0);
        }
        return hash;
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new HttpException(503, "Too many people sign in at this moment. Try again in a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpException(503, "The server is stopping.");
        }
    }
}
