package dev.countersign.bench;

import dev.countersign.connections.LentToken;
import dev.countersign.connector.Call;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.MailService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Tools on local data, so that the server is measured and no provider. Those that read and act use a linked account up to its
 * opened token, and send nothing.
 */
public final class BenchTools implements Toolset {
    /** Stands in every right answer. */
    static final String WORDS = "the quick brown fox";

    public record Input(String text) {}

    public record Words(String words) {}

    public record AccountInput(String text, Optional<String> account) {}

    public record Output(String words, String account) {}

    @Override
    public List<Tool<?, ?>> tools() {
        return List.of(read(), write(), hold());
    }

    private static Tool<AccountInput, Output> read() {
        return Tool.read("bench_read", "Read", AccountInput.class, Output.class)
                .description("Gives words.")
                .scopes("mail:read")
                .service(MailService.class)
                .text(Output::words)
                .run((in, call) -> withAccount(in, call));
    }

    private static Tool<AccountInput, Output> write() {
        return Tool.act(Effect.WRITE, "bench_write", "Write", AccountInput.class, Output.class)
                .description("Notes words.")
                .scopes("calendar:write")
                .service(CalendarService.class)
                .ask((in, call) -> Question.of("Note words").with("Words", in.text()))
                .text(Output::words)
                .run((in, call) -> withAccount(in, call));
    }

    private static Output withAccount(AccountInput in, Call call) {
        if (LentToken.length(call.upstream()) == 0) {
            throw new IllegalStateException("the account has no token");
        }
        return new Output(words(in.text()), call.account().address());
    }

    /** Says that it has begun, and then waits until its client is gone. */
    private static Tool<Input, Words> hold() {
        return Tool.read("bench_hold", "Hold", Input.class, Words.class)
                .description("Waits.")
                .scopes("mail:read")
                .accounts(Tool.Accounts.NONE)
                .run((in, call) -> {
                    call.progress(0, 1, WORDS);
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        call.checkCancelled();
                    }
                    return new Words(in.text());
                });
    }

    /** Needs nobody and nothing. */
    public static Tool<Input, Words> echo() {
        return Tool.read("bench_echo", "Echo", Input.class, Words.class)
                .description("Gives words.")
                .accounts(Tool.Accounts.NONE)
                .text(Words::words)
                .run((in, call) -> words(in));
    }

    public static Words words(Input in) {
        return new Words(words(in.text()));
    }

    private static String words(String text) {
        return WORDS + " " + text;
    }
}
