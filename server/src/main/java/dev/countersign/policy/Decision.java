package dev.countersign.policy;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Tier;
import dev.countersign.connections.AccountChoice;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Question;
import java.util.List;
import java.util.Set;

/** What the checks say of one call. */
public sealed interface Decision {
    /** It reads and may run now. */
    record Allow(List<LinkedAccount> accounts) implements Decision {
        public Allow {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * It may not.
     *
     * @param code constant word for the audit, e.g. {@code rate}
     * @param reason for the model and the person, with what to do next
     */
    record Deny(String code, String reason) implements Decision {}

    /** The token lacks scopes: 403 with a challenge that names all that the operation needs. RFC 6750 section 3.1. */
    record InsufficientScope(Set<String> needed) implements Decision {
        public InsufficientScope {
            needed = Set.copyOf(needed);
        }
    }

    /** An account must be linked, or linked with more scopes. */
    record AskToLink(AccountChoice.ToLink lacking) implements Decision {}

    /**
     * It acts, and is confirmed as strongly as this; with {@link Tier#T0} it runs at once.
     *
     * @param question what is shown
     * @param reasons why it is asked, in words for the person
     */
    record Confirm(Tier tier, List<LinkedAccount> accounts, Question question, List<String> reasons)
            implements Decision {
        public Confirm {
            accounts = List.copyOf(accounts);
            reasons = List.copyOf(reasons);
        }
    }

    /** The identical call was decided already: its outcome is this one's. */
    record Decided(Approval approval) implements Decision {}
}
