package dev.countersign.client;

import dev.countersign.client.RpcMessage.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.TreeMap;

/** Requests of 2026-07-28 and later: each stands alone, with headers that mirror it. */
final class ModernRequests {
    /** MCP 2026-07-28, streamable HTTP, server validation. */
    private static final int HEADER_MISMATCH = -32020;

    private static final int MOST_PAGES = 20;

    private final McpPost endpoint;
    private final ToolParameters parameters = new ToolParameters();

    ModernRequests(McpPost endpoint) {
        this.endpoint = endpoint;
    }

    /** Gives the status of the answer, which counts where there was no message in it. */
    int serve(RpcMessage message, String method, String version, UnderWay request)
            throws IOException, InterruptedException, SignInException, UnreadableException {
        var response = post(message, method, version);
        if (response.statusCode() != 400) {
            return pass(response, method, request);
        }
        var refusal = ServerMessages.single(response);
        if (method.equals("tools/call")
                && refusal.filter(ModernRequests::isMismatch).isPresent()) {
            readTools(message, version); // the client may have read them before the bridge was there
            return pass(post(message, method, version), method, request);
        }
        refusal.ifPresent(request::pass);
        return response.statusCode();
    }

    private HttpResponse<InputStream> post(RpcMessage message, String method, String version)
            throws IOException, InterruptedException, SignInException, UnreadableException {
        var headers = new TreeMap<>(RequestMetadata.headers(message, method, version));
        if (method.equals("tools/call")) {
            headers.putAll(parameters.headers(message));
        }
        return endpoint.post(message.bytes(), headers, true);
    }

    private int pass(HttpResponse<InputStream> response, String method, UnderWay request) throws IOException {
        ServerMessages.read(response, message -> {
            if (method.equals("tools/list")) {
                parameters.learn(message.result());
            }
            request.pass(message);
        });
        return response.statusCode();
    }

    private static boolean isMismatch(RpcMessage refusal) {
        return refusal.error().path("code").asInt(0) == HEADER_MISMATCH;
    }

    private void readTools(RpcMessage call, String version)
            throws IOException, InterruptedException, SignInException, UnreadableException {
        var cursor = Optional.of("");
        for (int page = 0; cursor.isPresent() && page < MOST_PAGES; page++) {
            var list = list(call, cursor.get());
            var answer = ServerMessages.single(post(list, "tools/list", version));
            answer.ifPresent(each -> parameters.learn(each.result()));
            cursor = answer.flatMap(each -> each.result().path("nextCursor").stringValueOpt());
        }
    }

    /** With the metadata of the call, under an id that no client has. */
    private static RpcMessage list(RpcMessage call, String cursor) throws UnreadableException {
        var list = RpcMessage.JSON
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", "countersign-stdio-tools")
                .put("method", "tools/list");
        var params = list.putObject("params");
        params.set("_meta", call.params().path("_meta"));
        if (!cursor.isEmpty()) {
            params.put("cursor", cursor);
        }
        return RpcMessage.read(RpcMessage.JSON.writeValueAsBytes(list));
    }

    /** Tells the server of something, which it does not answer. Says whether the server took it. */
    boolean tell(RpcMessage message, String method, String version)
            throws IOException, InterruptedException, SignInException, UnreadableException {
        var response = endpoint.post(message.bytes(), RequestMetadata.headers(message, method, version), false);
        response.body().close();
        return response.statusCode() / 100 == 2;
    }
}
