package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import dev.countersign.mcp.ModernEra.Exchange;

/** {@code tasks/get}, {@code tasks/update} and {@code tasks/cancel}. The tasks extension, task polling to cancellation. */
final class TaskMethods {
    private final Tasks tasks;
    private final ModernResults results;

    TaskMethods(Tasks tasks, ModernResults results) {
        this.tasks = tasks;
        this.results = results;
    }

    void serve(JsonRpc.Call call, Exchange exchange) {
        if (!Tasks.declared(ModernHeaders.capabilities(call))) {
            exchange.send(400, ModernCalls.lacking(call, Tasks.required()));
            return;
        }
        exchange.send(
                200,
                JsonRpc.result(call.id(), "\"resultType\":\"complete\"" + answer(call, exchange) + results.meta("")));
    }

    private String answer(JsonRpc.Call call, Exchange exchange) {
        var principal = exchange.principal();
        var id = JsonRpc.text(call.params(), "taskId");
        return switch (call.method()) {
            case "tasks/get" ->
                tasks.find(principal, id, ModernHeaders.capabilities(call))
                        .map(task -> "," + task.detail())
                        .orElseThrow(() -> noTask(call));
            case "tasks/update" -> acknowledged(call, tasks.update(principal, id, ModernCalls.responses(call)));
            default -> acknowledged(call, tasks.cancel(principal, id));
        };
    }

    private static String acknowledged(JsonRpc.Call call, boolean found) {
        if (!found) {
            throw noTask(call);
        }
        return "";
    }

    private static RpcException noTask(JsonRpc.Call call) {
        return ModernEra.invalid(call, "There is no such task. Make the call again.");
    }
}
