package dev.countersign.connector.testkit;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Plays a provider's authorization and token endpoint: everybody consents at once. RFC 6749 sections 4.1 and 6. */
final class PlayedConsent {
    private static final String REFRESH_TOKEN = "a-refresh-token";

    private final String accessToken;
    private final AtomicLong last = new AtomicLong();
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    PlayedConsent(String accessToken) {
        this.accessToken = accessToken;
    }

    /** The answer to a request that is one of the two by what it carries, whatever its path; empty for another. */
    Optional<PlayedReply> answer(URI uri, String body) {
        var query = PlayedReply.parameters(uri.getRawQuery());
        if ("code".equals(query.get("response_type"))) {
            return Optional.of(consented(query));
        }
        var form = PlayedReply.parameters(body);
        return Optional.ofNullable(form.get("grant_type")).map(type -> token(type, form));
    }

    private PlayedReply consented(Map<String, String> query) {
        var code = "code-" + last.incrementAndGet();
        codes.add(code);
        return PlayedReply.redirect(query.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8));
    }

    private PlayedReply token(String type, Map<String, String> form) {
        boolean granted = switch (type) {
            case "authorization_code" -> codes.remove(form.getOrDefault("code", ""));
            case "refresh_token" -> REFRESH_TOKEN.equals(form.get("refresh_token"));
            default -> false;
        };
        return granted
                ? PlayedReply.json(
                        200,
                        "{\"access_token\": \"%s\", \"refresh_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"
                                .formatted(accessToken, REFRESH_TOKEN))
                : PlayedReply.json(400, "{\"error\": \"invalid_grant\"}");
    }
}
