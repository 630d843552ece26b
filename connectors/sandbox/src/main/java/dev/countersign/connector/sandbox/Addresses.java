package dev.countersign.connector.sandbox;

import java.util.Locale;

/** Mail addresses, as far as a provider must know them. */
final class Addresses {
    private Addresses() {}

    /** The address in lower case, as it is compared here. Fails with {@link Refusal}. */
    static String checked(String address) {
        if (address == null
                || address.length() > 254
                || !address.matches("[^\\s@<>,;\"\\p{Cntrl}]+@[^\\s@<>,;\"\\p{Cntrl}]+")) {
            throw Refusal.invalid("A mail address is not valid. Write it like name@example.com.");
        }
        return address.toLowerCase(Locale.ROOT);
    }
}
