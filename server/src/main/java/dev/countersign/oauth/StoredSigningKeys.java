package dev.countersign.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.countersign.store.Database;
import dev.countersign.store.SigningKeyTable;
import dev.countersign.store.SigningKeyTable.SigningKeyRow;
import dev.countersign.vault.RandomToken;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Signing keys in the database, sealed. A key signs for 90 days; the next one takes over by itself, and the old one stays published
 * until its last token has expired.
 */
public final class StoredSigningKeys implements SigningKeys {
    private static final Duration SIGNS_FOR = Duration.ofDays(90);

    /** Longer than a token lives, for clocks that differ. */
    private static final Duration VERIFIES_AFTERWARDS = AccessTokenFormat.LIFETIME.multipliedBy(2);

    private final Database database;
    private final SigningKeyTable table = new SigningKeyTable();
    private final KeySealer sealer;
    private final Clock clock;
    private volatile Loaded loaded;

    /** Seals private keys for the database. What it gives back for a key opens only under the same key id. */
    public interface KeySealer {
        byte[] seal(String kid, byte[] privateJwk);

        byte[] open(String kid, byte[] sealed);
    }

    private record Loaded(List<Key> newestFirst, JWKSet published) {
        Key current() {
            return newestFirst.getFirst();
        }
    }

    private record Key(ECKey key, Instant signsUntil) {}

    public StoredSigningKeys(Database database, KeySealer sealer, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.clock = clock;
        this.loaded = load();
    }

    @Override
    public ECKey current() {
        if (!loaded.current().signsUntil.isAfter(clock.instant())) {
            renew();
        }
        return loaded.current().key;
    }

    @Override
    public JWKSet published() {
        return loaded.published;
    }

    private synchronized void renew() {
        if (!loaded.current().signsUntil.isAfter(clock.instant())) {
            loaded = load();
        }
    }

    private Loaded load() {
        var now = clock.instant();
        if (database.read(c -> table.signingAfter(c, now)).isEmpty()) {
            add(generate(now), now);
        }
        var rows = database.read(c -> table.signingAfter(c, now.minus(VERIFIES_AFTERWARDS)));
        var keys = rows.stream().map(this::open).toList();
        return new Loaded(
                keys,
                new JWKSet(keys.stream()
                        .<com.nimbusds.jose.jwk.JWK>map(key -> key.key.toPublicJWK())
                        .toList()));
    }

    /** Another node may have added one since: then that one signs. */
    private void add(SigningKeyRow fresh, Instant now) {
        database.write(c -> {
            table.deleteSigningUntil(c, now.minus(VERIFIES_AFTERWARDS));
            if (table.signingAfter(c, now).isEmpty()) {
                table.insert(c, fresh);
            }
            return true;
        });
    }

    private SigningKeyRow generate(Instant now) {
        try {
            var key = new ECKeyGenerator(Curve.P_256)
                    .keyID(RandomToken.id())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                    .generate();
            var plain = key.toJSONString().getBytes(StandardCharsets.UTF_8);
            return new SigningKeyRow(key.getKeyID(), sealer.seal(key.getKeyID(), plain), now, now.plus(SIGNS_FOR));
        } catch (JOSEException e) {
            throw new IllegalStateException("no signing key could be made", e);
        }
    }

    private Key open(SigningKeyRow row) {
        try {
            var plain = new String(sealer.open(row.kid(), row.sealed()), StandardCharsets.UTF_8);
            return new Key(ECKey.parse(plain), row.signsUntil());
        } catch (ParseException e) {
            throw new IllegalStateException("a stored signing key is not a JWK", e);
        }
    }
}
