package dev.countersign.console;

import dev.countersign.http.Response;
import java.net.URI;
import java.util.Optional;

/**
 * The policy of a page whose form leads, by redirect, to another origin: that one origin is let in. Browsers check {@code
 * form-action} against every step of the redirect that answers a form (CSP Level 3 section 6.4.1).
 */
final class ContentSecurityPolicy {
    private static final String ALL_BUT_FORMS =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
                    + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private ContentSecurityPolicy() {}

    /** @param source as CSP writes it, e.g. {@code https://example.com}; left out when it is none */
    static Response formsMayLeadTo(Response page, String source) {
        var fits = source.matches("[A-Za-z0-9.+*:/\\[\\]-]+");
        return page.with("Content-Security-Policy", ALL_BUT_FORMS + (fits ? " " + source : ""));
    }

    static Response formsMayLeadTo(Response page, URI target) {
        return formsMayLeadTo(page, source(target).orElse(""));
    }

    private static Optional<String> source(URI target) {
        var scheme = Optional.ofNullable(target.getScheme()).orElse("");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            // an app's own scheme, e.g. cursor://…; the whole scheme is the app's
            return scheme.matches("[a-z][a-z0-9+.-]*") ? Optional.of(scheme + ":") : Optional.empty();
        }
        var host = Optional.ofNullable(target.getHost()).orElse("");
        var port = target.getPort() < 0 ? "" : ":" + target.getPort();
        if (host.startsWith("[")) {
            // a source cannot name an IPv6 address
            return Optional.of(scheme + "://*" + port);
        }
        return host.matches("[A-Za-z0-9.-]+") ? Optional.of(scheme + "://" + host + port) : Optional.empty();
    }
}
