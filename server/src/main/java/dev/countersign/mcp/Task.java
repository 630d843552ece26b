package dev.countersign.mcp;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as it stands. The tasks extension, Task and DetailedTask.
 *
 * @param message about the status, for person and model; may be empty
 * @param kept how long after its creation it can be asked for at least
 */
public record Task(String id, Stage stage, String message, Instant createdAt, Instant updatedAt, Duration kept) {
    /** How often a client should ask. */
    private static final Duration POLL = Duration.ofSeconds(2);

    /** The status, with what belongs to it. */
    public sealed interface Stage {
        record Working() implements Stage {}

        /** @param requests to the client, by keys that are used once in the life of the task */
        record InputRequired(ObjectNode requests) implements Stage {}

        /** @param members the result of the request, without its braces */
        record Completed(String members) implements Stage {}

        /** Only for errors of the protocol: a tool that failed has completed. */
        record Failed(int code, String sentence) implements Stage {}

        record Cancelled() implements Stage {}
    }

    /** Members of a CreateTaskResult: no result, no requests. */
    String seed() {
        var task = JsonNodeFactory.instance.objectNode().put("taskId", id).put("status", status());
        if (!message.isEmpty()) {
            task.put("statusMessage", message);
        }
        task.put("createdAt", createdAt.toString()).put("lastUpdatedAt", updatedAt.toString());
        task.put("ttlMs", kept.toMillis()).put("pollIntervalMs", POLL.toMillis());
        var text = task.toString();
        return text.substring(1, text.length() - 1);
    }

    /** Members of a DetailedTask. */
    String detail() {
        return seed()
                + switch (stage) {
                    case Stage.Working w -> "";
                    case Stage.Cancelled c -> "";
                    case Stage.InputRequired(var requests) -> ",\"inputRequests\":" + requests;
                    case Stage.Completed(var members) -> ",\"result\":{" + members + "}";
                    case Stage.Failed(int code, var sentence) ->
                        ",\"error\":"
                                + JsonNodeFactory.instance
                                        .objectNode()
                                        .put("code", code)
                                        .put("message", sentence);
                };
    }

    private String status() {
        return switch (stage) {
            case Stage.Working w -> "working";
            case Stage.InputRequired i -> "input_required";
            case Stage.Completed c -> "completed";
            case Stage.Failed f -> "failed";
            case Stage.Cancelled c -> "cancelled";
        };
    }
}
