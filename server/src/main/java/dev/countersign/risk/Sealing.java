package dev.countersign.risk;

import dev.countersign.vault.SealedField;
import dev.countersign.vault.Vault;
import dev.countersign.vault.VaultException;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The vault as its users need it: seals bytes under a person's own key, bound to the record and field they stand in. */
public interface Sealing {
    byte[] seal(String userId, String record, String field, byte[] plain);

    /**
     * Opens what {@link #seal} made; empty when it is not that, or no key that is here opens it. What may open another time (a
     * thread that is interrupted, a database that does not answer) fails instead: nobody may take it for gone.
     */
    Optional<byte[]> open(String userId, String record, String field, byte[] sealed);

    static Sealing of(Vault vault) {
        return new Sealing() {
            @Override
            public byte[] seal(String userId, String record, String field, byte[] plain) {
                return vault.seal(new SealedField(userId, record, field, 0), plain);
            }

            @Override
            public Optional<byte[]> open(String userId, String record, String field, byte[] sealed) {
                try {
                    return Optional.of(vault.open(new SealedField(userId, record, field, 0), sealed));
                } catch (VaultException e) {
                    LoggerFactory.getLogger(Sealing.class)
                            .warn("cannot be opened user={} record={} field={}", userId, record, field, e);
                    return Optional.empty();
                }
            }
        };
    }
}
