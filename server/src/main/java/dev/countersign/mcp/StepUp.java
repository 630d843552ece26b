package dev.countersign.mcp;

import dev.countersign.oauth.Challenges;
import dev.countersign.oauth.Principal;
import dev.countersign.oauth.Scope;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;

/** Tells a client which scopes it must ask the person for. MCP 2026-07-28, authorization, step-up; RFC 6750 section 3.1. */
final class StepUp {
    private final Challenges challenges;

    StepUp(Challenges challenges) {
        this.challenges = challenges;
    }

    static boolean covers(Principal principal, Set<String> needed) {
        return Scope.covers(principal.scopes(), needed);
    }

    void challenge(Response response, Set<String> needed) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, challenges.insufficientScope(needed));
    }

    static byte[] body(JsonNode id) {
        return JsonRpc.error(
                Optional.of(id),
                JsonRpc.INVALID_REQUEST,
                "The access token does not allow this. Ask the person for the scopes that WWW-Authenticate names.",
                Optional.empty());
    }
}
