package dev.countersign.oauth;

/** Hears what happens to grants, after it is on disk, on the thread on which it happened. */
public interface GrantListener {
    /** A grant ended: none of its tokens is accepted from now on. */
    void revoked(String grantId, String userId, String reason);

    /** A refresh token was used again after its successor: somebody else has a copy. The grant is revoked already. */
    void refreshReplayed(String grantId, String userId, String clientId);

    /**
     * A client redeemed a person's consent.
     *
     * @param firstSeenClient whether this person never had a grant for this client before
     */
    void authorized(Grant grant, boolean firstSeenClient);
}
