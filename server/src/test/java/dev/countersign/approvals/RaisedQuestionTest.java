package dev.countersign.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Question;
import dev.countersign.risk.DecisionHistory;
import dev.countersign.risk.Sealing;
import dev.countersign.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A waiting question that was made stronger: the page that was open before does not show why. */
class RaisedQuestionTest {
    private static final Question QUESTION = Question.of("Write note").with("Text", "hello");

    private static final Sealing OPEN = new Sealing() {
        @Override
        public byte[] seal(String userId, String record, String field, byte[] plain) {
            return plain;
        }

        @Override
        public Optional<byte[]> open(String userId, String record, String field, byte[] sealed) {
            return Optional.of(sealed);
        }
    };

    private static final DecisionHistory NONE = new DecisionHistory() {
        @Override
        public void reached(String userId, List<String> addresses) {}

        @Override
        public void declined(String userId, String clientId, String clientName, String grantId, int lately) {}
    };

    @TempDir
    Path folder;

    private static FrozenCall call(String id) {
        return new FrozenCall(
                id,
                "alice",
                "chat",
                "Chat",
                "grant",
                Set.of(),
                Instant.EPOCH,
                "note_write",
                "Write note",
                "0",
                "{}",
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void answerToTheMilderQuestion_isVoid() {
        try (var database = Database.open(folder.resolve("test.db"))) {
            var approvals =
                    new Approvals(database, OPEN, events -> {}, NONE, ApprovalSettings.DEFAULT, Clock.systemUTC());
            var seen = approvals.ask(call("first"), Tier.T1, QUESTION, List.of());
            var raised = approvals.ask(call("second"), Tier.T2, QUESTION, List.of("Others wrote this address."));

            assertThat(raised.id()).isEqualTo(seen.id());
            assertThatThrownBy(() -> approvals.approve("alice", seen.id(), evidence(seen)))
                    .isInstanceOfSatisfying(
                            ApprovalException.class,
                            e -> assertThat(e.code()).isEqualTo(ApprovalException.Code.DIGEST_MISMATCH));
            assertThat(approvals.approve("alice", raised.id(), evidence(raised)).state())
                    .isEqualTo(Approval.State.APPROVED);
        }
    }

    private static Evidence evidence(Approval shown) {
        return new Evidence("0".repeat(64), "browser", Instant.EPOCH, shown.digest());
    }
}
