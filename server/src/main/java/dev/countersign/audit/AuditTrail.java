package dev.countersign.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where a transition writes its events: within its own transaction, so that neither is there without the other. */
@FunctionalInterface
public interface AuditTrail {
    void append(Connection connection, List<AuditEvent> events) throws SQLException;
}
