package dev.countersign.approvals;

import dev.countersign.approvals.Snapshots.Snapshot;
import dev.countersign.store.ApprovalTable.Row;
import dev.countersign.store.ClaimTable.Claim;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who runs on this node what policy lets run at once. */
interface RunsHere {
    /** Nobody yet: a row that policy allows waits for the first executor. */
    RunsHere NOBODY = new RunsHere() {
        @Override
        public Optional<Claim> claim(String userId, String grantId) {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Approval> run(Row row, Snapshot content) {
            throw new IllegalStateException("nobody claimed it");
        }
    };

    /**
     * Holds for this process what is inserted now; empty when it takes up no more, the grant has ended, or the person has as
     * many runs as one may have at a time: then the row waits as approved, and runs as such also after a restart.
     */
    Optional<Claim> claim(String userId, String grantId);

    /**
     * Runs a row that was inserted with the claim, and that is on disk. Gives it as it ended, once that is on disk too; is
     * cancelled when the run broke off, or went on elsewhere.
     */
    CompletableFuture<Approval> run(Row row, Snapshot content);
}
