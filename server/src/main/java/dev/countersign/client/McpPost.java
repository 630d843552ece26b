package dev.countersign.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Sends to the one MCP address with the person's token, and again with another where the server asks for one. */
final class McpPost {
    /** One that has run out, one that does not reach far enough, one that does; more have lost their way. */
    private static final int MOST_TOKENS = 3;

    /** Until the answer begins: a call that takes long begins to answer at once. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final HttpClient http;
    private final URI mcp;
    private final PersonsTokens tokens;

    McpPost(HttpClient http, URI mcp, PersonsTokens tokens) {
        this.http = http;
        this.mcp = mcp;
        this.tokens = tokens;
    }

    /** @param mayAsk whether the person may be sent to sign in for this */
    HttpResponse<InputStream> post(byte[] message, Map<String, String> headers, boolean mayAsk)
            throws IOException, InterruptedException, SignInException {
        var request = HttpRequest.newBuilder(mcp)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message));
        headers.forEach(request::header);
        return send(request, mayAsk);
    }

    /** MCP 2025-11-25, listening for messages from the server. */
    HttpResponse<InputStream> listen(Map<String, String> headers)
            throws IOException, InterruptedException, SignInException {
        var request = HttpRequest.newBuilder(mcp).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        return send(request, false);
    }

    /** MCP 2025-11-25, session management: ends the session. */
    void delete(Map<String, String> headers, Duration atMost) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(mcp)
                .DELETE()
                .timeout(atMost)
                .setHeader("Authorization", "Bearer " + tokens.current());
        headers.forEach(request::header);
        http.send(request.build(), BodyHandlers.discarding());
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request, boolean mayAsk)
            throws IOException, InterruptedException, SignInException {
        request.timeout(TIMEOUT);
        for (int tokensTried = 1; ; tokensTried++) {
            var token = tokens.current();
            if (!token.isEmpty()) {
                request.setHeader("Authorization", "Bearer " + token);
            }
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            var challenge = Challenge.of(response);
            if (!wantsToken(response.statusCode(), challenge) || tokensTried == MOST_TOKENS) {
                return response;
            }
            response.body().close();
            tokens.replace(new PersonsTokens.Want(token, challenge, mayAsk));
        }
    }

    /** MCP 2026-07-28, authorization, error handling. */
    private static boolean wantsToken(int status, Challenge challenge) {
        return status == 401 || (status == 403 && challenge.asksForScopes());
    }
}
