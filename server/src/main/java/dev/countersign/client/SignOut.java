package dev.countersign.client;

import dev.countersign.client.TokenFile.Guard;
import java.io.IOException;
import java.time.Duration;

/** Ends what a person allowed to the bridges on this machine. */
public final class SignOut {
    private static final Duration OTHERS = Duration.ofMinutes(1);

    private SignOut() {}

    /** What came of it. */
    public enum Outcome {
        NOBODY,
        DONE,
        /** The tokens are gone from here; the server could not be told. */
        HERE_ONLY
    }

    /** Takes the tokens back at the server and deletes them here, in any case. RFC 7009. */
    public static Outcome run(BridgeSettings settings) throws IOException, InterruptedException {
        var file = new TokenFile(settings.state(), settings.mcp());
        try (var _ = file.lock(Guard.FILE, OTHERS)
                .orElseThrow(() -> new ClientException("another bridge holds the tokens and does not let go"))) {
            var saved = file.read();
            if (saved.isEmpty()) {
                return Outcome.NOBODY;
            }
            file.delete();
            return revoked(settings, saved.get()) ? Outcome.DONE : Outcome.HERE_ONLY;
        }
    }

    private static boolean revoked(BridgeSettings settings, SavedSignIn saved) {
        try (var http = StdioBridge.http()) {
            var found = Discovery.ofIssuer(http, saved.issuer());
            OAuthLogin.as(saved.clientId(), settings.mcp(), found, settings.mcp())
                    .revoke(saved.tokens().refreshToken());
            return true;
        } catch (ClientException e) {
            return false;
        }
    }
}
