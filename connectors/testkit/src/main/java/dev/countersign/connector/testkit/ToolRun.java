package dev.countersign.connector.testkit;

import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Runs a connector's own tools on one account, as the server would: arguments and results are JSON. */
public final class ToolRun {
    private final TestAccount account;
    private final Clock clock;

    public ToolRun(TestAccount account) {
        this(account, Clock.systemUTC());
    }

    public ToolRun(TestAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** What a call gives, as JSON. It fails as the tool fails. */
    public String result(String tool, String arguments) {
        return result(tool(tool), arguments);
    }

    /** What models read of a result: the tool's text, or else the JSON. */
    public String text(String tool, String arguments) {
        return text(tool(tool), arguments);
    }

    /** What the person is asked before such a call. Fails with {@link IllegalArgumentException} for a tool that asks nothing. */
    public Question question(String tool, String arguments) {
        return question(tool(tool), arguments);
    }

    private <I extends Record> String result(Tool<I, ?> tool, String arguments) {
        return TestJson.write(tool.run().call(TestJson.read(arguments, tool.input()), call()));
    }

    private <I extends Record, O extends Record> String text(Tool<I, O> tool, String arguments) {
        var out = tool.run().call(TestJson.read(arguments, tool.input()), call());
        return tool.text().map(text -> text.apply(out)).orElseGet(() -> TestJson.write(out));
    }

    private <I extends Record> Question question(Tool<I, ?> tool, String arguments) {
        return tool.question()
                .orElseThrow(() -> new IllegalArgumentException(tool.name() + " asks nothing"))
                .about(TestJson.read(arguments, tool.input()), call());
    }

    private TestCall call() {
        return TestCall.on(List.of(account), clock, ZoneOffset.UTC);
    }

    private Tool<?, ?> tool(String name) {
        return account.connector().tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the connector has no tool " + name));
    }
}
