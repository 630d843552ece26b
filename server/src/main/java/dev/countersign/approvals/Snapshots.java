package dev.countersign.approvals;

import dev.countersign.connector.Question;
import dev.countersign.risk.Sealing;
import dev.countersign.store.ApprovalTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The content of rows: what was frozen and shown, and what came of it, sealed under the person's key. */
final class Snapshots {
    private static final JsonMapper JSON = new JsonMapper();

    /** What was frozen and shown. */
    record Snapshot(FrozenCall call, Question question, List<String> reasons) {
        Snapshot {
            reasons = List.copyOf(reasons);
        }
    }

    private final Sealing sealing;

    Snapshots(Sealing sealing) {
        this.sealing = sealing;
    }

    byte[] seal(Snapshot snapshot) {
        var call = snapshot.call();
        return sealing.seal(call.userId(), call.id(), "snapshot", JSON.writeValueAsBytes(snapshot));
    }

    byte[] sealOutcome(String userId, String id, String text) {
        return sealing.seal(userId, id, "outcome", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty once erased, or when the person's key is gone. */
    Optional<Snapshot> snapshot(ApprovalTable.Row row) {
        return row.snapshot()
                .flatMap(stored -> sealing.open(row.userId(), row.id(), "snapshot", stored))
                .map(bytes -> JSON.readValue(bytes, Snapshot.class));
    }

    Optional<String> outcome(ApprovalTable.Row row) {
        return row.outcome()
                .flatMap(stored -> sealing.open(row.userId(), row.id(), "outcome", stored))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Approval approval(ApprovalTable.Row row) {
        return approval(row, snapshot(row));
    }

    /** The same with content that is in hand. */
    Approval approval(ApprovalTable.Row row, Optional<Snapshot> snapshot) {
        return new Approval(
                row.id(),
                row.userId(),
                row.clientId(),
                row.clientName(),
                row.grantId(),
                row.tool(),
                row.toolTitle(),
                snapshot.flatMap(content -> content.call().accountLabel()),
                Tier.valueOf(row.tier()),
                snapshot.map(Snapshot::question).orElseGet(() -> Question.of(row.toolTitle())),
                snapshot.map(Snapshot::reasons).orElse(List.of()),
                row.digest(),
                Approval.State.valueOf(row.state()),
                row.askedAt(),
                row.expiresAt(),
                row.decidedAt(),
                outcome(row));
    }
}
