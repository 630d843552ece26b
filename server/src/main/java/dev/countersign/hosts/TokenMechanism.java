package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How an access token is shown to a mail server. */
enum TokenMechanism {
    /** RFC 7628. */
    OAUTHBEARER {
        @Override
        String message(Login.Bearer login, String host, int port) {
            // RFC 5801 section 4: a name's own commas and equals signs are written as codes
            var name = login.user().replace("=", "=3D").replace(",", "=2C");
            return base64(
                    "n,a=" + name + ",\1host=" + host + "\1port=" + port + "\1auth=" + Sasl.bearer(login) + "\1\1");
        }

        @Override
        String afterChallenge() {
            return base64("\1");
        }
    },
    /** What Google and Microsoft had before. */
    XOAUTH2 {
        @Override
        String message(Login.Bearer login, String host, int port) {
            return base64("user=" + login.user() + "\1auth=" + Sasl.bearer(login) + "\1\1");
        }

        @Override
        String afterChallenge() {
            return "";
        }
    };

    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"([A-Za-z0-9_]{1,40})\"");

    /** The initial response, in base64. */
    abstract String message(Login.Bearer login, String host, int port);

    /** What is said to a challenge: it holds the reason, and the refusal itself follows. RFC 7628 section 3.2.3. */
    abstract String afterChallenge();

    /** The best of those that a server offers, as it names them. */
    static Optional<TokenMechanism> among(Collection<String> offered) {
        return Stream.of(values())
                .filter(mechanism -> offered.contains(mechanism.name()))
                .findFirst();
    }

    /** What a challenge gives as the reason. */
    static Reason reason(String challenge) {
        try {
            var json = new String(Base64.getDecoder().decode(challenge.strip()), StandardCharsets.UTF_8);
            var status = STATUS.matcher(json);
            return status.find() && status.group(1).equals("insufficient_scope")
                    ? Reason.SCOPE_REFUSED
                    : Reason.TOKEN_REFUSED;
        } catch (IllegalArgumentException e) {
            return Reason.TOKEN_REFUSED;
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
