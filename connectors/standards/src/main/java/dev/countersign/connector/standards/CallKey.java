package dev.countersign.connector.standards;

import java.math.BigInteger;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What is made from {@link dev.countersign.connector.Call#id()}, so that a thing that was made once is found again. */
record CallKey(String key) {
    /** Stands in a draft that a call changed. */
    static final String HEADER = "X-Countersign-Call";

    private static final Pattern SENT = Pattern.compile("<[0-9a-z]{26}\\.sent@[^>]+>");

    CallKey {
        if (!key.matches("[0-9a-z]{26}")) {
            throw new IllegalArgumentException("a call's id has 26 characters of [0-9a-z]");
        }
    }

    /** {@code Message-ID} of what is sent, RFC 5322 section 3.6.4; the domain is the sender's, as mail hosts expect. */
    String sentId(String address) {
        return "<" + key + ".sent@" + domain(address) + ">";
    }

    /** {@code Message-ID} of a draft. */
    String draftId(String address) {
        return "<" + key + ".draft@" + domain(address) + ">";
    }

    /** Whether a message with this {@code Message-ID} is one that is, or was about to be, sent from here. */
    static boolean isSent(String messageId) {
        return SENT.matcher(messageId).matches();
    }

    /** UID of a new event, RFC 5545 section 3.8.4.7. */
    String eventUid() {
        return key + "@countersign";
    }

    /** Name of the resource that a new event is stored as. */
    String eventName() {
        return key + ".ics";
    }

    /** For a second mail of the same call. */
    CallKey second() {
        var digits = new BigInteger(1, key.getBytes(StandardCharsets.US_ASCII))
                .multiply(BigInteger.valueOf(2))
                .add(BigInteger.ONE)
                .toString(Character.MAX_RADIX);
        return new CallKey(digits.substring(digits.length() - key.length()));
    }

    private static String domain(String address) {
        return IDN.toASCII(address.substring(address.lastIndexOf('@') + 1));
    }
}
