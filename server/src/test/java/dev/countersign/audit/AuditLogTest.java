package dev.countersign.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.store.Database;
import dev.countersign.store.Sql;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** SECURITY section R(107): an edit, a deletion, a new order and a cut end show. */
class AuditLogTest {
    @TempDir
    Path folder;

    private Database database;
    private AuditLog log;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"));
        log = new AuditLog(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private static AuditEvent event(String subject) {
        return new AuditEvent(
                Instant.parse("2026-11-23T10:00:00.123456789Z"),
                "tool.call",
                "alice",
                Optional.of("client"),
                subject,
                "allow",
                Map.of("outcome", "done", "argumentDigest", "abc"));
    }

    private void appendTen() {
        for (int i = 1; i <= 10; i++) {
            log.append(event("tool-" + i));
        }
    }

    @Test
    void manyThreads_giveOneIntactChain() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var name = "tool-" + i;
                threads.execute(() -> log.append(event(name)));
            }
        }
        assertThat(log.verify())
                .isInstanceOfSatisfying(
                        Verification.Intact.class,
                        intact -> assertThat(intact.count()).isEqualTo(200));
    }

    @Test
    void emptyLog_isIntact() {
        assertThat(log.verify()).isEqualTo(new Verification.Intact(0, AuditChain.START));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit_event SET decision = 'deny' WHERE sequence = 4 | 4",
                "UPDATE audit_event SET client_id = NULL WHERE sequence = 4 | 4",
                "UPDATE audit_event SET detail = '{}' WHERE sequence = 4 | 4",
                "UPDATE audit_event SET at = at + 1 WHERE sequence = 4 | 4",
                "UPDATE audit_event SET subject = 'x', hash = lower(hex(randomblob(32))) WHERE sequence = 4 | 4",
                "DELETE FROM audit_event WHERE sequence = 4 | 4",
                "DELETE FROM audit_event WHERE sequence BETWEEN 3 AND 7 | 3",
                "DELETE FROM audit_event WHERE sequence > 8 | 9",
                "UPDATE audit_event SET sequence = CASE sequence WHEN 4 THEN -5 ELSE -4 END WHERE sequence IN (4, 5) |"
                        + " 1",
                "UPDATE audit_head SET hash = 'x' | 10",
            })
    void changedRows_areFound(String change, long where) {
        appendTen();
        database.write(c -> Sql.update(c, change));
        assertThat(log.verify())
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.sequence()).isIn(where, 4L));
    }

    @Test
    void twoRowsSwapped_areFound() {
        appendTen();
        database.write(c -> {
            Sql.update(c, "UPDATE audit_event SET sequence = 99 WHERE sequence = 4");
            Sql.update(c, "UPDATE audit_event SET sequence = 4 WHERE sequence = 5");
            return Sql.update(c, "UPDATE audit_event SET sequence = 5 WHERE sequence = 99");
        });
        assertThat(log.verify()).isEqualTo(new Verification.Broken(4, "the row or one before it was changed"));
    }

    @Test
    void eventSoon_isThereShortly_andCloseAppendsTheRest() {
        log.appendSoon(event("first"));
        var until = Instant.now().plus(Duration.ofMinutes(2));
        while (log.recent("alice", 1).isEmpty() && Instant.now().isBefore(until)) {
            Thread.onSpinWait();
        }
        assertThat(log.recent("alice", 1)).hasSize(1);
        for (int i = 0; i < 1_000; i++) {
            log.appendSoon(event("tool-" + i));
        }
        log.close();
        assertThat(log.verify())
                .isInstanceOfSatisfying(
                        Verification.Intact.class,
                        intact -> assertThat(intact.count()).isEqualTo(1_001));
    }

    @Test
    void pages_goBackFromASequenceNumber() {
        appendTen();
        log.append(new AuditEvent(Instant.now(), "tool.call", "bob", Optional.empty(), "x", "allow", Map.of()));
        var newest = log.page("alice", Long.MAX_VALUE, 4);
        assertThat(newest).extracting(RecordedEvent::sequence).containsExactly(10L, 9L, 8L, 7L);
        assertThat(log.page("alice", 7, 100)).hasSize(6);
        assertThat(log.recent("bob", 5).getFirst().clientId()).isEmpty();
        assertThat(newest.getLast().event().detail()).containsEntry("outcome", "done");
    }

    @Test
    void export_isOneLineAnEvent() throws Exception {
        log.append(event("first\nsecond"));
        appendTen();
        var out = new StringWriter();
        log.export(out);
        var lines = out.toString().lines().toList();
        assertThat(lines).hasSize(11);
        var first = JsonMapper.shared().readTree(lines.getFirst());
        assertThat(first.get("subject").asString()).isEqualTo("first\uFFFDsecond");
        assertThat(first.get("at").asString()).isEqualTo("2026-11-23T10:00:00.123Z");
    }

    @Test
    void longDetail_isCut() {
        log.append("tool.call", "alice", Optional.empty(), "x", "allow", Map.of("reason", "y".repeat(5_000)));
        assertThat(log.recent("alice", 1).getFirst().detail().get("reason")).hasSize(257);
    }
}
