package dev.countersign.audit;

import dev.countersign.store.AuditTable;
import dev.countersign.store.AuditTable.AuditRow;
import dev.countersign.store.AuditTable.Head;
import dev.countersign.store.Database;
import dev.countersign.store.Gathering;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only log of decisions. Each row holds the hash of itself and of all before it, so that an edit, a deletion or
 * a new order shows. The log has no key: whoever can rewrite the whole database can rewrite the chain; the head that
 * {@link #verify} gives, kept elsewhere, shows that too.
 */
public final class AuditLog implements AuditTrail, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /** How long an event of {@link #appendSoon} waits for others; with the write it is on disk within 50 ms. */
    private static final Duration SOON = Duration.ofMillis(30);

    private static final int MOST_WAITING = 8_192;
    private static final int PAGE = 1_000;

    private final Database database;
    private final Clock clock;
    private final AuditTable table = new AuditTable();
    private final Database.Together<AuditEvent> linking = this::link;
    private final Gathering<AuditEvent> soon = new Gathering<>("audit-log", SOON, MOST_WAITING, this::appendGroup);

    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Appends an event and returns when it is on disk. Never called inside {@link Database#write}. */
    public void append(AuditEvent event) {
        appendAll(List.of(event));
    }

    /** Appends within a write of the caller's; events of all writes that are committed together are linked at once. */
    @Override
    public void appendTogether(List<AuditEvent> events) {
        database.together(linking, events);
    }

    private void link(Connection connection, List<AuditEvent> events) throws SQLException {
        var head = table.head(connection).orElse(new Head(0, AuditChain.START));
        var rows = new ArrayList<AuditRow>(events.size());
        for (var event : events) {
            var row = AuditChain.link(event, head.sequence() + 1, head.hash());
            rows.add(row);
            head = new Head(row.sequence(), row.hash());
        }
        table.append(connection, rows);
        table.end(connection, head);
    }

    /** Appends an event within 50 ms, for calls that change nothing; {@link #close} appends what still waits. */
    public void appendSoon(AuditEvent event) {
        if (!soon.offer(event)) {
            append(event);
        }
    }

    /** Appends an event of now. */
    public void append(
            String type,
            String userId,
            Optional<String> clientId,
            String subject,
            String decision,
            java.util.Map<String, String> detail) {
        append(new AuditEvent(clock.instant(), type, userId, clientId, subject, decision, detail));
    }

    /** A person's latest events, newest first. */
    public List<AuditEvent> recent(String userId, int limit) {
        return page(userId, Long.MAX_VALUE, limit).stream()
                .map(RecordedEvent::event)
                .toList();
    }

    /** A person's events before a sequence number, newest first. */
    public List<RecordedEvent> page(String userId, long before, int limit) {
        return database.read(c -> table.of(c, userId, before, limit)).stream()
                .map(AuditChain::event)
                .toList();
    }

    /** Computes every hash anew and gives the first row that does not hold. */
    public Verification verify() {
        var head = new Head(0, AuditChain.START);
        // what is appended meanwhile is verified too: the pages end at the row that was last when the last page was
        // read
        while (true) {
            var from = head;
            var rows = database.read(c -> table.after(c, from.sequence(), PAGE));
            for (var row : rows) {
                var broken = difference(row, head);
                if (broken.isPresent()) {
                    return broken.get();
                }
                head = new Head(row.sequence(), row.hash());
            }
            if (rows.size() < PAGE) {
                return endsAt(head);
            }
        }
    }

    /** Writes all events as JSON, one a line, in order. */
    public void export(Writer out) throws IOException {
        long last = 0;
        while (true) {
            long from = last;
            var rows = database.read(c -> table.after(c, from, PAGE));
            for (var row : rows) {
                out.write(AuditChain.line(row));
                out.write('\n');
                last = row.sequence();
            }
            if (rows.size() < PAGE) {
                out.flush();
                return;
            }
        }
    }

    @Override
    public void close() {
        soon.close();
    }

    private static Optional<Verification> difference(AuditRow row, Head before) {
        if (row.sequence() != before.sequence() + 1) {
            return Optional.of(new Verification.Broken(before.sequence() + 1, "the row is missing"));
        }
        return AuditChain.hash(row, before.hash()).equals(row.hash())
                ? Optional.empty()
                : Optional.of(new Verification.Broken(row.sequence(), "the row or one before it was changed"));
    }

    private Verification endsAt(Head last) {
        var stored = database.read(table::head).orElse(new Head(0, AuditChain.START));
        if (stored.sequence() < last.sequence()) {
            return new Verification.Broken(last.sequence(), "the row was added past the end of the chain");
        }
        if (stored.sequence() > last.sequence() && !laterRowsFollow(last, stored)) {
            return new Verification.Broken(last.sequence() + 1, "rows are missing at the end");
        }
        return stored.sequence() == last.sequence() && !stored.hash().equals(last.hash())
                ? new Verification.Broken(last.sequence(), "the end of the chain was changed")
                : new Verification.Intact(last.sequence(), last.hash());
    }

    /** Events may be appended while the chain is verified; they are then there. */
    private boolean laterRowsFollow(Head last, Head stored) {
        return database.read(c -> table.after(c, last.sequence(), 1)).stream()
                .anyMatch(row -> difference(row, last).isEmpty() && row.sequence() <= stored.sequence());
    }

    private void appendAll(List<AuditEvent> events) {
        database.write(c -> {
            appendTogether(events);
            return null;
        });
    }

    private void appendGroup(List<AuditEvent> group) {
        try {
            appendAll(group);
        } catch (RuntimeException e) {
            LOG.error("audit events lost count={}", group.size(), e);
        }
    }
}
