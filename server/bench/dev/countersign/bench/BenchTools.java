package dev.countersign.bench;

import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import dev.countersign.connector.workspace.MailService;
import java.util.List;

/** Two tools on local data, so that the server is measured and no provider: one that reads an account's name, one that acts. */
public final class BenchTools implements Toolset {
    /** Stands in every right answer. */
    static final String WORDS = "the quick brown fox";

    public record Input(String text) {}

    public record Output(String words, String account) {}

    @Override
    public List<Tool<?, ?>> tools() {
        return List.of(read(), write());
    }

    private static Tool<Input, Output> read() {
        return Tool.read("bench_read", "Read", Input.class, Output.class)
                .description("Gives words.")
                .scopes("mail:read")
                .service(MailService.class)
                .text(Output::words)
                .run((in, call) -> new Output(WORDS + " " + in.text(), call.account().address()));
    }

    private static Tool<Input, Output> write() {
        return Tool.act(Effect.WRITE, "bench_write", "Write", Input.class, Output.class)
                .description("Notes words.")
                .scopes("calendar:write")
                .accounts(Tool.Accounts.NONE)
                .ask((in, call) -> Question.of("Note words").with("Words", in.text()))
                .text(Output::words)
                .run((in, call) -> new Output(WORDS + " " + in.text(), ""));
    }
}
