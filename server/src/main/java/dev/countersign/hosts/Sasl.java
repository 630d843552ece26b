package dev.countersign.hosts;

import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What signing in puts on the wire. */
final class Sasl {
    private Sasl() {}

    /** The initial response of PLAIN. RFC 4616 section 2. */
    static String plain(Login login) {
        return base64("\0" + login.user() + "\0" + login.password().reveal(Secret.Purpose.UPSTREAM));
    }

    /** The first answer of LOGIN. */
    static String user(Login login) {
        return base64(login.user());
    }

    /** The second answer of LOGIN. */
    static String password(Login login) {
        return base64(login.password().reveal(Secret.Purpose.UPSTREAM));
    }

    /** The value of {@code Authorization}. RFC 7617 section 2. */
    static String basic(Login login) {
        return "Basic " + base64(login.user() + ":" + login.password().reveal(Secret.Purpose.UPSTREAM));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
