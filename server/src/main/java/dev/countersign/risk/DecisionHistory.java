package dev.countersign.risk;

import java.util.List;

/** What became of questions, as far as the signals learn from it. */
public interface DecisionHistory {
    /** An approved call reached these people. */
    void reached(String userId, List<String> addresses);

    /**
     * The person declined.
     *
     * @param lately how many questions of this client they declined within {@link #DECLINES_WINDOW}, this one included
     */
    void declined(String userId, String clientId, String clientName, String grantId, int lately);

    /** Declines are counted over this time. */
    java.time.Duration DECLINES_WINDOW = java.time.Duration.ofMinutes(10);
}
