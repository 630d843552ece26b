package dev.countersign.mcp;

import dev.countersign.oauth.Principal;
import dev.countersign.vault.RandomToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks in memory, and the tools of the scenarios that begin them. */
final class FixtureTasks implements Tasks, AutoCloseable {
    private static final String NO_ARGUMENTS = "{\"type\":\"object\",\"properties\":{}}";

    private final Map<String, Held> all = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

    /** @param resume what comes when all that is open has been answered */
    private record Held(Principal owner, Task task, ObjectNode answered, Function<ObjectNode, Task.Stage> resume) {}

    List<FixtureTool> tools() {
        var tools = new ArrayList<FixtureTool>();
        tools.add(FixtureTools.tool(
                "slow_compute",
                "{\"type\":\"object\",\"properties\":{\"seconds\":{\"type\":\"number\"},\"label\":{\"type\":\"string\"}}}",
                this::slow));
        tools.add(FixtureTools.tool(
                "failing_job",
                NO_ARGUMENTS,
                request -> required(
                        request,
                        () -> after(request, Duration.ofMillis(200), completed(ToolJson.failure("The job failed."))))));
        tools.add(FixtureTools.tool(
                "protocol_error_job",
                NO_ARGUMENTS,
                request -> required(
                        request,
                        () -> after(
                                request,
                                Duration.ofMillis(200),
                                new Task.Stage.Failed(JsonRpc.INTERNAL_ERROR, "The job broke.")))));
        tools.add(FixtureTools.tool(
                "confirm_delete",
                "{\"type\":\"object\",\"properties\":{\"filename\":{\"type\":\"string\"}}}",
                request -> request.round().takesTasks()
                        ? asking(request, "confirm")
                        : FixtureTools.words("Nothing was deleted: it must be confirmed.")));
        tools.add(FixtureTools.tool(
                "multi_input", NO_ARGUMENTS, request -> required(request, () -> asking(request, "first", "second"))));
        tools.add(FixtureTools.tool("test_tool_with_task", NO_ARGUMENTS, this::afterRounds));
        return tools;
    }

    private Answer slow(ToolRequest request) {
        var seconds = request.arguments().path("seconds").doubleValue(0);
        var done = (Answer.Result) FixtureTools.words("Computed for " + seconds + " s");
        return request.round().takesTasks()
                ? after(request, Duration.ofMillis((long) (seconds * 1000)), completed(done))
                : done;
    }

    private Answer afterRounds(ToolRequest request) {
        var name = FixtureTools.brought(request, "user_name");
        if (name.isEmpty()) {
            return FixtureTools.asks(
                    "user_name",
                    FixtureTools.elicitation("What is your name?", "{\"name\":{\"type\":\"string\"}}", "name"));
        }
        var greeting = (Answer.Result) FixtureTools.words("Hello, " + FixtureTools.field(name.get(), "name") + "!");
        return required(request, () -> after(request, Duration.ofMillis(200), completed(greeting)));
    }

    private static Answer required(ToolRequest request, java.util.function.Supplier<Answer> begin) {
        return request.round().takesTasks() ? begin.get() : new Answer.Lacking(Tasks.required());
    }

    private static Task.Stage completed(Answer.Result result) {
        return new Task.Stage.Completed(result.members());
    }

    private Answer after(ToolRequest request, Duration wait, Task.Stage end) {
        var id = begin(request.principal(), new Task.Stage.Working(), answered -> end);
        var _ = later.schedule(() -> move(id, end), wait.toMillis(), TimeUnit.MILLISECONDS);
        return new Answer.Started(id);
    }

    private Answer asking(ToolRequest request, String... keys) {
        var requests = FixtureTools.object("{}");
        for (var key : keys) {
            var form = FixtureTools.elicitation("Confirm " + key, "{\"confirm\":{\"type\":\"boolean\"}}", "confirm");
            requests.putObject(key).put("method", form.method()).set("params", form.params());
        }
        return new Answer.Started(begin(
                request.principal(),
                new Task.Stage.InputRequired(requests),
                answered -> completed((Answer.Result) FixtureTools.words("Answered: " + answered))));
    }

    private String begin(Principal owner, Task.Stage stage, Function<ObjectNode, Task.Stage> resume) {
        var id = RandomToken.id();
        var now = Instant.now();
        var task = new Task(id, stage, "Under way", now, now, Duration.ofHours(1));
        all.put(id, new Held(owner, task, FixtureTools.object("{}"), resume));
        return id;
    }

    private void move(String id, Task.Stage next) {
        all.computeIfPresent(id, (key, held) -> ended(held.task()) ? held : with(held, next, held.answered()));
        listeners.forEach(listener -> listener.accept(id));
    }

    private static boolean ended(Task task) {
        return switch (task.stage()) {
            case Task.Stage.Working w -> false;
            case Task.Stage.InputRequired i -> false;
            case Task.Stage.Completed c -> true;
            case Task.Stage.Failed f -> true;
            case Task.Stage.Cancelled c -> true;
        };
    }

    private static Held with(Held held, Task.Stage next, ObjectNode answered) {
        var task = held.task();
        var moved = new Task(task.id(), next, "", task.createdAt(), Instant.now(), task.kept());
        return new Held(held.owner(), moved, answered, held.resume());
    }

    private Optional<Held> held(Principal principal, String id) {
        return Optional.ofNullable(all.get(id))
                .filter(held -> held.owner().userId().equals(principal.userId())
                        && held.owner().clientId().equals(principal.clientId()));
    }

    @Override
    public Optional<Task> find(Principal principal, String id, ObjectNode capabilities) {
        return held(principal, id).map(Held::task);
    }

    @Override
    public boolean update(Principal principal, String id, Map<String, JsonNode> responses) {
        if (held(principal, id).isEmpty()) {
            return false;
        }
        all.computeIfPresent(id, (key, held) -> answered(held, responses));
        listeners.forEach(listener -> listener.accept(id));
        return true;
    }

    private static Held answered(Held held, Map<String, JsonNode> responses) {
        if (!(held.task().stage() instanceof Task.Stage.InputRequired(var requests))) {
            return held;
        }
        var open = requests.deepCopy();
        var answered = held.answered().deepCopy();
        responses.forEach((key, response) -> {
            if (open.remove(key) != null) {
                answered.set(key, response);
            }
        });
        var next = open.isEmpty() ? held.resume().apply(answered) : new Task.Stage.InputRequired(open);
        return with(held, next, answered);
    }

    @Override
    public boolean cancel(Principal principal, String id) {
        if (held(principal, id).isEmpty()) {
            return false;
        }
        move(id, new Task.Stage.Cancelled());
        return true;
    }

    @Override
    public void listen(Consumer<String> changed) {
        listeners.add(changed);
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
