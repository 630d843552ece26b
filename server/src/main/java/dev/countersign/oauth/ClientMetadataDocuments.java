package dev.countersign.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.countersign.oauth.Client.Authentication;
import dev.countersign.oauth.Client.Known;
import dev.countersign.oauth.OAuthError.Code;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients whose id is the https URL of a document that describes them. Fetched when asked for and kept as the document's headers say,
 * within bounds; failures are not kept. draft-ietf-oauth-client-id-metadata-document.
 */
public final class ClientMetadataDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(ClientMetadataDocuments.class);
    private static final int MOST_URL_CHARACTERS = 1024;
    private static final int MOST_REDIRECT_URIS = 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration UNSAID = Duration.ofMinutes(10);

    /** No secret can be in a document that everybody reads. Section 4.1. */
    private static final Set<String> SECRETS = Set.of("client_secret", "client_secret_expires_at");

    private static final Set<String> PRIVATE_KEY_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?(\\d{1,9})\"?");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)(\\.|%2e){1,2}");
    private static final Pattern CHARACTERS = Pattern.compile("https://[A-Za-z0-9\\-._~:/?\\[\\]@!$&'()*+,;=%]+");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SafeFetch fetch;
    private final ConcurrentHashMap<String, CompletableFuture<Kept>> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Kept> kept = Caffeine.newBuilder()
            .maximumSize(1000)
            .expireAfter(Expiry.writing((String id, Kept document) -> document.lifetime))
            .build();

    private record Kept(Client client, Duration lifetime) {}

    public ClientMetadataDocuments(SafeFetch fetch) {
        this.fetch = fetch;
    }

    /** Whether a client id is an address that a document may be fetched from. Section 3. */
    static boolean isDocumentUrl(String clientId) {
        if (clientId.length() > MOST_URL_CHARACTERS
                || !CHARACTERS.matcher(clientId).matches()) {
            return false;
        }
        try {
            var uri = new URI(clientId);
            var path = uri.getRawPath();
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= 65_535
                    && path != null
                    && path.length() > 1
                    && Arrays.stream(path.split("/", -1))
                            .noneMatch(s -> DOT_SEGMENT.matcher(s).matches());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The client that the document at this address describes; {@code invalid_client} when there is none. */
    Client find(String clientId) {
        var known = kept.getIfPresent(clientId);
        return known == null ? fetchOnce(clientId) : known.client;
    }

    /** Those who ask at the same time share one fetch. */
    private Client fetchOnce(String clientId) {
        var mine = new CompletableFuture<Kept>();
        var others = underWay.putIfAbsent(clientId, mine);
        if (others != null) {
            return join(others);
        }
        try {
            var document = fetched(clientId);
            if (!document.lifetime.isZero()) {
                kept.put(clientId, document);
            }
            mine.complete(document);
            return document.client;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(clientId, mine);
        }
    }

    private static Client join(CompletableFuture<Kept> others) {
        try {
            return others.join().client;
        } catch (CompletionException e) {
            throw e.getCause() instanceof OAuthError known ? known : invalid("the fetch that was shared failed");
        }
    }

    private Kept fetched(String clientId) {
        try {
            var document = fetch.json(URI.create(clientId));
            return new Kept(client(clientId, JSON.readTree(document.body())), lifetime(document.headers()));
        } catch (IOException e) {
            LOG.info("client metadata document not fetched client={} because={}", clientId, reason(e));
            throw invalid(reason(e));
        } catch (JacksonException e) {
            throw invalid("not JSON");
        }
    }

    private static Client client(String clientId, JsonNode document) {
        if (!document.isObject() || !clientId.equals(text(document, "client_id").orElse(""))) {
            throw invalid("client_id is not the address of the document");
        }
        if (SECRETS.stream().anyMatch(document::has) || hasPrivateKey(document.path("jwks"))) {
            throw invalid("a secret stands in the document");
        }
        // not said means public here: the default of RFC 7591 would be a secret, which such a client cannot have
        if (!text(document, "token_endpoint_auth_method").orElse("none").equals("none")) {
            throw invalid("token_endpoint_auth_method is not none");
        }
        var name = DisplayName.of(text(document, "client_name").orElse(""));
        if (name.isEmpty()) {
            throw invalid("client_name is missing");
        }
        var grantTypes = strings(document, "grant_types");
        if (!grantTypes.isEmpty() && !grantTypes.contains("authorization_code")) {
            throw invalid("grant_types lacks authorization_code");
        }
        return new Client(
                clientId,
                name,
                URI.create(clientId).getHost(),
                redirectUris(document),
                Known.METADATA_DOCUMENT,
                Authentication.NONE,
                Optional.empty(),
                grantTypes.isEmpty() || grantTypes.contains("refresh_token"));
    }

    private static List<String> redirectUris(JsonNode document) {
        var redirectUris = strings(document, "redirect_uris");
        if (redirectUris.isEmpty() || redirectUris.size() > MOST_REDIRECT_URIS) {
            throw invalid("redirect_uris are missing or too many");
        }
        redirectUris.forEach(uri -> RedirectUris.problem(uri).ifPresent(problem -> {
            throw invalid(problem);
        }));
        return redirectUris;
    }

    private static boolean hasPrivateKey(JsonNode jwks) {
        for (var key : jwks.path("keys")) {
            if (PRIVATE_KEY_MEMBERS.stream().anyMatch(key::has)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> text(JsonNode document, String name) {
        return document.path(name).stringValueOpt();
    }

    private static List<String> strings(JsonNode document, String name) {
        var all = new ArrayList<String>();
        for (var value : document.path(name)) {
            all.add(value.stringValueOpt().orElseThrow(() -> invalid(name + " holds another thing than strings")));
        }
        return all;
    }

    /** As long as the headers say, between our least and most; RFC 9111 section 5.2.2. */
    private static Duration lifetime(HttpFields headers) {
        var control = String.join(",", headers.getValuesList(HttpHeader.CACHE_CONTROL))
                .toLowerCase(Locale.ROOT);
        if (control.contains("no-store") || control.contains("no-cache")) {
            return SHORTEST;
        }
        var maxAge = MAX_AGE.matcher(control);
        var said = maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : UNSAID;
        return said.compareTo(SHORTEST) < 0 ? SHORTEST : said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }

    private static String reason(IOException e) {
        var cause = e.getCause();
        return cause == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + cause.getClass().getSimpleName();
    }

    private static OAuthError invalid(String detail) {
        return new OAuthError(
                400,
                Code.INVALID_CLIENT,
                "The document that describes this client cannot be had or is not valid.",
                detail);
    }
}
