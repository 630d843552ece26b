package dev.countersign.connector.testkit;

import dev.countersign.connector.Provider;
import dev.countersign.connector.Revocation;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Plays the sign-in of an OAuth provider: a page on which a person is picked, a code that is exchanged once, and tokens.
 * It answers for a test's own HTTP server. RFC 6749 sections 4.1, 5.2 and 6, RFC 7636, RFC 7009, RFC 9207.
 */
public final class PlayedSignIn {
    public static final String CLIENT_ID = "countersign-test";
    public static final String CLIENT_SECRET = "played-client-secret-0815";

    /** Not named in the answer of a token endpoint: they ask for more than an access token. */
    private static final Set<String> UNNAMED = Set.of("openid", "offline_access");

    private final Provider provider;
    private final List<String> people;
    private final Map<String, Asked> codes = new LinkedHashMap<>();
    private final Map<String, Granted> refreshTokens = new LinkedHashMap<>();
    private final Map<String, Granted> accessTokens = new LinkedHashMap<>();
    private final Map<String, Set<String>> consents = new LinkedHashMap<>();
    private int numbers;

    /** Whose token it is, and what for. */
    public record Granted(String person, Set<String> scopes) {
        public Granted {
            scopes = Set.copyOf(scopes);
        }
    }

    /** An answer that the test's HTTP server gives. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public Reply {
            headers = Map.copyOf(headers);
        }
    }

    private record Asked(Granted granted, String redirect, String challenge, boolean refreshable) {}

    /** @param people mail addresses of those who have accounts */
    public PlayedSignIn(Provider provider, List<String> people) {
        this.provider = provider;
        this.people = List.copyOf(people);
    }

    /**
     * Answers what goes to the authorization, token and revocation endpoints; empty for any other request.
     *
     * @param target path and query
     * @param body read only where it is a form
     */
    public synchronized Optional<Reply> answer(
            String method, String target, String authorization, Supplier<String> body) {
        var parts = target.split("\\?", 2);
        var path = parts[0];
        if (path.equals(provider.authorize().getPath())) {
            var query = parts.length > 1 ? parts[1] : "";
            return Optional.of(authorize(method, parameters(query), parameters(body.get())));
        }
        if (path.equals(provider.token().getPath())) {
            var form = parameters(body.get());
            return Optional.of(isClient(authorization, form) ? token(form) : refused(401, "invalid_client"));
        }
        return provider.revoke()
                .filter(revocation ->
                        revocation instanceof Revocation.OfToken(var endpoint) && path.equals(endpoint.getPath()))
                .map(revoke -> revoked(parameters(body.get()).getOrDefault("token", "")));
    }

    /** Whose access token this is, while it lives. */
    public synchronized Optional<Granted> granted(String accessToken) {
        return Optional.ofNullable(accessTokens.get(accessToken));
    }

    /** Ends the life of a person's access tokens now; the refresh tokens stay good. */
    public synchronized void expire(String person) {
        accessTokens.values().removeIf(granted -> granted.person().equals(person));
    }

    private Reply authorize(String method, Map<String, String> asked, Map<String, String> form) {
        if (!CLIENT_ID.equals(asked.get("client_id"))
                || !"code".equals(asked.get("response_type"))
                || !"S256".equals(asked.get("code_challenge_method"))) {
            return new Reply(400, Map.of("Content-Type", "text/plain"), "invalid_request");
        }
        if (!method.equals("POST") || !people.contains(form.getOrDefault("person", ""))) {
            return page();
        }
        var code = "code-" + ++numbers;
        codes.put(code, asked(asked, form.getOrDefault("person", "")));
        var back = asked.getOrDefault("redirect_uri", "") + "?code=" + code + "&state="
                + encoded(asked.getOrDefault("state", ""))
                + provider.issuer().map(issuer -> "&iss=" + encoded(issuer)).orElse("");
        return new Reply(302, Map.of("Location", back), "");
    }

    private Asked asked(Map<String, String> asked, String person) {
        var scopes = new LinkedHashSet<>(
                Arrays.asList(asked.getOrDefault("scope", "").split(" ")));
        var before = consents.put(person, scopes);
        if (before != null && "true".equals(asked.get("include_granted_scopes"))) {
            scopes.addAll(before);
        }
        return new Asked(
                new Granted(person, scopes),
                asked.getOrDefault("redirect_uri", ""),
                asked.getOrDefault("code_challenge", ""),
                refreshable(asked, scopes, before == null));
    }

    /** A provider whose refresh tokens stay the same gives one with the first consent, or when consent is forced. */
    private boolean refreshable(Map<String, String> asked, Set<String> scopes, boolean first) {
        return switch (provider.refresh()) {
            case ROTATING, SINGLE_USE -> scopes.contains("offline_access");
            case STABLE ->
                "offline".equals(asked.get("access_type")) && (first || "consent".equals(asked.get("prompt")));
        };
    }

    private Reply page() {
        var buttons = people.stream()
                .map(person -> "<button name=\"person\" value=\"" + person + "\">Continue as " + person + "</button>")
                .collect(Collectors.joining());
        return new Reply(
                200,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                "<!doctype html><title>Choose an account</title><form method=\"post\">" + buttons + "</form>");
    }

    private static boolean isClient(String authorization, Map<String, String> form) {
        var basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
        return authorization.equals(basic)
                || (CLIENT_ID.equals(form.get("client_id")) && CLIENT_SECRET.equals(form.get("client_secret")));
    }

    private Reply token(Map<String, String> form) {
        return switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> exchanged(form);
            case "refresh_token" -> refreshed(form.getOrDefault("refresh_token", ""));
            default -> refused(400, "unsupported_grant_type");
        };
    }

    private Reply exchanged(Map<String, String> form) {
        var asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null
                || !asked.redirect().equals(form.get("redirect_uri"))
                || !asked.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return refused(400, "invalid_grant");
        }
        return tokens(asked.granted(), asked.refreshable());
    }

    private Reply refreshed(String refreshToken) {
        var granted = refreshTokens.get(refreshToken);
        if (granted == null) {
            return refused(400, "invalid_grant");
        }
        if (provider.refresh() == Provider.Refresh.SINGLE_USE) {
            refreshTokens.remove(refreshToken);
        }
        return tokens(granted, provider.refresh() != Provider.Refresh.STABLE);
    }

    private Reply tokens(Granted granted, boolean refreshable) {
        var access = "played-access-token-" + ++numbers;
        accessTokens.put(access, granted);
        var named = granted.scopes().stream()
                .filter(scope -> !UNNAMED.contains(scope))
                .collect(Collectors.joining(" "));
        var refresh = "";
        if (refreshable) {
            var token = "played-refresh-token-" + ++numbers;
            refreshTokens.put(token, granted);
            refresh = ", \"refresh_token\": \"" + token + "\"";
        }
        return json(200, """
            {"token_type": "Bearer", "expires_in": 3599, "access_token": "%s", "scope": "%s"%s}
            """.formatted(access, named, refresh));
    }

    private Reply revoked(String token) {
        var granted = Optional.ofNullable(refreshTokens.get(token)).or(() -> granted(token));
        if (granted.isEmpty()) {
            return refused(400, "invalid_token");
        }
        var person = granted.get().person();
        expire(person);
        consents.remove(person);
        refreshTokens.values().removeIf(one -> one.person().equals(person));
        return json(200, "{}");
    }

    private static Reply refused(int status, String error) {
        return json(status, "{\"error\": \"" + error + "\"}");
    }

    private static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    /** RFC 7636 section 4.2. */
    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(
                        Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]), (first, second) -> first));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
