package dev.countersign.policy;

import dev.countersign.approvals.Tier;
import dev.countersign.connector.Question;
import java.util.List;
import java.util.Set;

/** What the checks say of one call. */
public sealed interface Decision {
    /** It may run now. */
    record Allow() implements Decision {}

    /**
     * It may not.
     *
     * @param reason for the model and the person, with what to do next
     * @param code constant word for the audit, e.g. {@code rate}
     */
    record Deny(String code, String reason) implements Decision {}

    /** The token lacks scopes: 403 with a challenge that names all that the operation needs. RFC 6750 section 3.1. */
    record InsufficientScope(Set<String> needed) implements Decision {}

    /** A person must do something first. */
    sealed interface Ask extends Decision {}

    /**
     * An account must be linked, or linked with more scopes.
     *
     * @param connectors ids of those that could serve
     */
    record AskToLink(List<String> connectors, Set<String> scopes, String reason) implements Ask {
        public AskToLink {
            connectors = List.copyOf(connectors);
            scopes = Set.copyOf(scopes);
        }
    }

    /** The call must be confirmed. */
    record AskToConfirm(Tier tier, Question question, List<String> reasons) implements Ask {
        public AskToConfirm {
            reasons = List.copyOf(reasons);
        }
    }
}
