package dev.countersign.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.Database;
import dev.countersign.store.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SECURITY section 4.2 and 4.3: what is sealed for one field opens for no other. */
class VaultTest {
    private static final byte[] TOKEN = "canary-refresh-token".getBytes(StandardCharsets.UTF_8);
    private static final SealedField FIELD = new SealedField("alice", "connection/1", "access_token", 3);

    @TempDir
    Path folder;

    private Database database;
    private Vault vault;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"));
        vault = new Vault(database, KeyRing.open(folder.resolve("keys")), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void sealedValue_opensForItsOwnField() {
        assertThat(vault.open(FIELD, vault.seal(FIELD, TOKEN))).isEqualTo(TOKEN);
    }

    @Test
    void anyFieldSwapped_doesNotOpen() {
        vault.seal(new SealedField("bob", "connection/1", "access_token", 3), TOKEN);
        var sealed = vault.seal(FIELD, TOKEN);
        for (int swap = 1; swap < 16; swap++) {
            var other = new SealedField(
                    (swap & 1) == 0 ? "alice" : "bob",
                    (swap & 2) == 0 ? "connection/1" : "connection/2",
                    (swap & 4) == 0 ? "access_token" : "refresh_token",
                    (swap & 8) == 0 ? 3 : 4);
            assertThatThrownBy(() -> vault.open(other, sealed)).as("%s", other).isInstanceOf(VaultException.class);
        }
    }

    @Test
    void boundaryBetweenFieldsMoved_doesNotOpen() {
        var sealed = vault.seal(new SealedField("alice", "connection/1a", "b", 1), TOKEN);
        assertThatThrownBy(() -> vault.open(new SealedField("alice", "connection/1", "ab", 1), sealed))
                .isInstanceOf(VaultException.class);
    }

    @Test
    void everyTruncationAndEveryFlippedByte_doesNotOpen() {
        var sealed = vault.seal(FIELD, TOKEN);
        for (int i = 0; i < sealed.length; i++) {
            var shorter = Arrays.copyOf(sealed, i);
            assertThatThrownBy(() -> vault.open(FIELD, shorter)).isInstanceOf(VaultException.class);
            var flipped = sealed.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> vault.open(FIELD, flipped)).isInstanceOf(VaultException.class);
        }
    }

    @Test
    void noncesOfManyValues_neverRepeat() {
        var nonces = new HashSet<ByteBuffer>();
        for (int i = 0; i < 2_000; i++) {
            nonces.add(ByteBuffer.wrap(vault.seal(FIELD, TOKEN), 5, Aead.NONCE_BYTES)
                    .slice());
        }
        assertThat(nonces).hasSize(2_000);
    }

    @Test
    void forgottenPerson_cannotBeReadEvenAfterANewKey() {
        var sealed = vault.seal(FIELD, TOKEN);
        vault.forget("alice");
        assertThatThrownBy(() -> vault.open(FIELD, sealed)).isInstanceOf(VaultException.class);
        vault.seal(FIELD, TOKEN);
        assertThatThrownBy(() -> vault.open(FIELD, sealed)).isInstanceOf(VaultException.class);
    }

    @Test
    void firstValuesSealedAtOnce_shareOneKey() throws Exception {
        var tasks = new ArrayList<Callable<byte[]>>();
        for (int i = 0; i < 32; i++) {
            tasks.add(() -> vault.seal(FIELD, TOKEN));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var sealed : threads.invokeAll(tasks)) {
                assertThat(vault.open(FIELD, sealed.get())).isEqualTo(TOKEN);
            }
        }
    }

    @Test
    void keyFileMissing_thoughValuesAreSealed_stopsAndSaysWhatToDo() throws Exception {
        vault.seal(FIELD, TOKEN);
        var file = folder.resolve("keys");
        Files.delete(file);
        assertThatThrownBy(() -> KeyRing.open(file, database))
                .isInstanceOf(KeyRingException.class)
                .hasMessageContaining("Put the file back");
        assertThat(file).doesNotExist();
    }

    @Test
    void otherKeyFile_stopsTheStart() {
        vault.seal(FIELD, TOKEN);
        var other = KeyRing.open(folder.resolve("other"));
        assertThatThrownBy(() -> new Vault(database, other, Clock.systemUTC()))
                .isInstanceOf(KeyRingException.class)
                .hasMessageContaining("belongs to this database");
    }

    @Test
    void wrongKeyUnderTheRightId_opensNothing() throws Exception {
        var sealed = vault.seal(FIELD, TOKEN);
        var id = database.read(c -> Sql.list(c, "SELECT kek_id FROM user_key", row -> row.getString(1)))
                .getFirst();
        var wrong = folder.resolve("wrong");
        var other = KeyRing.open(wrong);
        Files.writeString(wrong, Files.readString(wrong).replace(other.currentId(), id));
        var impostor = new Vault(database, KeyRing.open(wrong), Clock.systemUTC());
        assertThatThrownBy(() -> impostor.open(FIELD, sealed)).isInstanceOf(VaultException.class);
    }

    @Test
    void newKeyInFront_stillOpensWhatTheOldSealed() throws Exception {
        var sealed = vault.seal(FIELD, TOKEN);
        var file = folder.resolve("keys");
        var fresh = folder.resolve("fresh");
        KeyRing.open(fresh);
        Files.writeString(file, Files.readString(fresh) + Files.readString(file));
        var rotated = new Vault(database, KeyRing.open(file, database), Clock.systemUTC());
        assertThat(rotated.open(FIELD, sealed)).isEqualTo(TOKEN);
    }

    @Test
    void dataFolder_holdsNoTokenInClear() throws Exception {
        var sealed = vault.seal(FIELD, TOKEN);
        database.write(c -> Sql.update(c, "CREATE TABLE t (b BLOB) STRICT"));
        database.write(c -> Sql.update(c, "INSERT INTO t VALUES (?)", sealed));
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain("canary-refresh-token");
            }
        }
        assertThat(Secret.of("canary").toString()).doesNotContain("canary");
    }
}
