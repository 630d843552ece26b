package dev.countersign.connections;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.vault.Secret;
import java.util.Optional;

/** The access token that a consent has just given, before there is an account. */
record JustConsented(String provider, Secret token) implements AccessTokenSource {
    @Override
    public Lent lend() {
        return new Lent(token, 0);
    }

    @Override
    public Optional<Lent> lendAfterRefusal(long refusedVersion) {
        return Optional.empty();
    }

    @Override
    public UpstreamException refused(long refusedVersion) {
        return new UpstreamException(
                Kind.UNAUTHORIZED, provider + " did not accept the access that it gave. Try again.");
    }
}
