package dev.countersign.connections;

import dev.countersign.connections.AccessTokenSource.Lent;
import dev.countersign.connector.Provider;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.hosts.Login;
import dev.countersign.hosts.ServerAddress;
import java.net.URI;
import java.util.Optional;

/**
 * One server of an account.
 *
 * @param address without the name to sign in with
 */
record AccountServer(URI address, Login login) {
    /** The servers that an account has, given what was sealed for it. */
    @FunctionalInterface
    interface Of {
        Optional<AccountServer> named(Lent lent, String name);
    }

    /** Sealed with the password. */
    static Of withPassword() {
        return (lent, name) -> PasswordRecord.of(lent.token()).server(name);
    }

    /** Those of the provider, which takes its own access tokens there. */
    static Of ofProvider(Provider provider, String user) {
        return (lent, name) -> Optional.ofNullable(provider.apis().get(name))
                .flatMap(base -> ServerAddress.kept(name, base))
                .map(address -> new AccountServer(address, bearer(user, lent)));
    }

    private static Login bearer(String user, Lent lent) {
        try {
            return new Login.Bearer(user, lent.token());
        } catch (IllegalArgumentException e) {
            throw new UpstreamException(
                    Kind.BROKEN,
                    "The provider named an account or gave an access token in a way that cannot be used. Link the"
                            + " account again.",
                    Optional.empty(),
                    Optional.of(e));
        }
    }
}
