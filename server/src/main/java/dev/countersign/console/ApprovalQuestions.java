package dev.countersign.console;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Approval.State;
import dev.countersign.connector.Question.Value;
import dev.countersign.console.ApprovalViews.Item;
import dev.countersign.console.ApprovalViews.Question;
import dev.countersign.console.ApprovalViews.Run;
import dev.countersign.console.ApprovalViews.Text;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts approvals into the form in which a person reads them. */
final class ApprovalQuestions {
    /** Of each value in a list. */
    private static final int GIST_CHARACTERS = 100;

    /** Whom it reaches and what it is about tell two questions of one kind apart. */
    private static final int GIST_VALUES = 2;

    private static final String ACCOUNT = "Account";

    /** Values that say with what, not what: a list tells them apart already. */
    private static final Set<String> WHOSE = Set.of(ACCOUNT, "From", "Calendar");

    private final Times times;
    private final Clock clock;

    ApprovalQuestions(Times times, Clock clock) {
        this.times = times;
        this.clock = clock;
    }

    /** Whether it can be decided now. */
    boolean open(Approval approval) {
        return approval.state() == State.PENDING && approval.expiresAt().isAfter(clock.instant());
    }

    Item waiting(Approval approval) {
        return item(approval, times.ago(approval.askedAt()), Optional.of(times.until(approval.expiresAt())));
    }

    Item decided(Approval approval) {
        var when = approval.decidedAt()
                .orElseGet(() -> approval.state() == State.PENDING ? approval.expiresAt() : approval.askedAt());
        return item(approval, times.ago(when), Optional.empty());
    }

    private Item item(Approval approval, Moment when, Optional<Moment> expires) {
        return new Item(
                "/approvals/" + approval.id(),
                approval.clientName(),
                approval.question().verb(),
                approval.accountLabel(),
                gist(approval.question().values()),
                when,
                expires,
                badge(approval));
    }

    /** The first values, each with how many more stand under its label. */
    private static List<Run> gist(List<Value> values) {
        var counts = new LinkedHashMap<String, Integer>();
        var firsts = new ArrayList<Value>();
        for (var value : values) {
            if (!WHOSE.contains(value.label()) && counts.merge(value.label(), 1, Integer::sum) == 1) {
                firsts.add(value);
            }
        }
        var gist = new ArrayList<Run>();
        for (var first : firsts.subList(0, Math.min(firsts.size(), GIST_VALUES))) {
            if (!gist.isEmpty()) {
                gist.add(new Run(" · ", false));
            }
            gist.addAll(Shown.gist(first.text(), GIST_CHARACTERS));
            int more = counts.getOrDefault(first.label(), 1) - 1;
            if (more > 0) {
                gist.add(new Run(" and " + more + " more", false));
            }
        }
        return gist;
    }

    Question question(Approval approval, List<Notice> notices, Refusal refusal) {
        var open = open(approval);
        return new Question(
                approval.id(),
                approval.digest(),
                approval.clientName(),
                approval.question().verb(),
                approval.accountLabel(),
                values(approval),
                approval.reasons(),
                times.ago(approval.askedAt()),
                times.until(approval.expiresAt()),
                open,
                moving(approval.state()),
                badge(approval),
                open ? Optional.empty() : Optional.of(outcome(approval)),
                notices,
                refusal,
                countersigned(approval));
    }

    /** One entry for each label, in the order of its first value. */
    private static List<ApprovalViews.Value> values(Approval approval) {
        var byLabel = new LinkedHashMap<String, List<Text>>();
        for (var value : approval.question().values()) {
            // the sentence above the values names the account already
            if (!value.label().equals(ACCOUNT) || approval.accountLabel().isEmpty()) {
                byLabel.computeIfAbsent(value.label(), label -> new ArrayList<>())
                        .add(Shown.text(value.text()));
            }
        }
        return byLabel.entrySet().stream()
                .map(entry -> new ApprovalViews.Value(
                        entry.getKey(), entry.getValue(), entry.getValue().size() > 1))
                .toList();
    }

    private static boolean moving(State state) {
        return state == State.APPROVED || state == State.CLAIMED;
    }

    private Optional<Moment> countersigned(Approval approval) {
        return switch (approval.state()) {
            case APPROVED, CLAIMED, EXECUTED, FAILED, UNKNOWN ->
                approval.decidedAt().map(times::ago);
            case PENDING, DENIED, EXPIRED, SUPERSEDED -> Optional.empty();
        };
    }

    private Badge badge(Approval approval) {
        return switch (approval.state()) {
            case PENDING ->
                open(approval)
                        ? new Badge("Waiting for you", Notice.Tone.WARN)
                        : new Badge("Expired", Notice.Tone.NOTE);
            case APPROVED, CLAIMED -> new Badge("Running", Notice.Tone.NOTE);
            case DENIED -> new Badge("Declined", Notice.Tone.NOTE);
            case EXPIRED -> new Badge("Expired", Notice.Tone.NOTE);
            case SUPERSEDED -> new Badge("Void", Notice.Tone.NOTE);
            case EXECUTED -> new Badge("Done", Notice.Tone.GOOD);
            case FAILED -> new Badge("Failed", Notice.Tone.BAD);
            case UNKNOWN -> new Badge("Uncertain", Notice.Tone.WARN);
        };
    }

    private static Notice outcome(Approval approval) {
        return switch (approval.state()) {
            case PENDING, EXPIRED -> Notice.note("Nobody answered in time", "Nothing was done. The app can ask again.");
            case APPROVED, CLAIMED ->
                Notice.note("Approved. It is being carried out now.", "This page tells you when it is done.");
            case DENIED -> Notice.note("You declined this", "Nothing was done. The app was told no.");
            case SUPERSEDED -> Notice.note("This question is void", sentence(approval, "Nothing was done."));
            case EXECUTED -> Notice.good("Done, once", "Exactly what stands below was carried out.");
            case FAILED -> Notice.bad("It did not work", sentence(approval, "Nothing was done."));
            case UNKNOWN ->
                Notice.warn(
                        "It may have been done",
                        sentence(approval, "The answer was lost.")
                                + " It is not repeated by itself. Look in the account before you ask for it again.");
        };
    }

    private static String sentence(Approval approval, String otherwise) {
        return approval.outcome().filter(text -> !text.isBlank()).orElse(otherwise);
    }
}
