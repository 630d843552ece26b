package dev.countersign.connections;

import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.ConnectionTable.ProfileColumns;
import dev.countersign.vault.SealedField;
import dev.countersign.vault.Vault;
import java.util.Locale;

/** Who a linked account is. Stands sealed, because names and addresses are personal; keyed digests keep them unique. */
final class Profiles {
    private final Vault vault;

    /** @param subject the provider's own id of the account */
    record Profile(String subject, String label, String address) {
        Profile called(String other) {
            return new Profile(subject, other, address);
        }
    }

    Profiles(Vault vault) {
        this.vault = vault;
    }

    Profile open(ConnectionRow row) {
        var sealed = row.profile();
        var plain = vault.open(field(row.userId(), row.id(), sealed.version()), sealed.sealed());
        return RecordJson.UPSTREAM.read(plain, Profile.class);
    }

    ProfileColumns seal(String userId, String connector, String id, Profile profile, long version) {
        return new ProfileColumns(
                subjectDigest(userId, connector, profile.subject()),
                labelDigest(userId, profile.label()),
                vault.seal(field(userId, id, version), RecordJson.UPSTREAM.bytes(profile)),
                version);
    }

    String subjectDigest(String userId, String connector, String subject) {
        return vault.digest(new SealedField(userId, "connections", "subject", 0), connector + "\n" + subject);
    }

    /** The same for labels that differ in case only. */
    String labelDigest(String userId, String label) {
        return vault.digest(new SealedField(userId, "connections", "label", 0), label.toLowerCase(Locale.ROOT));
    }

    private static SealedField field(String userId, String id, long version) {
        return new SealedField(userId, "connection/" + id, "profile", version);
    }
}
