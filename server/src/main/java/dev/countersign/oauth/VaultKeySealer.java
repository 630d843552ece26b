package dev.countersign.oauth;

import dev.countersign.vault.SealedField;
import dev.countersign.vault.Vault;

/** Seals signing keys in the vault, under the server's own key instead of a person's. */
public final class VaultKeySealer implements StoredSigningKeys.KeySealer {
    /** No person has this id: ids of people have 26 characters. */
    private static final String SERVER = "server";

    private final Vault vault;

    public VaultKeySealer(Vault vault) {
        this.vault = vault;
    }

    @Override
    public byte[] seal(String kid, byte[] privateJwk) {
        return vault.seal(field(kid), privateJwk);
    }

    @Override
    public byte[] open(String kid, byte[] sealed) {
        return vault.open(field(kid), sealed);
    }

    private static SealedField field(String kid) {
        return new SealedField(SERVER, "signing_key/" + kid, "sealed", 1);
    }
}
