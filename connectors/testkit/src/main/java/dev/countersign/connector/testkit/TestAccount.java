package dev.countersign.connector.testkit;

import dev.countersign.connector.Account;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import java.util.Optional;

/**
 * One account at a provider that a test may use as it likes.
 *
 * @param accessToken valid for all scopes of {@code account}; or the account's password
 */
public record TestAccount(Account account, Connector connector, TestUpstream upstream, String accessToken) {
    public static TestAccount of(Account account, Connector connector, Provider provider, String accessToken) {
        return new TestAccount(account, connector, new TestUpstream(provider, () -> accessToken), accessToken);
    }

    /** A service of this account, where its connector offers it. */
    public <S> Optional<S> service(Class<S> type) {
        return Optional.ofNullable(connector.services().get(type)).map(made -> type.cast(made.apply(upstream)));
    }

    @Override
    public String toString() {
        return "TestAccount(" + account.id() + ")";
    }
}
