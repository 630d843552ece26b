package dev.countersign.mcp;

import dev.countersign.http.Request;
import dev.countersign.oauth.Principal;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One {@code tools/call}, {@code prompts/get} or {@code resources/read}, whichever era it came in.
 *
 * @param network who sent it, as far as the network tells
 * @param running ends the call when its client leaves or its time is over
 * @param reply what the client brought back to an earlier question about this same call
 * @param patience how long the call may wait for a person who is at our page
 * @param round what the client can do, and what it brought to an {@link Answer.Input}
 */
public record ToolRequest(
        Principal principal,
        Request.Client network,
        ObjectNode arguments,
        Progress progress,
        InFlight.Running running,
        Optional<Reply> reply,
        Duration patience,
        Round round) {

    public ToolRequest(
            Principal principal,
            Request.Client network,
            ObjectNode arguments,
            Progress progress,
            InFlight.Running running,
            Optional<Reply> reply,
            Duration patience) {
        this(principal, network, arguments, progress, running, reply, patience, Round.NONE);
    }

    /** A repeat that says yes waits this long for the page to be done. */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    /** Takes {@code notifications/progress} to the client. */
    @FunctionalInterface
    public interface Progress {
        /** The client asked for none. */
        Progress NONE = (done, total, message) -> {};

        void report(double done, double total, String message);
    }

    /**
     * The client's answer to {@link Answer.Ask}. Its question was checked to belong to this user, client, tool and
     * arguments.
     *
     * @param approvalId the question that was asked; empty when an account was to be linked
     * @param digest of what was shown; empty for a link
     * @param inForm whether the client itself asked for the decision, as {@code T1} allows
     */
    public record Reply(Optional<String> approvalId, String digest, boolean inForm, Action action) {}

    /** What the person did in the client. MCP 2026-07-28, client/elicitation, response actions. */
    public enum Action {
        ACCEPT,
        DECLINE,
        CANCEL
    }

    ToolRequest with(Reply answer, Duration wait) {
        return new ToolRequest(principal, network, arguments, progress, running, Optional.of(answer), wait, round);
    }

    /** The same with other arguments: a prompt or a resource calls a tool. */
    ToolRequest with(ObjectNode other) {
        return new ToolRequest(principal, network, other, progress, running, Optional.empty(), patience, round);
    }

    ToolRequest with(Round next) {
        return new ToolRequest(principal, network, arguments, progress, running, reply, patience, next);
    }
}
