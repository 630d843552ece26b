package dev.countersign.client;

import dev.countersign.client.RpcMessage.UnreadableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.util.Map;

/** What a client is told when the bridge cannot give it the server's answer: what happened, and what to do. */
final class Failures {
    /** Member of an error's data that tells it from the server's own. */
    private static final String WHY = "dev.countersign/bridge";

    private final URI mcp;
    private final ClientPipe client;

    Failures(URI mcp, ClientPipe client) {
        this.mcp = mcp;
        this.client = client;
    }

    /** Answers a request that failed. */
    void tell(UnderWay request, Exception failure) {
        switch (failure) {
            case SignInException signIn ->
                request.fail(RpcMessage.INTERNAL_ERROR, signIn.sentence(), signedOut(signIn));
            case UnreadableException unreadable ->
                request.fail(unreadable.code(), String.valueOf(unreadable.getMessage()), Map.of());
            case ConnectException _, HttpConnectTimeoutException _ ->
                request.fail(RpcMessage.INTERNAL_ERROR, unreachable(), Map.of(WHY, "unreachable"));
            case InterruptedException _ ->
                request.fail(RpcMessage.INTERNAL_ERROR, "The bridge has ended.", Map.of(WHY, "ended"));
            case IOException _ -> request.fail(RpcMessage.INTERNAL_ERROR, lost(), Map.of(WHY, "lost"));
            default -> {
                client.say("A request failed: " + failure.getClass().getSimpleName() + ".");
                request.fail(RpcMessage.INTERNAL_ERROR, "The bridge failed. Try again.", Map.of(WHY, "failed"));
            }
        }
    }

    /** Answers a request to which the server had no message. */
    void noMessage(UnderWay request, int status) {
        if (status / 100 == 2) {
            request.fail(RpcMessage.INTERNAL_ERROR, lost(), Map.of(WHY, "lost"));
        } else {
            request.fail(
                    RpcMessage.INTERNAL_ERROR,
                    "Countersign at " + mcp + " answered with HTTP status " + status + "." + hint(status),
                    Map.of(WHY, "status"));
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> " Sign out with server/bin/countersign stdio --sign-out, then try again.";
            case 404, 405 -> " Check the address: it ends with /mcp.";
            case 413 -> " The message is larger than the server takes: send less.";
            default -> "";
        };
    }

    /** Says that a notification or an answer of the client's went nowhere. */
    void dropped(boolean taken) {
        if (!taken) {
            client.say("A message that needs no answer was not taken by the server.");
        }
    }

    void dropped(Exception failure) {
        switch (failure) {
            case ConnectException _, HttpConnectTimeoutException _ -> client.say(unreachable());
            default ->
                client.say("A message that needs no answer was not sent: "
                        + failure.getClass().getSimpleName() + ".");
        }
    }

    private static Map<String, String> signedOut(SignInException failure) {
        return failure.page()
                .map(page -> Map.of(WHY, "signed_out", "url", page.toString()))
                .orElse(Map.of(WHY, "signed_out"));
    }

    private String unreachable() {
        return Addresses.isThisMachine(mcp)
                ? "Countersign is not running at " + mcp
                        + ". Start it with server/bin/countersign start, then try again."
                : "Countersign cannot be reached at " + mcp + ". Check the network and the address, then try again.";
    }

    private String lost() {
        return "The connection to Countersign at " + mcp
                + " broke before the answer came. What was asked may have been done: look before you ask again.";
    }
}
