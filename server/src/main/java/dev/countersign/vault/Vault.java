package dev.countersign.vault;

import dev.countersign.store.Database;
import dev.countersign.store.UserKeyTable;
import dev.countersign.store.UserKeyTable.UserKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
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

    private final Database database;
    private final KeyRing ring;
    private final Clock clock;
    private final UserKeyTable table = new UserKeyTable();

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
        var key = database.read(c -> table.find(c, field.userId(), dekVersion))
                .orElseThrow(() -> new VaultException("the key of this value is gone"));
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
    }

    private UserKey currentKey(String userId) {
        return database.read(c -> table.current(c, userId)).orElseGet(() -> makeKey(userId));
    }

    /** Two that make a key at once get the same one: the first row stays. */
    private UserKey makeKey(String userId) {
        var kekId = ring.currentId();
        var wrapped =
                Aead.seal(wrappingKey(ring.current()), Aead.randomKey(), wrapping(userId, FIRST_KEY_VERSION, kekId));
        var key = new UserKey(userId, FIRST_KEY_VERSION, kekId, wrapped, clock.instant());
        return database.write(c -> {
                    table.addIfAbsent(c, key);
                    return table.current(c, userId);
                })
                .orElseThrow(() -> new VaultException("the person's key could not be made"));
    }

    private SecretKey unwrap(UserKey key) {
        var kek = ring.find(key.kekId())
                .orElseThrow(() -> new VaultException("the key " + key.kekId() + " is not in the key file"));
        var dek = Aead.open(wrappingKey(kek), key.wrapped(), wrapping(key.userId(), key.dekVersion(), key.kekId()))
                .orElseThrow(() -> new VaultException("a person's key does not open with the key file"));
        try {
            return Aead.key(dek);
        } finally {
            Arrays.fill(dek, (byte) 0);
        }
    }

    private static SecretKey wrappingKey(SecretKey kek) {
        return Aead.derive(kek, LengthPrefixed.of("wrap", "v1"));
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
