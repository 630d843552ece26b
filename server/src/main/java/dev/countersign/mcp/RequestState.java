package dev.countersign.mcp;

import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.StateSealer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client carries from a question to its answer. It opens only for the same person, client, grant, tool and
 * arguments, and for half an hour. MCP 2026-07-28, multi round-trip requests, server requirements 4 and 5.
 */
final class RequestState {
    private static final String PURPOSE = "mcp-request-state";

    /** As long as a client may sensibly hold a form or a page open; the question itself waits longer. */
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final StateSealer sealer;

    RequestState(StateSealer sealer) {
        this.sealer = sealer;
    }

    /** What was asked: everything of a {@link Reply} but the answer. */
    record Asked(Optional<String> approvalId, String digest, boolean inForm) {
        Reply answered(Action action) {
            return new Reply(approvalId, digest, inForm, action);
        }
    }

    String seal(Principal principal, String tool, String arguments, Answer.Ask ask, boolean inForm) {
        var state = ask.approvalId().orElse("") + "\n" + ask.digest() + "\n" + (inForm ? "form" : "page");
        return sealer.seal(
                PURPOSE, binding(principal, tool, arguments), LIFETIME, state.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it was changed, is too old, or belongs to another call. */
    Optional<Asked> open(Principal principal, String tool, String arguments, String sealed) {
        return sealer.open(PURPOSE, binding(principal, tool, arguments), sealed).map(state -> {
            var parts = new String(state, StandardCharsets.UTF_8).split("\n", -1);
            var approval = parts[0].isEmpty() ? Optional.<String>empty() : Optional.of(parts[0]);
            return new Asked(approval, parts[1], parts[2].equals("form"));
        });
    }

    /** @param arguments canonical */
    private static String binding(Principal principal, String tool, String arguments) {
        return String.join(
                "\n",
                principal.userId(),
                principal.clientId(),
                principal.grantId(),
                "tools/call",
                CanonicalJson.digest(tool, arguments));
    }
}
