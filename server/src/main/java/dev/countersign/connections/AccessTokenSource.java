package dev.countersign.connections;

import dev.countersign.connector.UpstreamException;
import dev.countersign.vault.Secret;
import java.util.Optional;

/** Where requests of one account get their access token. A token is held for one request only. */
interface AccessTokenSource {
    /** @param version the version of the account's tokens that it belongs to */
    record Lent(Secret token, long version) {}

    /** A token that should be good now. Fails with {@link UpstreamException}. */
    Lent lend();

    /** Another one after a 401; empty when there is none to be had. */
    Optional<Lent> lendAfterRefusal(long refusedVersion);

    /** The provider refused a token that had just been renewed: what to say. */
    UpstreamException refused(long refusedVersion);
}
