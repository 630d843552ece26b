package dev.countersign.risk;

import dev.countersign.connector.Effect;
import dev.countersign.connector.Tool;
import dev.countersign.http.Request;
import dev.countersign.oauth.Principal;
import java.util.Set;

/**
 * One call as the signals see it.
 *
 * @param own the person's own mail addresses, lower case: what they wrote themselves is not foreign, and reaching them
 *     reaches nobody else
 */
public record CallFacts(
        String userId,
        String clientId,
        String clientName,
        String grantId,
        String tool,
        Effect effect,
        Set<String> own,
        Request.Client network) {
    public CallFacts {
        own = Set.copyOf(own);
    }

    public static CallFacts of(Principal principal, Tool<?, ?> tool, Set<String> own, Request.Client network) {
        return new CallFacts(
                principal.userId(),
                principal.clientId(),
                principal.clientName(),
                principal.grantId(),
                tool.name(),
                tool.effect(),
                own,
                network);
    }
}
