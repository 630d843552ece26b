package dev.countersign.risk;

import dev.countersign.store.Database;
import dev.countersign.store.RecipientTable;
import dev.countersign.store.RecipientTable.DomainRow;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Whom people reached, on disk: addresses as hashes under a key of the person's own, domains sealed. */
final class Recipients {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_ADDRESSES = 20_000;
    private static final int MOST_DOMAINS = 1_000;

    private final Database database;
    private final RecipientTable table = new RecipientTable();
    private final Sealing sealing;
    private final Object makingKey = new Object();

    private record Stored(Optional<byte[]> key, List<byte[]> hashes, List<DomainRow> domains) {}

    Recipients(Database database, Sealing sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    void load(History history) {
        var userId = history.userId();
        var stored = database.read(c -> new Stored(
                table.key(c, userId), table.hashes(c, userId, MOST_ADDRESSES), table.domains(c, userId, MOST_DOMAINS)));
        var key = stored.key.flatMap(bytes -> sealing.open(userId, "hash_key", "key", bytes));
        if (key.isEmpty()) {
            return;
        }
        var domains = new ArrayList<String>();
        for (var row : stored.domains) {
            sealing.open(userId, record(row.hash()), "domain", row.domain())
                    .ifPresent(bytes -> domains.add(new String(bytes, StandardCharsets.UTF_8)));
        }
        history.known(known -> {
            known.key(key.get());
            stored.hashes.forEach(known::addHash);
            domains.forEach(known::addDomain);
            return known;
        });
    }

    /** Remembers people that were reached; returns when they are on disk. */
    void reached(History history, List<String> addresses, Instant at) {
        ensureKey(history);
        var hashes = new ArrayList<byte[]>();
        var domains = new ArrayList<String>();
        for (var text : addresses) {
            Names.address(text).ifPresent(address -> {
                hashes.add(history.known(known -> known.hash(address)));
                domains.add(Names.domain(address));
            });
        }
        var rows = domains.stream()
                .distinct()
                .filter(domain -> !history.known(known -> known.domain(domain)))
                .map(domain -> sealed(history, domain))
                .toList();
        database.write(c -> {
            for (var hash : hashes) {
                table.add(c, history.userId(), hash, at);
            }
            for (var row : rows) {
                table.addDomain(c, history.userId(), row, at);
            }
            return hashes.size();
        });
        history.known(known -> {
            hashes.forEach(known::addHash);
            domains.forEach(known::addDomain);
            return known;
        });
    }

    private DomainRow sealed(History history, String domain) {
        var hash = history.known(known -> known.hash(domain));
        var bytes = domain.getBytes(StandardCharsets.UTF_8);
        return new DomainRow(hash, sealing.seal(history.userId(), record(hash), "domain", bytes));
    }

    /** A key that does not open any more was destroyed with the person's key: what it hashed goes too. */
    private void ensureKey(History history) {
        if (history.known(Known::keyed)) {
            return;
        }
        var key = new byte[Known.KEY_BYTES];
        RANDOM.nextBytes(key);
        var userId = history.userId();
        var sealed = sealing.seal(userId, "hash_key", "key", key);
        synchronized (makingKey) {
            if (!history.known(Known::keyed)) {
                database.write(c -> {
                    table.deleteAll(c, userId);
                    table.putKey(c, userId, sealed);
                    return userId;
                });
                history.known(known -> {
                    known.key(key);
                    return known;
                });
            }
        }
    }

    private static String record(byte[] hash) {
        return "recipient_domain/" + HexFormat.of().formatHex(hash);
    }
}
