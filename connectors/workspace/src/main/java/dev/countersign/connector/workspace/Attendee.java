package dev.countersign.connector.workspace;

import java.util.Optional;

/**
 * Somebody invited to an event.
 *
 * @param optional whether the event may well happen without them
 * @param self whether this is the linked account itself
 */
public record Attendee(String address, Optional<String> name, Answer answer, boolean optional, boolean self) {
    /** What an attendee said, RFC 5545 section 3.2.12. */
    public enum Answer {
        NONE,
        ACCEPTED,
        TENTATIVE,
        DECLINED
    }

    /** Somebody who is invited only now. */
    public static Attendee invited(String address) {
        return new Attendee(address, Optional.empty(), Answer.NONE, false, false);
    }
}
