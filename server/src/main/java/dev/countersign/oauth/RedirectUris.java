package dev.countersign.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which redirect URIs a client may register, and whether a requested one is registered. Compared as strings; only the port of
 * a loopback address is free. OAuth 2.1 sections 2.3.1 and 8.4, RFC 8252 section 7.
 */
final class RedirectUris {
    private static final int MOST_CHARACTERS = 1024;

    /** Printable ASCII that RFC 3986 allows in a URI, without the fragment's sign. */
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9\\-._~:/?\\[\\]@!$&'()*+,;=%]+");

    /** A domain name turned around, RFC 8252 section 7.1. */
    private static final Pattern REVERSED_DOMAIN = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");

    /** Schemes without a dot that editors in wide use have claimed; every other one could start anything. */
    private static final Set<String> EDITORS = Set.of("cursor", "vscode", "vscode-insiders", "windsurf", "zed");

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    private RedirectUris() {}

    /** Why a client cannot register this, in a sentence; empty when it can. */
    static Optional<String> problem(String redirectUri) {
        if (redirectUri.length() > MOST_CHARACTERS
                || !CHARACTERS.matcher(redirectUri).matches()) {
            return Optional.of("A redirect URI is at most 1024 characters of RFC 3986 and has no fragment.");
        }
        if (Loopback.of(redirectUri).isPresent()) {
            return Optional.empty();
        }
        try {
            return problem(new URI(redirectUri), redirectUri);
        } catch (URISyntaxException e) {
            return Optional.of("A redirect URI is an absolute URI.");
        }
    }

    private static Optional<String> problem(URI uri, String text) {
        var scheme = uri.getScheme();
        if (scheme == null || !text.startsWith(scheme.toLowerCase(Locale.ROOT) + ":")) {
            return Optional.of("A redirect URI is an absolute URI with its scheme in lower case.");
        }
        if (scheme.equals("https")) {
            return uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && HOST.matcher(uri.getHost().toLowerCase(Locale.ROOT))
                                    .matches()
                            && uri.getPort() <= 65_535
                    ? Optional.empty()
                    : Optional.of("An https redirect URI has a host name and no user information.");
        }
        if (scheme.equals("http")) {
            return Optional.of("An http redirect URI is for 127.0.0.1, [::1] or localhost; use https elsewhere.");
        }
        if (REVERSED_DOMAIN.matcher(scheme).matches() || EDITORS.contains(scheme)) {
            return uri.getRawUserInfo() == null
                    ? Optional.empty()
                    : Optional.of("A redirect URI has no user information.");
        }
        return Optional.of(
                "A redirect URI is https, http on loopback, or a scheme named for a domain, as com.example.app.");
    }

    static boolean registered(List<String> registered, String requested) {
        if (registered.contains(requested)) {
            return true;
        }
        var loopback = Loopback.of(requested);
        return loopback.isPresent()
                && CHARACTERS.matcher(requested).matches()
                && registered.stream().map(Loopback::of).anyMatch(loopback::equals);
    }

    /** Under which redirect URI a consent is remembered: any port of a loopback address is the same. */
    static String remembered(String redirectUri) {
        return Loopback.of(redirectUri).map(Loopback::withoutPort).orElse(redirectUri);
    }

    static boolean loopback(String redirectUri) {
        return Loopback.of(redirectUri).isPresent();
    }

    static boolean https(String redirectUri) {
        return redirectUri.startsWith("https://");
    }

    /** The host that an answer goes to, or the scheme where there is none to speak of. */
    static String displayHost(String redirectUri) {
        var uri = URI.create(redirectUri);
        var web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        return web && uri.getHost() != null ? uri.getHost() : uri.getScheme() + ":";
    }

    /** The CSP source that lets a form's answer redirect there. */
    static String formAction(String redirectUri) {
        var uri = URI.create(redirectUri);
        if (https(redirectUri) || loopback(redirectUri)) {
            return uri.getScheme() + "://" + uri.getRawAuthority();
        }
        return uri.getScheme() + ":";
    }
}
