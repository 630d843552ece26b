package dev.countersign.retrieval;

import dev.countersign.connections.ServerCall;
import dev.countersign.connector.Account;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Upstream;
import dev.countersign.oauth.Principal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** A call of one person, as the server's own tools see it. */
record FakeCall(String userId) implements ServerCall {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");

    /** The person calls the tool. */
    @SuppressWarnings("unchecked")
    static <O extends Record> O run(Class<O> output, Tool<?, ?> tool, Record input, String userId) {
        return output.cast(((Tool<Record, Record>) tool).run().call(input, new FakeCall(userId)));
    }

    @Override
    public Principal principal() {
        return new Principal(userId, "client", "Client", "grant", Set.of("search"), NOW);
    }

    @Override
    public String id() {
        return "0123456789abcdefghjkmnpqrs";
    }

    @Override
    public String person() {
        return userId + "@example.com";
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("Europe/Berlin");
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public List<Account> accounts() {
        return List.of();
    }

    @Override
    public Account account() {
        throw new UnsupportedOperationException("the tool uses no account");
    }

    @Override
    public <S> S service(Class<S> type) {
        throw new UnsupportedOperationException("the tool uses no account");
    }

    @Override
    public <S> S service(Class<S> type, Account account) {
        throw new UnsupportedOperationException("the tool uses no account");
    }

    @Override
    public Upstream upstream() {
        throw new UnsupportedOperationException("the tool uses no account");
    }

    @Override
    public String sealCursor(String state) {
        throw new UnsupportedOperationException("the tool has no pages");
    }

    @Override
    public String openCursor(String cursor) {
        throw new UnsupportedOperationException("the tool has no pages");
    }

    @Override
    public void progress(double done, double total, String message) {
        // nobody asked
    }

    @Override
    public void checkCancelled() {
        // nobody left
    }
}
