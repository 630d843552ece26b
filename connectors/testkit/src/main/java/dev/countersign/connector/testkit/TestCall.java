package dev.countersign.connector.testkit;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/** A call on accounts of a test. Cursors are numbers that only this call and {@link #next} of it can open. */
public final class TestCall implements Call {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ID_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final String id;
    private final List<TestAccount> accounts;
    private final Clock clock;
    private final ZoneId zone;
    private final Map<String, String> cursors;

    private TestCall(String id, List<TestAccount> accounts, Clock clock, ZoneId zone, Map<String, String> cursors) {
        this.id = id;
        this.accounts = List.copyOf(accounts);
        this.clock = clock;
        this.zone = zone;
        this.cursors = cursors;
    }

    public static TestCall on(List<TestAccount> accounts, Clock clock, ZoneId zone) {
        return new TestCall(newId(), accounts, clock, zone, new ConcurrentHashMap<>());
    }

    /** Another call of the same client: it can open the cursors of this one. */
    public TestCall next() {
        return new TestCall(newId(), accounts, clock, zone, cursors);
    }

    private static String newId() {
        return RANDOM.ints(26, 0, ID_CHARACTERS.length())
                .map(ID_CHARACTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String person() {
        return accounts.isEmpty()
                ? "person@example.com"
                : accounts.getFirst().account().address();
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public List<Account> accounts() {
        return accounts.stream().map(TestAccount::account).toList();
    }

    @Override
    public Account account() {
        return only().account();
    }

    private TestAccount only() {
        if (accounts.size() != 1) {
            throw new IllegalStateException("this call has " + accounts.size() + " accounts");
        }
        return accounts.getFirst();
    }

    @Override
    public <S> S service(Class<S> type) {
        return service(type, account());
    }

    @Override
    public <S> S service(Class<S> type, Account account) {
        return accounts.stream()
                .filter(one -> one.account().equals(account))
                .findFirst()
                .flatMap(one -> one.service(type))
                .orElseThrow(() -> new IllegalStateException(account.id() + " offers no " + type.getSimpleName()));
    }

    @Override
    public Upstream upstream() {
        return only().upstream();
    }

    @Override
    public String sealCursor(String state) {
        var cursor = "cursor-" + (cursors.size() + 1);
        cursors.put(cursor, state);
        return cursor;
    }

    @Override
    public String openCursor(String cursor) {
        return Optional.ofNullable(cursors.get(cursor))
                .orElseThrow(() -> new ToolException("The cursor is not valid. Start again without one."));
    }

    @Override
    public void progress(double done, double total, String message) {
        if (done < 0 || done > total || message.isBlank()) {
            throw new IllegalArgumentException("progress goes from 0 to the total, in words");
        }
    }

    @Override
    public void checkCancelled() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
    }
}
