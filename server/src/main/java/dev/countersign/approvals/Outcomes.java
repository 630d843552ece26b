package dev.countersign.approvals;

import java.util.Optional;

/** What the end of a call means for the client that asked for it. */
final class Outcomes {
    private Outcomes() {}

    /** Empty while the call has not ended. */
    static Optional<CallOutcome> of(Approval approval) {
        var text = approval.outcome();
        return Optional.ofNullable(
                switch (approval.state()) {
                    case PENDING, APPROVED, CLAIMED -> null;
                    case DENIED ->
                        new CallOutcome.Denied(
                                "The person declined this. Do not call it again; ask them what they want instead.");
                    case EXPIRED ->
                        new CallOutcome.Expired(
                                "Nobody answered in time, so nothing was done. Call again to ask anew.");
                    case SUPERSEDED ->
                        new CallOutcome.Superseded(
                                text.orElse("The request became void.") + " Nothing was done. Call again to ask anew.");
                    case EXECUTED ->
                        text.<CallOutcome>map(CallOutcome.Executed::new)
                                .orElseGet(() -> new CallOutcome.Unknown(
                                        "It was carried out, but its result is no longer kept."));
                    case FAILED -> new CallOutcome.Failed(text.orElse("It failed, and nothing was done."));
                    case UNKNOWN ->
                        new CallOutcome.Unknown(
                                text.orElse("It may have been carried out. Check before you repeat it."));
                });
    }
}
