package dev.countersign.approvals;

import dev.countersign.approvals.Approval.State;
import dev.countersign.approvals.ApprovalException.Code;
import dev.countersign.oauth.Principal;
import dev.countersign.risk.DecisionHistory;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.ApprovalTable.DecisionNote;
import dev.countersign.store.ApprovalTable.Row;
import dev.countersign.store.Database;
import dev.countersign.vault.RandomToken;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A person's yes or no to a waiting question, on our page or in the client that asked. */
final class Deciding {
    private final Approvals approvals;
    private final Database database;
    private final ApprovalTable table = new ApprovalTable();
    private final Clock clock;

    /** @param approvals is asked for nothing but its rooms before it is whole */
    Deciding(Approvals approvals) {
        this.approvals = approvals;
        this.database = approvals.database();
        this.clock = approvals.clock();
    }

    Approval byPerson(State decision, String userId, String id, Evidence evidence) {
        return decide(decision, userId, id, evidence, "PERSON");
    }

    Approval byClient(State decision, Principal principal, String id, String digest) {
        var row = database.read(c -> table.find(c, principal.userId(), id))
                .filter(found -> found.clientId().equals(principal.clientId()))
                .orElseThrow(Approvals::notFound);
        if (decision == State.APPROVED && Tier.valueOf(row.tier()) == Tier.T2) {
            throw new ApprovalException(Code.TIER, "This is decided on the approvals page, not in the client.");
        }
        var evidence = new Evidence(
                RandomToken.sha256(principal.grantId()), principal.clientName(), principal.authenticatedAt(), digest);
        return decide(decision, principal.userId(), id, evidence, "CLIENT");
    }

    private Approval decide(State decision, String userId, String id, Evidence evidence, String by) {
        var now = clock.instant();
        var note = new DecisionNote(
                by,
                Optional.of(evidence.session()),
                Optional.of(evidence.userAgent()),
                Optional.of(evidence.authenticatedAt()));
        var more = Map.of(
                "by", by.toLowerCase(Locale.ROOT),
                "session", evidence.session(),
                "authenticatedAt", evidence.authenticatedAt().toString());
        var moved = database.write(c -> {
            boolean decided = decision == State.APPROVED
                    ? table.approve(c, userId, id, evidence.digest(), now, note)
                    : table.deny(c, userId, id, evidence.digest(), now, note);
            if (decided) {
                approvals.journal().write(table.find(c, id).orElseThrow(), decision, more);
            }
            return decided;
        });
        var row = database.read(c -> table.find(c, userId, id)).orElseThrow(Approvals::notFound);
        if (!moved) {
            return undecided(row, evidence, now);
        }
        approvals.journal().tell(row, decision);
        if (decision == State.DENIED) {
            tellDeclined(row, now);
        }
        return approvals.approval(id);
    }

    private Approval undecided(Row row, Evidence evidence, Instant now) {
        if (State.valueOf(row.state()) != State.PENDING) {
            return approvals.snapshots().approval(row);
        }
        if (!row.expiresAt().isAfter(now)) {
            approvals.expire(row);
            return approvals.approval(row.id());
        }
        if (!row.digest().equals(evidence.digest())) {
            throw new ApprovalException(
                    Code.DIGEST_MISMATCH, "What you saw is not what would run. Look at it again, then decide.");
        }
        throw new ApprovalException(Code.TIER, "This is decided on the approvals page, not in the client.");
    }

    private void tellDeclined(Row row, Instant now) {
        var since = now.minus(DecisionHistory.DECLINES_WINDOW);
        int lately = database.read(c -> table.countDeclined(c, row.userId(), row.clientId(), since));
        approvals.history().declined(row.userId(), row.clientId(), row.clientName(), row.grantId(), lately);
    }
}
