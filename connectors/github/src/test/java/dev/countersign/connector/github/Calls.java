package dev.countersign.connector.github;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.testkit.TestCall;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A call on one account, after the person saw a question at a version. */
final class Calls implements Call {
    private final TestCall call;
    private final Optional<String> shown;

    private Calls(TestCall call, Optional<String> shown) {
        this.call = call;
        this.shown = shown;
    }

    static Calls on(TestAccount account) {
        var clock = Clock.fixed(FakeGitHub.START, ZoneOffset.UTC);
        return new Calls(TestCall.on(List.of(account), clock, ZoneId.of("Europe/Berlin")), Optional.empty());
    }

    /** The same call once the person has answered what the tool asks now. */
    <I extends Record> Calls answered(Tool<I, ?> tool, I in) {
        return new Calls(call, asked(tool, in).version());
    }

    <I extends Record> Question asked(Tool<I, ?> tool, I in) {
        return tool.question().orElseThrow().about(in, this);
    }

    <I extends Record, O extends Record> O run(Tool<I, O> tool, I in) {
        return tool.run().call(in, this);
    }

    <I extends Record, O extends Record> Optional<O> recovered(Tool<I, O> tool, I in) {
        return tool.recover().orElseThrow().resultOf(in, this);
    }

    @Override
    public String id() {
        return call.id();
    }

    @Override
    public Optional<String> shownVersion() {
        return shown;
    }

    @Override
    public String person() {
        return call.person();
    }

    @Override
    public ZoneId zone() {
        return call.zone();
    }

    @Override
    public Instant now() {
        return call.now();
    }

    @Override
    public List<Account> accounts() {
        return call.accounts();
    }

    @Override
    public Account account() {
        return call.account();
    }

    @Override
    public <S> S service(Class<S> type) {
        return call.service(type);
    }

    @Override
    public <S> S service(Class<S> type, Account account) {
        return call.service(type, account);
    }

    @Override
    public Upstream upstream() {
        return call.upstream();
    }

    @Override
    public String sealCursor(String state) {
        return call.sealCursor(state);
    }

    @Override
    public String openCursor(String cursor) {
        return call.openCursor(cursor);
    }

    @Override
    public void progress(double done, double total, String message) {
        call.progress(done, total, message);
    }

    @Override
    public void checkCancelled() {
        call.checkCancelled();
    }
}
