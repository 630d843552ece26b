package dev.countersign.mcp;

import dev.countersign.approvals.CanonicalJson;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.StateSealer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client carries from a question to its answer. It opens only for the same person, client, grant, method, name and
 * arguments, and for half an hour. MCP 2026-07-28, multi round-trip requests, server requirements 4 and 5.
 */
final class RequestState {
    private static final String PURPOSE = "mcp-request-state";

    /** As long as a client may sensibly hold a form or a page open; the question itself waits longer. */
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final String KEPT = "kept\n";

    private final StateSealer sealer;

    RequestState(StateSealer sealer) {
        this.sealer = sealer;
    }

    /** What a state says. */
    sealed interface State {
        /** What a person was asked: everything of a {@link Reply} but the answer. */
        record Asked(Optional<String> approvalId, String digest, boolean inForm) implements State {
            Reply answered(Action action) {
                return new Reply(approvalId, digest, inForm, action);
            }
        }

        /** What a tool or prompt wants to have back. */
        record Kept(String text) implements State {}
    }

    String seal(Principal principal, Target target, State state) {
        var text = switch (state) {
            case State.Asked(var approvalId, var digest, var inForm) ->
                "asked\n" + approvalId.orElse("") + "\n" + digest + "\n" + (inForm ? "form" : "page");
            case State.Kept(var kept) -> KEPT + kept;
        };
        return sealer.seal(PURPOSE, binding(principal, target), LIFETIME, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it was changed, is too old, or belongs to another request. */
    Optional<State> open(Principal principal, Target target, String sealed) {
        return sealer.open(PURPOSE, binding(principal, target), sealed)
                .map(opened -> state(new String(opened, StandardCharsets.UTF_8)));
    }

    private static State state(String text) {
        if (text.startsWith(KEPT)) {
            return new State.Kept(text.substring(KEPT.length()));
        }
        var parts = text.split("\n", -1);
        var approval = parts[1].isEmpty() ? Optional.<String>empty() : Optional.of(parts[1]);
        return new State.Asked(approval, parts[2], parts[3].equals("form"));
    }

    /** Fails with {@link CanonicalJson.NotCanonicalException} when the arguments have no canonical form. */
    private static String binding(Principal principal, Target target) {
        return String.join(
                "\n",
                principal.userId(),
                principal.clientId(),
                principal.grantId(),
                target.method(),
                CanonicalJson.digest(target.name(), CanonicalJson.of(target.arguments())));
    }
}
