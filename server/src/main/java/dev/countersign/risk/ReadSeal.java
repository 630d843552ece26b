package dev.countersign.risk;

import dev.countersign.store.ForeignReadTable.ReadRow;
import dev.countersign.vault.RandomToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What clients read, as rows whose names are sealed under the person's key. */
final class ReadSeal {
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
        return row.found()
                .flatMap(bytes -> sealing.open(row.userId(), record(row.id()), "found", bytes))
                .map(bytes -> JSON.readValue(bytes, FOUND))
                .orElse(List.of());
    }

    private static String record(String id) {
        return "read/" + id;
    }
}
