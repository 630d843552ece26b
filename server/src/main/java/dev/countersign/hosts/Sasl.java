package dev.countersign.hosts;

import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What signing in puts on the wire. */
final class Sasl {
    private Sasl() {}

    /** The initial response of PLAIN. RFC 4616 section 2. */
    static String plain(Login.Password login) {
        return base64("\0" + login.user() + "\0" + login.password().reveal(Secret.Purpose.UPSTREAM));
    }

    /** The first answer of LOGIN. */
    static String user(Login.Password login) {
        return base64(login.user());
    }

    /** The second answer of LOGIN. */
    static String password(Login.Password login) {
        return base64(login.password().reveal(Secret.Purpose.UPSTREAM));
    }

    /** The value of {@code Authorization}. RFC 7617 section 2, RFC 6750 section 2.1. */
    static String authorization(Login login) {
        return switch (login) {
            case Login.Password password ->
                "Basic " + base64(password.user() + ":" + password.password().reveal(Secret.Purpose.UPSTREAM));
            case Login.Bearer bearer -> bearer(bearer);
        };
    }

    static String bearer(Login.Bearer login) {
        return "Bearer " + login.token().reveal(Secret.Purpose.UPSTREAM);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
