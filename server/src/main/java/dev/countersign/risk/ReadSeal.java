package dev.countersign.risk;

import dev.countersign.store.ForeignReadTable.ReadRow;
import dev.countersign.vault.RandomToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What clients read, as rows whose names are sealed under the person's key. */
final class ReadSeal {
    private static final Logger LOG = LoggerFactory.getLogger(ReadSeal.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Found>> FOUND = new TypeReference<>() {};

    private final Sealing sealing;

    ReadSeal(Sealing sealing) {
        this.sealing = sealing;
    }

    ReadRow row(String userId, String clientId, Instant at, List<Found> foreign) {
        var id = RandomToken.id();
        Optional<byte[]> sealed = foreign.isEmpty()
                ? Optional.empty()
                : Optional.of(sealing.seal(userId, record(id), "found", JSON.writeValueAsBytes(foreign)));
        return new ReadRow(id, userId, clientId, at, sealed);
    }

    /** Empty when the person's key is gone. */
    List<Found> open(ReadRow row) {
        try {
            return row.found()
                    .map(bytes -> sealing.open(row.userId(), record(row.id()), "found", bytes))
                    .map(bytes -> JSON.readValue(bytes, FOUND))
                    .orElse(List.of());
        } catch (RuntimeException e) {
            LOG.warn("a read of user={} cannot be opened", row.userId(), e);
            return List.of();
        }
    }

    private static String record(String id) {
        return "read/" + id;
    }
}
