package dev.countersign.risk;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something unusual about a person's calls, and what was done about it.
 *
 * @param code constant, e.g. {@code unusual_rate}
 * @param words for the person
 * @param figure what was measured, in the code's unit; 0 where there is nothing to measure
 */
public record Signal(
        String id,
        Instant at,
        String userId,
        Code code,
        String words,
        double figure,
        Response response,
        Optional<String> clientId,
        Optional<String> grantId) {
    /** What was seen. */
    public enum Code {
        /** The first call of this client for this person. */
        FIRST_SEEN_CLIENT,
        /** A refresh token was used twice. */
        REFRESH_REPLAY,
        /** Calls in this hour, in standard deviations from the person's own mean. */
        UNUSUAL_RATE,
        /** A recipient that this person never reached from here. */
        FIRST_SEEN_RECIPIENT,
        /** Private data and foreign text were read, and now something leaves. */
        FLOW,
        /** An argument that stands in text of others and nowhere else. */
        FOREIGN_ARGUMENT,
        /** A recipient's domain that reads like a known one. */
        LOOK_ALIKE,
        /** Questions that the person declined within ten minutes. */
        DECLINES;

        /** Empty for a name that only a newer version knows. */
        static Optional<Code> find(String name) {
            return Arrays.stream(values())
                    .filter(code -> code.name().equals(name))
                    .findFirst();
        }
    }

    /** What is done, weakest first. */
    public enum Response {
        NOTE,
        /** What acts is confirmed on our page. */
        RAISE,
        /** The grant ends, and what waits under it is void. */
        END_SESSION;

        /** Empty for a name that only a newer version knows. */
        static Optional<Response> find(String name) {
            return Arrays.stream(values())
                    .filter(response -> response.name().equals(name))
                    .findFirst();
        }

        public Response orStronger(Response other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }
}
