package dev.countersign.connections;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What came of the way to a provider and back. */
public sealed interface LinkOutcome {
    /**
     * An account is linked.
     *
     * @param missing our scopes that were asked and not given
     * @param instead the account that was to be linked again, when this is another
     */
    record Linked(LinkedAccount account, Set<String> missing, Optional<LinkedAccount> instead, String back)
            implements LinkOutcome {
        public Linked {
            missing = Set.copyOf(missing);
        }
    }

    /** The provider must ask once more: it gave no refresh token, and none is held. The browser goes there again. */
    record AskAgain(URI provider) implements LinkOutcome {}

    /** The person said no at the provider. */
    record Declined(String back) implements LinkOutcome {}

    /** It did not work: a sentence for the person. */
    record Failed(String sentence) implements LinkOutcome {}

    /** No such way is open in this browser for this person: it was never begun here, is used up, or took too long. */
    record NotOpen() implements LinkOutcome {}
}
