package dev.countersign.connections;

import dev.countersign.connections.Profiles.Profile;
import dev.countersign.connector.Connector.Identity;
import dev.countersign.store.ConnectionTable;
import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.Database;
import dev.countersign.vault.RandomToken;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes links: an account that is linked already gets new tokens, another becomes one more. Labels are kept unique. */
final class Linking {
    static final int MOST_LABEL = 40;

    /** Each lost race lets another one through, so so many at once is beyond any person. */
    private static final int MOST_TRIES = 8;

    private final Database database;
    private final ConnectionTable table = new ConnectionTable();
    private final Accounts accounts;
    private final Profiles profiles;
    private final SealedTokens tokens;
    private final Clock clock;

    Linking(Database database, Accounts accounts, Profiles profiles, SealedTokens tokens, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.profiles = profiles;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The linked account as it stands then. */
    LinkedAccount link(NewLink link) {
        for (int i = 0; i < MOST_TRIES; i++) {
            var subject = profiles.subjectDigest(
                    link.userId(), link.linkable().id(), link.identity().subject());
            var before = database.read(
                    c -> table.bySubject(c, link.userId(), link.linkable().id(), subject));
            var row = row(link, before);
            if (written(row, before.isPresent())) {
                return accounts.account(accounts.row(row.id()).orElse(row));
            }
        }
        throw new IllegalStateException("an account changed again and again while it was linked");
    }

    /** Whether a refresh token is held for this account, and works as far as is known. */
    boolean holdsRefreshToken(String userId, LinkableProvider linkable, Identity identity) {
        var subject = profiles.subjectDigest(userId, linkable.id(), identity.subject());
        return database.read(c -> table.bySubject(c, userId, linkable.id(), subject))
                .filter(row -> row.trouble().isEmpty())
                .flatMap(tokens::refresh)
                .isPresent();
    }

    /** Gives another name; false when the account is gone or another has that name. */
    boolean rename(String userId, String id, String label) {
        for (int i = 0; i < MOST_TRIES; i++) {
            var row = accounts.row(id).filter(found -> found.userId().equals(userId));
            if (row.isEmpty() || taken(userId, label, id)) {
                return false;
            }
            var profile = profiles.open(row.get()).called(label);
            var sealed = profiles.seal(
                    userId,
                    row.get().connector(),
                    id,
                    profile,
                    row.get().profile().version() + 1);
            if (database.write(
                    c -> !table.hasLabel(c, userId, sealed.labelDigest(), id) && table.rename(c, id, sealed))) {
                return true;
            }
        }
        return false;
    }

    private boolean written(ConnectionRow row, boolean again) {
        return database.write(c -> {
            if (table.hasLabel(c, row.userId(), row.profile().labelDigest(), row.id())) {
                return false;
            }
            if (again) {
                return table.relink(c, row);
            }
            if (table.bySubject(c, row.userId(), row.connector(), row.profile().subjectDigest())
                    .isPresent()) {
                return false;
            }
            table.insert(c, row);
            return true;
        });
    }

    private ConnectionRow row(NewLink link, Optional<ConnectionRow> before) {
        var id = before.map(ConnectionRow::id).orElseGet(RandomToken::id);
        var version = before.map(ConnectionRow::version).orElse(0L) + 1;
        var profileVersion = before.map(row -> row.profile().version()).orElse(0L) + 1;
        var now = clock.instant();
        // a provider that gives a refresh token at the first consent only leaves the one that is held
        var held = link.answer().refresh().isPresent()
                ? Optional.<dev.countersign.vault.Secret>empty()
                : before.flatMap(tokens::refresh);
        var profile = new Profile(
                link.identity().subject(),
                label(link, before, id),
                link.identity().address());
        return new ConnectionRow(
                id,
                link.userId(),
                link.linkable().id(),
                profiles.seal(link.userId(), link.linkable().id(), id, profile, profileVersion),
                Accounts.joined(link.linkable().ourScopes(link.granted())),
                Accounts.joined(link.granted()),
                before.flatMap(ConnectionRow::frozen),
                Optional.empty(),
                before.map(ConnectionRow::linkedAt).orElse(now),
                before.flatMap(ConnectionRow::usedAt),
                tokens.seal(link.userId(), id, version, link.answer(), held, now),
                version,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What the person wrote, else what it was called, else the address; with a number when another has that name. */
    private String label(NewLink link, Optional<ConnectionRow> before, String id) {
        var wish = link.label().isEmpty()
                ? before.map(row -> profiles.open(row).label())
                        .orElse(link.identity().address())
                : link.label();
        var others = accounts.of(link.userId()).stream()
                .filter(account -> !account.id().equals(id))
                .map(account -> account.label().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return unique(wish.isEmpty() ? link.linkable().name() : wish, others);
    }

    private static String unique(String wish, Set<String> others) {
        var label = wish;
        for (int number = 2; others.contains(label.toLowerCase(Locale.ROOT)); number++) {
            label = wish + " " + number;
        }
        return label;
    }

    private boolean taken(String userId, String label, String id) {
        return accounts.of(userId).stream()
                .anyMatch(account -> !account.id().equals(id) && account.label().equalsIgnoreCase(label));
    }
}
