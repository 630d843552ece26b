package dev.countersign.connector.testkit;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a text what opens something: by the names that such values have, and by their form. */
final class Credentials {
    static final String OUT = "scrubbed";

    private static final String NAMES =
            "(?i:[a-z_-]*(?:token|secret|password|passwd|api_?key|authorization|cookie|signature"
                    + "|client_assertion|code_verifier))";

    private static final List<Pattern> AFTER_A_NAME = List.of(
            Pattern.compile("(\"" + NAMES + "\"\\s*:\\s*\")[^\"]+"),
            Pattern.compile("((?:^|[?&\\s])" + NAMES + "=)[^&\\s\"]+"),
            Pattern.compile("((?i:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}"));

    /** A JSON Web Token, RFC 7519. */
    private static final Pattern WEB_TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+");

    private Credentials() {}

    static String withoutThem(String text) {
        var left = text;
        for (var pattern : AFTER_A_NAME) {
            left = pattern.matcher(left).replaceAll("$1" + OUT);
        }
        return WEB_TOKEN.matcher(left).replaceAll(OUT);
    }
}
