package dev.countersign.approvals;

import dev.countersign.http.Request;
import dev.countersign.identity.BrowserSession;
import dev.countersign.vault.RandomToken;
import java.time.Instant;

/**
 * What shows that the person decided, and what they saw.
 *
 * @param session SHA-256 of the browser session's id in hex; for an answer in the client, of the grant's id
 * @param authenticatedAt when the person gave their password
 * @param digest the {@link Approval#digest} that the page or form carried
 */
public record Evidence(String session, String userAgent, Instant authenticatedAt, String digest) {
    /** Longer names of browsers are cut: they come from outside. */
    private static final int MOST_CHARACTERS = 200;

    public Evidence {
        if (userAgent.length() > MOST_CHARACTERS) {
            userAgent = userAgent.substring(0, MOST_CHARACTERS);
        }
    }

    public static Evidence of(BrowserSession session, Request.Client client, String digest) {
        return new Evidence(RandomToken.sha256(session.id()), client.userAgent(), session.signedInAt(), digest);
    }
}
