package dev.countersign.mcp;

import dev.countersign.approvals.Tier;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a call of a tool, a prompt or a resource comes to. */
public sealed interface Answer {
    /**
     * A CallToolResult.
     *
     * @param members its JSON without the braces, so that each era adds its own around it and nothing is written twice
     * @param meta members of its {@code _meta}; may be empty
     * @param isError as the members say
     */
    record Result(String members, String meta, boolean isError) implements Answer {
        Result(String members) {
            this(members, "", false);
        }

        /** One that was written before, with its braces. */
        static Result stored(String json) {
            return new Result(json.substring(1, json.length() - 1));
        }
    }

    /** The token lacks scopes: HTTP 403 with a challenge. */
    record InsufficientScope(Set<String> needed) implements Answer {
        public InsufficientScope {
            needed = Set.copyOf(needed);
        }
    }

    /** A JSON-RPC error. */
    record Fault(int code, String message) implements Answer {}

    /** The client has not declared what this needs. MCP 2026-07-28, MissingRequiredClientCapabilityError. */
    record Lacking(ObjectNode capabilities) implements Answer {}

    /**
     * The client must bring something first: it is asked, then the same is called again with what it brought.
     *
     * @param requests by keys of one's choice, in the order in which they are put
     * @param state given back with the answers, and sealed for this same request meanwhile
     */
    record Input(Map<String, Request> requests, Optional<String> state) implements Answer {
        /** A request to the client, e.g. {@code sampling/createMessage}. */
        record Request(String method, ObjectNode params) {}

        public Input {
            requests = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        }
    }

    /** It goes on as a task, which is on disk already. Only for a client that takes tasks. */
    record Started(String taskId) implements Answer {}

    /**
     * A person must do something first; the era says so in the strongest form that its client understands.
     *
     * @param approvalId what waits; empty when an account is to be linked
     * @param digest of what is shown; empty for a link
     * @param tier how strongly it must be confirmed; {@code T2} for a link, which only our page can make
     * @param message what is asked, in plain text without addresses
     * @param page our page where it is done; it carries ids only
     */
    record Ask(Optional<String> approvalId, String digest, Tier tier, String message, URI page) implements Answer {
        /** The same question has the same key. */
        String key() {
            return approvalId.orElseGet(page::toString);
        }

        /** Whether the client may ask for the decision itself. */
        boolean formDecides() {
            return approvalId.isPresent() && tier.compareTo(Tier.T1) <= 0;
        }
    }
}
