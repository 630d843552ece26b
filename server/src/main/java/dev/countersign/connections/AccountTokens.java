package dev.countersign.connections;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.store.ConnectionTable.ConnectionRow;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The access tokens of one linked account. Each is opened anew for its request and renewed when it is due. */
final class AccountTokens implements AccessTokenSource {
    /** Use is written down this often; a write for each request would cost a flush. */
    private static final Duration USED_STEP = Duration.ofMinutes(5);

    private final LinkedAccount account;
    private final Accounts accounts;
    private final SealedTokens tokens;
    private final TokenRefresh refresh;
    private final Clock clock;

    AccountTokens(LinkedAccount account, Accounts accounts, SealedTokens tokens, TokenRefresh refresh, Clock clock) {
        this.account = account;
        this.accounts = accounts;
        this.tokens = tokens;
        this.refresh = refresh;
        this.clock = clock;
    }

    @Override
    public Lent lend() {
        var row = usable(accounts.knownRow(account.userId(), account.id()));
        if (TokenRefresh.due(row, clock.instant())) {
            var problem = refresh.renew(row.id(), row.version(), false);
            if (problem.isPresent() && TokenRefresh.expired(row, clock.instant())) {
                throw problem.get().exception();
            }
            row = usable(accounts.row(account.id()));
        }
        noteUse(row);
        return new Lent(tokens.access(row), row.version());
    }

    @Override
    public Optional<Lent> lendAfterRefusal(long refusedVersion) {
        var problem = refresh.renew(account.id(), refusedVersion, true);
        if (problem.isPresent()) {
            throw problem.get().exception();
        }
        var row = usable(accounts.row(account.id()));
        return row.version() == refusedVersion
                ? Optional.empty()
                : Optional.of(new Lent(tokens.access(row), row.version()));
    }

    @Override
    public UpstreamException refused(long refusedVersion) {
        var trouble = accounts.provider(account.connector())
                .map(LinkableProvider::refusal)
                .orElse("This account is not served any more.");
        accounts.row(account.id())
                .filter(row -> row.version() == refusedVersion)
                .ifPresent(row -> accounts.needsConsent(row, trouble));
        return new UpstreamException(Kind.UNAUTHORIZED, trouble);
    }

    private ConnectionRow usable(Optional<ConnectionRow> stands) {
        var row = stands.filter(found -> found.userId().equals(account.userId()))
                .orElseThrow(() -> new UpstreamException(
                        Kind.UNAUTHORIZED,
                        "The account “" + account.label() + "” was disconnected. Link it again to use it."));
        if (row.frozen().isPresent()) {
            throw new UpstreamException(
                    Kind.FORBIDDEN,
                    "The account “" + account.label()
                            + "” was stopped to be safe. The person can let it be used again on the Connections page.");
        }
        row.trouble().ifPresent(trouble -> {
            throw new UpstreamException(Kind.UNAUTHORIZED, trouble);
        });
        return row;
    }

    private void noteUse(ConnectionRow row) {
        var now = clock.instant();
        if (row.usedAt().filter(at -> at.plus(USED_STEP).isAfter(now)).isEmpty()) {
            accounts.used(row, now);
        }
    }
}
