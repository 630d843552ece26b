package dev.countersign.connector.google;

import java.math.BigInteger;
import java.util.Locale;

/** What is made from {@link dev.countersign.connector.Call#id()}, so that a thing that was made once is found again. */
final class CallKey {
    /** 36 to the 26th power has 27 digits to the base 32. */
    private static final int EVENT_DIGITS = 27;

    private final String key;

    private CallKey(String key) {
        if (!key.matches("[0-9a-z]{26}")) {
            throw new IllegalArgumentException("a call's id has 26 characters of [0-9a-z]");
        }
        this.key = key;
    }

    static CallKey of(String key) {
        return new CallKey(key);
    }

    /** An event's id: 5 to 1024 characters of base32hex, RFC 4648 section 7, in lower case. */
    String eventId() {
        var digits = new BigInteger(key, Character.MAX_RADIX).toString(32).toLowerCase(Locale.ROOT);
        return "cs" + "0".repeat(EVENT_DIGITS - digits.length()) + digits;
    }

    /** A {@code Message-ID} without its angle brackets, RFC 5322 section 3.6.4. */
    String messageId() {
        return key + "@countersign.invalid";
    }

    /** The value of {@link MailWriter#CALL_HEADER}. */
    String header() {
        return key;
    }
}
