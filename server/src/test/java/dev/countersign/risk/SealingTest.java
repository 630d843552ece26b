package dev.countersign.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.store.Database;
import dev.countersign.store.StoreException;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is gone for good is told apart from what cannot be opened now. */
class SealingTest {
    private static final byte[] PLAIN = {1, 2, 3};

    @TempDir
    Path folder;

    private Database database;
    private KeyRing ring;
    private byte[] sealed;

    @BeforeEach
    void seal() {
        database = Database.open(folder.resolve("test.db"));
        ring = KeyRing.open(folder.resolve("keys"));
        sealed = sealing().seal("alice", "record", "field", PLAIN);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** With a vault that remembers no key. */
    private Sealing sealing() {
        return Sealing.of(new Vault(database, ring, Clock.systemUTC()));
    }

    @Test
    void interruptedThread_failsAndOpensLater() {
        var sealing = sealing();

        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> sealing.open("alice", "record", "field", sealed));
        } finally {
            Thread.interrupted();
        }

        assertThat(sealing.open("alice", "record", "field", sealed)).contains(PLAIN);
    }

    @Test
    void anotherField_isEmpty() {
        assertThat(sealing().open("alice", "record", "other", sealed)).isEmpty();
    }

    @Test
    void keyThatIsGone_isEmpty() {
        new Vault(database, ring, Clock.systemUTC()).forget("alice");

        assertThat(sealing().open("alice", "record", "field", sealed)).isEmpty();
    }
}
