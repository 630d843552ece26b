package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call on accounts whose services are objects of the test. */
final class FakeCall implements Call {
    static final Account WORK = account("work");
    static final Account HOME = account("home");

    private final Map<Account, List<Object>> services = new LinkedHashMap<>();
    private final Map<String, String> cursors = new HashMap<>();
    private Instant now = Instant.parse("2026-11-23T07:02:00Z");
    private ZoneId zone = ZoneId.of("Europe/Berlin");
    private int calls = 1;
    private Optional<String> shown = Optional.empty();

    static Account account(String label) {
        return new Account("acc-" + label, "fake", label, "alice@" + label + ".example", Set.of());
    }

    static FakeCall with(Object... services) {
        return new FakeCall().and(WORK, services);
    }

    FakeCall and(Account account, Object... offered) {
        services.put(account, List.of(offered));
        return this;
    }

    FakeCall at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    FakeCall in(String zoneId) {
        zone = ZoneId.of(zoneId);
        return this;
    }

    /** From now on it is another call of the same client. */
    FakeCall next() {
        calls++;
        return this;
    }

    /** The person answered this question. */
    FakeCall answering(Question question) {
        shown = question.version();
        return this;
    }

    @SuppressWarnings("unchecked")
    static <I extends Record, O extends Record> Tool<I, O> tool(String name) {
        return (Tool<I, O>) new WorkspaceTools()
                .tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public String id() {
        return "%026d".formatted(calls);
    }

    @Override
    public Optional<String> shownVersion() {
        return shown;
    }

    @Override
    public String person() {
        return "alice@example.com";
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public List<Account> accounts() {
        return new ArrayList<>(services.keySet());
    }

    @Override
    public Account account() {
        if (services.size() != 1) {
            throw new IllegalStateException("not one account");
        }
        return accounts().getFirst();
    }

    @Override
    public <S> S service(Class<S> type) {
        return service(type, account());
    }

    @Override
    public <S> S service(Class<S> type, Account account) {
        return services.get(account).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Upstream upstream() {
        throw new UnsupportedOperationException("workspace tools use services only");
    }

    @Override
    public String sealCursor(String state) {
        var cursor = "cursor" + cursors.size();
        cursors.put(cursor, state);
        return cursor;
    }

    @Override
    public String openCursor(String cursor) {
        return Optional.ofNullable(cursors.get(cursor))
                .orElseThrow(() -> new ToolException("Start again without a cursor."));
    }

    @Override
    public void progress(double done, double total, String message) {}

    @Override
    public void checkCancelled() {}
}
