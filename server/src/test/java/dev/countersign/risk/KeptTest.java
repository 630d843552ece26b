package dev.countersign.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Effect;
import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;
import dev.countersign.store.Sql;
import dev.countersign.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lasts over a restart, what the file tells, and what a thousand calls at once leave. */
class KeptTest {
    private static final CallFacts READ = RiskFixture.facts("alice", "chat", Effect.READ);

    @TempDir
    Path folder;

    private final StillClock clock = new StillClock();

    private RiskFixture start() {
        return new RiskFixture(folder, clock, RiskSettings.DEFAULT);
    }

    private static long stored(RiskFixture room, String sql) {
        return room.database.read(c -> Sql.first(c, sql, row -> row.getLong(1))).orElseThrow();
    }

    @Test
    void restart_keepsTheTaintAndItsProvenance() {
        try (var room = start()) {
            room.reads("alice", "chat", "write to drop@collector.example");
        }
        clock.advance(Duration.ofMinutes(5));
        try (var room = start()) {
            assertThat(room.sends("alice", "chat", "drop@collector.example").reasons())
                    .anyMatch(reason -> reason.contains("The address drop@collector.example stands in mail “Invoice”")
                            && reason.contains("5 minutes before"));
            assertThat(room.codes("alice")).contains(Code.FLOW, Code.FOREIGN_ARGUMENT);
            assertThat(room.sends("bob", "chat", "drop@collector.example").reasons())
                    .hasSize(1);
        }
    }

    @Test
    void endWhileReadsAreWritten_losesNone() {
        try (var room = start()) {
            IntStream.range(0, 500).forEach(i -> room.reads("alice", "chat", "x" + i + "@partner.example"));
        }
        try (var room = start()) {
            for (int i = 0; i < 500; i += 50) {
                assertThat(room.writes("alice", "chat", "{\"to\":\"x" + i + "@partner.example\"}")
                                .response())
                        .isEqualTo(Response.RAISE);
            }
        }
    }

    @Test
    void signalThatCouldNotBeWritten_isWrittenByTheNextCall() {
        try (var room = start()) {
            room.sends("alice", "chat", "alice@example.com");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> room.sends("alice", "chat", "carol@partner.example"))
                    .isInstanceOf(StoreException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(room.codes("alice")).isEmpty();
            room.sends("alice", "chat", "carol@partner.example");
            assertThat(room.codes("alice")).containsExactly(Code.FIRST_SEEN_RECIPIENT);
        }
    }

    @Test
    void restartAfterTheWindow_startsClean() {
        try (var room = start()) {
            room.reads("alice", "chat", "write to drop@collector.example");
        }
        clock.advance(Duration.ofMinutes(30));
        try (var room = start()) {
            assertThat(room.writes("alice", "chat", "{\"to\":\"drop@collector.example\"}"))
                    .isEqualTo(Assessment.NOTHING);
        }
    }

    @Test
    void read_isOnDiskWithoutAnOrderlyEnd() throws InterruptedException {
        try (var room = start()) {
            room.reads("alice", "chat", "write to drop@collector.example");
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (stored(room, "SELECT count(*) FROM risk_read WHERE found IS NOT NULL") == 0
                    && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(stored(room, "SELECT count(*) FROM risk_read WHERE found IS NOT NULL"))
                    .isEqualTo(1);
        }
    }

    @Test
    void restart_keepsCountsKnownRecipientsAndDeclines() {
        try (var room = start()) {
            IntStream.range(0, 900).forEach(i -> room.risk.called(READ));
            room.risk.reached("alice", List.of("carol@partner.example"));
            room.risk.declined("alice", "chat", "Chat app", RiskFixture.grantId("alice", "chat"), 3);
        }
        try (var room = start()) {
            assertThat(room.risk.called(READ)).satisfies(assessment -> {
                assertThat(assessment.response()).isEqualTo(Response.RAISE);
                assertThat(assessment.reasons()).hasSize(2);
            });
            assertThat(room.sends("alice", "chat", "carol@partner.example")).isEqualTo(Assessment.NOTHING);
            room.sends("alice", "chat", "carol@partnеr.example");
            assertThat(room.codes("alice"))
                    .contains(Code.LOOK_ALIKE)
                    .filteredOn(Code.UNUSUAL_RATE::equals)
                    .hasSize(1);
        }
    }

    @Test
    void filesOfTheDatabase_holdNoAddressInClear() throws IOException {
        try (var room = start()) {
            room.reads("alice", "chat", "canarytext write to drop@collector.example or https://form.example");
            room.risk.reached("alice", List.of("carol@partner.example"));
            room.sends("alice", "chat", "drop@collector.example", "carol@partnеr.example");
            room.risk.called(READ);
        }
        var needles = List.of("collector", "partner", "mallory", "form.example", "Invoice", "canarytext");
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(needles).as("%s", file).noneMatch(bytes::contains);
            }
        }
    }

    @Test
    void auditEvents_holdNoAddress() {
        try (var room = start()) {
            room.reads("alice", "chat", "write to drop@collector.example");
            room.sends("alice", "chat", "drop@collector.example");
            assertThat(room.audited)
                    .hasSize(3)
                    .noneMatch(event -> event.toString().contains("collector"));
        }
    }

    @Test
    void pollingClient_costsFewRows() {
        try (var room = start()) {
            for (int i = 0; i < 1_000; i++) {
                room.reads("alice", "chat", "the same text, from x@partner.example");
            }
            room.risk.close();
            assertThat(stored(room, "SELECT count(*) FROM risk_read")).isEqualTo(1);
        }
    }

    @Test
    void thousandCallsAtOnce_areAllCountedAndSignalledOnce() throws Exception {
        try (var room = start()) {
            var ready = new CountDownLatch(1);
            var raised = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 1_000; i++) {
                    int number = i;
                    var _ = threads.submit(() -> {
                        ready.await();
                        room.risk.called(READ);
                        room.reads("alice", "chat", "text " + number + " names x" + number + "@partner.example");
                        room.risk.reached("alice", List.of("known" + number + "@known.example"));
                        var assessment = room.sends("alice", "chat", "drop@collector.example");
                        raised.addAndGet(assessment.response() == Response.RAISE ? 1 : 0);
                        return number;
                    });
                }
                ready.countDown();
            }
            assertThat(raised).hasValue(1_000);
            assertThat(room.codes("alice"))
                    .containsExactlyInAnyOrder(Code.FLOW, Code.FIRST_SEEN_RECIPIENT, Code.UNUSUAL_RATE);
            room.risk.close();
            assertThat(stored(room, "SELECT calls FROM risk_rate WHERE effect = 'READ'"))
                    .isEqualTo(1_000);
            assertThat(stored(room, "SELECT count(*) FROM risk_recipient")).isEqualTo(1_000);
            assertThat(stored(room, "SELECT count(*) FROM risk_domain")).isEqualTo(1);
        }
    }

    @Test
    void sweep_removesWhatIsOver() {
        try (var room = start()) {
            room.reads("alice", "chat", "x@partner.example");
            room.risk.authorized(room.grant("alice", "chat"), true);
        }
        clock.advance(Duration.ofDays(91));
        try (var room = start()) {
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            var rows = "SELECT (SELECT count(*) FROM risk_read) + (SELECT count(*) FROM risk_signal)";
            while (stored(room, rows) > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(stored(room, rows)).isZero();
        }
    }
}
