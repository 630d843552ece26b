package dev.countersign.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.store.Database;
import dev.countersign.store.UserKeyTable;
import dev.countersign.store.UserKeyTable.UserKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;

/**
 * Seals values for one row each. Three layers: a key of the {@link KeyRing} wraps one data key a person; HKDF makes one key
 * a row from it; AES-256-GCM seals with the row's whole identity as associated data. A sealed value is {@code v1 | version
 * of the data key | nonce | ciphertext}. A person's first value makes their key, so sealing is never done inside {@link
 * Database#write}.
 */
public final class Vault {
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int FIRST_KEY_VERSION = 1;
    private static final int MOST_KNOWN = 10_000;

    /** How long a key that another process has destroyed or replaced may still be used here. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private final Database database;
    private final KeyRing ring;
    private final Clock clock;
    private final UserKeyTable table = new UserKeyTable();

    private final Map<String, SecretKey> wrappingKeys = new ConcurrentHashMap<>();

    /** Wrapped keys as they stand in the database; each use unwraps one anew. */
    private final Cache<KeyName, UserKey> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .executor(Runnable::run)
            .build();

    /** A data key of a person by its version, or the newest one when there is none. */
    private record KeyName(String userId, Optional<Integer> dekVersion) {}

    /** Fails with {@link KeyRingException} when the ring lacks a key that the database was sealed with. */
    public Vault(Database database, KeyRing ring, Clock clock) {
        this.database = database;
        this.ring = ring;
        this.clock = clock;
        ring.requireAll(database);
    }

    public byte[] seal(SealedField field, byte[] plain) {
        var key = currentKey(field.userId());
        var identity = identity(field, key.dekVersion());
        var sealed = Aead.seal(Aead.derive(unwrap(key), identity), plain, identity);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(FORMAT)
                .putInt(key.dekVersion())
                .put(sealed)
                .array();
    }

    /** Fails with {@link VaultException} when the value was not sealed for exactly this field, or the key is gone. */
    public byte[] open(SealedField field, byte[] sealed) {
        if (sealed.length < HEADER_BYTES || sealed[0] != FORMAT) {
            throw new VaultException("not a sealed value of a known format");
        }
        int dekVersion = ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
        var key = known.get(new KeyName(field.userId(), Optional.of(dekVersion)), this::stored);
        var identity = identity(field, dekVersion);
        return Aead.open(
                        Aead.derive(unwrap(key), identity),
                        Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length),
                        identity)
                .orElseThrow(() -> new VaultException("the value of " + field.field() + " does not open for its row"));
    }

    /** Seals a secret's text. */
    public byte[] seal(SealedField field, Secret secret) {
        return seal(field, secret.reveal(Secret.Purpose.STORE).getBytes(StandardCharsets.UTF_8));
    }

    /** Opens a secret's text. */
    public Secret openSecret(SealedField field, byte[] sealed) {
        return Secret.of(new String(open(field, sealed), StandardCharsets.UTF_8));
    }

    /**
     * A keyed digest of a text in lower-case hex, the same for the same field and text: what a unique index holds in place
     * of the text.
     */
    public String digest(SealedField field, String text) {
        var key = currentKey(field.userId());
        var macKey =
                Aead.derive(unwrap(key), LengthPrefixed.of("mac", "v1", field.userId(), field.record(), field.field()));
        return HexFormat.of().formatHex(Aead.mac(macKey, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Destroys a person's key: nothing that was sealed for them opens again. */
    public void forget(String userId) {
        database.write(c -> {
            table.delete(c, userId);
            return true;
        });
        known.asMap().keySet().removeIf(name -> name.userId().equals(userId));
    }

    private UserKey currentKey(String userId) {
        return known.get(
                new KeyName(userId, Optional.empty()),
                name -> database.read(c -> table.current(c, userId)).orElseGet(() -> makeKey(userId)));
    }

    private UserKey stored(KeyName name) {
        return database.read(c -> table.find(c, name.userId(), name.dekVersion().orElseThrow()))
                .orElseThrow(() -> new VaultException("the key of this value is gone"));
    }

    /** Two that make a key at once get the same one: the first row stays. */
    private UserKey makeKey(String userId) {
        var kekId = ring.currentId();
        var wrapped = Aead.seal(wrappingKey(kekId), Aead.randomKey(), wrapping(userId, FIRST_KEY_VERSION, kekId));
        var key = new UserKey(userId, FIRST_KEY_VERSION, kekId, wrapped, clock.instant());
        return database.write(c -> {
                    table.addIfAbsent(c, key);
                    return table.current(c, userId);
                })
                .orElseThrow(() -> new VaultException("the person's key could not be made"));
    }

    private SecretKey unwrap(UserKey key) {
        var dek = Aead.open(
                        wrappingKey(key.kekId()), key.wrapped(), wrapping(key.userId(), key.dekVersion(), key.kekId()))
                .orElseThrow(() -> new VaultException("a person's key does not open with the key file"));
        try {
            return Aead.key(dek);
        } finally {
            Arrays.fill(dek, (byte) 0);
        }
    }

    private SecretKey wrappingKey(String kekId) {
        return wrappingKeys.computeIfAbsent(
                kekId,
                id -> ring.find(id)
                        .map(kek -> Aead.derive(kek, LengthPrefixed.of("wrap", "v1")))
                        .orElseThrow(() -> new VaultException("the key " + id + " is not in the key file")));
    }

    private static byte[] wrapping(String userId, int dekVersion, String kekId) {
        return LengthPrefixed.of("dek", "v1", userId, Integer.toString(dekVersion), kekId);
    }

    private static byte[] identity(SealedField field, int dekVersion) {
        return LengthPrefixed.of(
                "rec",
                "v1",
                field.userId(),
                field.record(),
                field.field(),
                Integer.toString(dekVersion),
                Long.toString(field.version()));
    }
}
