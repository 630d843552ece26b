package dev.countersign.identity;

import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.store.Database;
import dev.countersign.store.SignInThrottleTable;
import dev.countersign.store.SignInThrottleTable.ThrottleRow;
import dev.countersign.vault.RandomToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Refuses sign-ins for a growing time after failures, by account and by network address. An attempt is counted before the
 * password is looked at, so that a burst of guesses at once counts like the same guesses one after another.
 */
final class SignInThrottle {
    private static final int FREE_OF_ACCOUNT = 5;
    private static final int FREE_OF_ADDRESS = 30;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** Longer would let a stranger lock somebody out. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /** After a day without an attempt the count starts anew. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final Database database;
    private final SignInThrottleTable table = new SignInThrottleTable();
    private final Clock clock;

    SignInThrottle(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Counts an attempt as failed until it succeeds; 429 when it comes too early. */
    void attempt(String email, Request.Client client) {
        var now = clock.instant();
        var wait = database.write(c -> {
            var account = waiting(c, account(email), now);
            var address = waiting(c, address(client), now);
            var longer = account.compareTo(address) > 0 ? account : address;
            if (longer.isZero()) {
                count(c, account(email), FREE_OF_ACCOUNT, now);
                count(c, address(client), FREE_OF_ADDRESS, now);
            }
            return longer;
        });
        if (!wait.isZero()) {
            throw new HttpException(429, "Too many failed sign-ins. Try again in " + words(wait) + ".");
        }
    }

    void succeeded(String email, Request.Client client) {
        database.write(c -> {
            table.delete(c, account(email));
            var address = table.of(c, address(client));
            if (address.isPresent()) {
                var row = address.get();
                table.put(
                        c,
                        address(client),
                        new ThrottleRow(Math.max(0, row.failures() - 1), Instant.EPOCH, row.lastAt()));
            }
            return null;
        });
    }

    private Duration waiting(Connection connection, String subject, Instant now) throws SQLException {
        var row = table.of(connection, subject);
        return row.filter(r -> r.refusedUntil().isAfter(now))
                .map(r -> Duration.between(now, r.refusedUntil()))
                .orElse(Duration.ZERO);
    }

    private void count(Connection connection, String subject, int free, Instant now) throws SQLException {
        table.deleteOlder(connection, now.minus(FORGOTTEN_AFTER));
        int failures = table.of(connection, subject).map(ThrottleRow::failures).orElse(0) + 1;
        var refusedUntil = failures < free ? Instant.EPOCH : now.plus(wait(failures - free));
        table.put(connection, subject, new ThrottleRow(failures, refusedUntil, now));
    }

    private static Duration wait(int doublings) {
        if (doublings >= 9) {
            return LONGEST_WAIT;
        }
        var wait = FIRST_WAIT.multipliedBy(1L << doublings);
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String account(String email) {
        return RandomToken.sha256("account\n" + email);
    }

    private static String address(Request.Client client) {
        return RandomToken.sha256("address\n" + client.network());
    }

    private static String words(Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return seconds < 60 ? count(seconds, "second") : count((seconds + 59) / 60, "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
