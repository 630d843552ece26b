package dev.countersign.audit;

import java.util.List;

/** Where a transition writes its events: within its own transaction, so that neither is there without the other. */
@FunctionalInterface
public interface AuditTrail {
    /** Called within the write that they tell of; when that is undone they are not there. */
    void appendTogether(List<AuditEvent> events);
}
