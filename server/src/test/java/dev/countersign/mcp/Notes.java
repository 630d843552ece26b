package dev.countersign.mcp;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A small tool of each kind, whose body, question and recovery do what the test says. */
final class Notes {
    static final String READ = "note_read";
    static final String WRITE = "note_write";
    static final String POST = "note_post";
    static final String LINKED = "note_linked";

    /** What the tools work on. */
    interface Service {}

    enum Color {
        RED,
        BLUE
    }

    record In(
            @Doc(value = "The text.", max = 100) String text,
            int times,
            double weight,
            Optional<Color> color,
            List<String> tags) {}

    record LinkedIn(Optional<String> account) {}

    record Out(String words) {}

    /** What each body was entered with. */
    final Queue<In> ran = new ConcurrentLinkedQueue<>();

    final Queue<String> ids = new ConcurrentLinkedQueue<>();

    volatile Tool.Run<In, Out> body = (in, call) -> new Out(in.text());
    volatile Tool.Ask<In> question = (in, call) -> Question.of("Write note").with("Text", in.text());
    volatile Tool.Recover<In, Out> recovery = (in, call) -> Optional.empty();

    List<Tool<?, ?>> tools() {
        return List.of(
                Tool.read(READ, "Read note", In.class, Out.class)
                        .description("Reads.")
                        .accounts(Tool.Accounts.NONE)
                        .scopes("search")
                        .run(this::run),
                write("Writes."),
                Tool.act(Effect.WRITE, POST, "Post note", In.class, Out.class)
                        .description("Posts, and cannot say later whether it did.")
                        .accounts(Tool.Accounts.NONE)
                        .ask((in, call) -> question.about(in, call))
                        .run(this::run),
                Tool.read(LINKED, "Read linked note", LinkedIn.class, Out.class)
                        .description("Reads from an account.")
                        .service(Service.class)
                        .run((in, call) -> new Out("linked")));
    }

    Tool<In, Out> write(String description) {
        return Tool.act(Effect.WRITE, WRITE, "Write note", In.class, Out.class)
                .description(description)
                .accounts(Tool.Accounts.NONE)
                .scopes("search")
                .ask((in, call) -> question.about(in, call))
                .recover((in, call) -> recovery.resultOf(in, call))
                .run(this::run);
    }

    private Out run(In in, Call call) {
        ran.add(in);
        ids.add(call.id());
        return body.call(in, call);
    }
}
