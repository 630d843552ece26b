package dev.countersign.approvals;

import dev.countersign.audit.AuditEvent;
import dev.countersign.store.ApprovalTable;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells of transitions: first the audit, durably, then those on this node who wait or act. */
final class Journal {
    private final Consumer<AuditEvent> audit;
    private final Clock clock;
    private final Wakes wakes;
    private final List<ApprovalListener> listeners = new CopyOnWriteArrayList<>();

    Journal(Consumer<AuditEvent> audit, Clock clock, Wakes wakes) {
        this.audit = audit;
        this.clock = clock;
        this.wakes = wakes;
    }

    void listen(ApprovalListener listener) {
        listeners.add(listener);
    }

    /** Writes the event and wakes; the row is in its new state already. */
    void changed(ApprovalTable.Row row, Approval.State state, Map<String, String> more) {
        write(row, event(state), more);
        wakes.wake(row.id());
        listeners.forEach(listener -> listener.changed(row.id(), row.userId(), state));
    }

    /** Writes that a run begins: nothing acts before this is durable. */
    void started(ApprovalTable.Row row, int attempt) {
        write(row, "started", Map.of("attempt", Integer.toString(attempt)));
    }

    private void write(ApprovalTable.Row row, String decision, Map<String, String> more) {
        var detail = new LinkedHashMap<>(more);
        detail.put("approval", row.id());
        detail.put("tier", row.tier());
        detail.put("digest", row.digest());
        audit.accept(new AuditEvent(
                clock.instant(),
                "approval." + decision,
                row.userId(),
                Optional.of(row.clientId()),
                row.tool(),
                decision,
                detail));
    }

    private static String event(Approval.State state) {
        return switch (state) {
            case PENDING -> "asked";
            case DENIED -> "declined";
            case APPROVED, EXPIRED, SUPERSEDED, CLAIMED, EXECUTED, FAILED, UNKNOWN ->
                state.name().toLowerCase(Locale.ROOT);
        };
    }
}
