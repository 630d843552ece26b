package dev.countersign.connections;

import dev.countersign.store.ConnectionTable;
import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.Database;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the answer of a token endpoint into its row: first into the spool, then by version. */
final class RefreshCommit {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshCommit.class);
    private static final int MOST_TRIES = 5;

    private final Database database;
    private final ConnectionTable table = new ConnectionTable();
    private final Accounts accounts;
    private final SealedTokens tokens;
    private final RefreshSpool spool;
    private final Revocations revocations;
    private final Clock clock;

    RefreshCommit(
            Database database,
            Accounts accounts,
            SealedTokens tokens,
            RefreshSpool spool,
            Revocations revocations,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.tokens = tokens;
        this.spool = spool;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** @param used the refresh token that was given for the answer */
    void keep(ConnectionRow row, Secret used, TokenAnswer answer) {
        var at = clock.instant();
        var kept = spooled(row, answer, at);
        commit(row, Optional.of(used), answer, at);
        kept.ifPresent(spool::remove);
    }

    /** A full disk must not lose the answer: the database may still take it. */
    private Optional<Path> spooled(ConnectionRow row, TokenAnswer answer, Instant at) {
        try {
            return Optional.of(spool.keep(row.userId(), row.id(), row.version() + 1, answer, at));
        } catch (IOException e) {
            LOG.error("a refreshed token could not be spooled: account={}", row.id(), e);
            return Optional.empty();
        }
    }

    /** Takes up what was answered but not committed. */
    void replay() {
        for (var kept : spool.kept()) {
            var row = accounts.row(kept.connectionId())
                    .filter(found -> found.userId().equals(kept.userId()));
            if (row.isPresent() && row.get().version() == kept.version() - 1) {
                commit(row.get(), tokens.refresh(row.get()), kept.answer(), kept.at());
                LOG.info("a refreshed token was taken up again: account={}", kept.connectionId());
            } else if (row.isPresent()) {
                lost(row.get(), kept.answer());
            }
            spool.remove(kept.file());
        }
    }

    private void commit(ConnectionRow row, Optional<Secret> used, TokenAnswer answer, Instant at) {
        var version = row.version() + 1;
        var columns = tokens.seal(row.userId(), row.id(), version, answer, used, at);
        var granted = answer.granted(Accounts.split(row.providerScopes()));
        var ours = Accounts.joined(accounts.provider(row).ourScopes(granted));
        var done = database.write(c -> table.commit(c, row.id(), version, columns, ours, Accounts.joined(granted)));
        if (!done) {
            lost(row, answer);
            return;
        }
        accounts.forget(row.userId());
        if (!ours.equals(row.scopes()) || row.trouble().isPresent()) {
            accounts.tellChanged(row.id());
        }
    }

    /** Another was first: its tokens stand, and ours are tried should they fail. An account that is gone needs none. */
    private void lost(ConnectionRow row, TokenAnswer answer) {
        var refresh = answer.refresh();
        if (refresh.isEmpty()) {
            return;
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            var stands = accounts.row(row.id());
            if (stands.isEmpty()) {
                revocations.end(accounts.provider(row), row.userId(), refresh.get());
                return;
            }
            if (refresh.equals(tokens.refresh(stands.get())) || refresh.equals(tokens.previous(stands.get()))) {
                return; // the very answer that stands
            }
            var sealed = tokens.sealCandidate(stands.get(), refresh.get());
            if (database.write(
                    c -> table.keepCandidate(c, row.id(), stands.get().version(), sealed))) {
                return;
            }
        }
    }
}
