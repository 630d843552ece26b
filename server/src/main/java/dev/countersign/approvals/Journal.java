package dev.countersign.approvals;

import dev.countersign.approvals.Approval.State;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditTrail;
import dev.countersign.store.ApprovalTable.Row;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells of transitions: the audit, in the same transaction; and once that is on disk, those on this node who wait or act. */
final class Journal {
    static final Map<String, String> BY_POLICY = Map.of("by", "policy");

    private final AuditTrail audit;
    private final Clock clock;
    private final Wakes wakes;
    private final List<ApprovalListener> listeners = new CopyOnWriteArrayList<>();

    Journal(AuditTrail audit, Clock clock, Wakes wakes) {
        this.audit = audit;
        this.clock = clock;
        this.wakes = wakes;
    }

    void listen(ApprovalListener listener) {
        listeners.add(listener);
    }

    /** Writes the event of a transition into its transaction. */
    void write(Row row, State state, Map<String, String> more) {
        audit.appendTogether(List.of(event(row, decision(state), more)));
    }

    /** Writes that a run begins: nothing acts before this is on disk. */
    void started(Row row, int attempt) {
        audit.appendTogether(List.of(beginning(row, attempt)));
    }

    /** Writes that policy let a call run at once, and that it begins. */
    void startedByPolicy(Row row) {
        audit.appendTogether(List.of(event(row, decision(State.APPROVED), BY_POLICY), beginning(row, 1)));
    }

    /** Wakes and tells; the row is in its new state on disk. */
    void tell(Row row, State state) {
        wakes.wake(row.id());
        var change = new ApprovalListener.Change(row.id(), row.userId(), row.tool(), state);
        listeners.forEach(listener -> listener.changed(change));
    }

    private AuditEvent beginning(Row row, int attempt) {
        return event(row, "started", Map.of("attempt", Integer.toString(attempt)));
    }

    private AuditEvent event(Row row, String decision, Map<String, String> more) {
        var detail = new LinkedHashMap<>(more);
        detail.put("approval", row.id());
        detail.put("tier", row.tier());
        detail.put("digest", row.digest());
        return new AuditEvent(
                clock.instant(),
                "approval." + decision,
                row.userId(),
                Optional.of(row.clientId()),
                row.tool(),
                decision,
                detail);
    }

    private static String decision(State state) {
        return switch (state) {
            case PENDING -> "asked";
            case DENIED -> "declined";
            case APPROVED, EXPIRED, SUPERSEDED, CLAIMED, EXECUTED, FAILED, UNKNOWN ->
                state.name().toLowerCase(Locale.ROOT);
        };
    }
}
