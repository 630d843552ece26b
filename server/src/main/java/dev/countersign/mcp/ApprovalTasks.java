package dev.countersign.mcp;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.ApprovalException;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.CallOutcome;
import dev.countersign.oauth.Principal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each call that waits for a person, as a task. A task is a view of its approval: it has the approval's id, which nobody can
 * guess, and nothing of it is stored beside the approval's row, which is on disk before anybody hears of it.
 */
public final class ApprovalTasks implements Tasks {
    private final Approvals approvals;
    private final Asking asking;
    private final Function<String, Set<String>> scopes;

    /**
     * @param scopes that a tool of this name needs
     * @param publicUrl without a path, for the addresses of pages
     */
    public ApprovalTasks(Approvals approvals, Function<String, Set<String>> scopes, URI publicUrl) {
        this.approvals = approvals;
        this.scopes = scopes;
        this.asking = new Asking(publicUrl);
    }

    /** Gives the result away: the identical call asks anew ten minutes after it. */
    @Override
    public Optional<Task> find(Principal principal, String id, ObjectNode capabilities) {
        return own(principal, id).map(approval -> {
            var outcome = approval.ending();
            if (outcome.isPresent()) {
                approvals.delivered(id);
            }
            return task(approval, stage(approval, outcome, capabilities));
        });
    }

    /** A token that could not make the call does not get what became of it either. */
    private Optional<Approval> own(Principal principal, String id) {
        return approvals
                .find(principal.userId(), id)
                .filter(approval -> approval.clientId().equals(principal.clientId()))
                .filter(approval -> StepUp.covers(principal, scopes.apply(approval.tool())));
    }

    private Task.Stage stage(Approval approval, Optional<CallOutcome> outcome, ObjectNode capabilities) {
        if (outcome.isPresent()) {
            return new Task.Stage.Completed(ToolJson.ended(outcome.get()).members());
        }
        boolean takesPages = capabilities.path("elicitation").has("url");
        if (approval.state() != Approval.State.PENDING || !takesPages) {
            return new Task.Stage.Working();
        }
        var requests = JsonNodeFactory.instance.objectNode();
        requests.set(ModernCalls.INPUT, Asking.address(asking.toConfirm(approval)));
        return new Task.Stage.InputRequired(requests);
    }

    private Task task(Approval approval, Task.Stage stage) {
        return new Task(
                approval.id(),
                stage,
                message(approval),
                approval.askedAt(),
                changedAt(approval),
                Duration.between(approval.askedAt(), approval.expiresAt()));
    }

    private static Instant changedAt(Approval approval) {
        return approval.decidedAt()
                .orElse(approval.state() == Approval.State.EXPIRED ? approval.expiresAt() : approval.askedAt());
    }

    private String message(Approval approval) {
        return switch (approval.state()) {
            case PENDING ->
                "Nothing was done yet: the person must confirm this first. Ask them to open "
                        + asking.page(approval.id()) + " and decide there.";
            case APPROVED, CLAIMED -> "It was approved and is being carried out.";
            case EXECUTED -> "It was approved and carried out.";
            case DENIED -> "The person declined this.";
            case EXPIRED -> "Nobody answered in time.";
            case SUPERSEDED -> "The request became void.";
            case FAILED -> "It was approved and failed.";
            case UNKNOWN -> "It was approved; whether it was carried out is not known.";
        };
    }

    /**
     * An accepted address says only that the person has it: what they decide on the page counts. A refusal in the client is
     * one.
     */
    @Override
    public boolean update(Principal principal, String id, Map<String, JsonNode> responses) {
        var answer = Optional.ofNullable(responses.get(ModernCalls.INPUT));
        boolean refused = answer.map(response -> response.path("action").asString(""))
                .filter(action -> action.equals("decline") || action.equals("cancel"))
                .isPresent();
        return refused ? cancel(principal, id) : own(principal, id).isPresent();
    }

    @Override
    public boolean cancel(Principal principal, String id) {
        var own = own(principal, id);
        own.filter(approval -> approval.state() == Approval.State.PENDING).ifPresent(approval -> {
            try {
                approvals.denyByClient(principal, id, approval.digest());
            } catch (ApprovalException e) {
                // the question changed or ended meanwhile: there is nothing to take back
            }
        });
        return own.isPresent();
    }

    @Override
    public void listen(Consumer<String> changed) {
        approvals.listen(change -> changed.accept(change.approvalId()));
    }
}
