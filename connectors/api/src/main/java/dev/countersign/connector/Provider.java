package dev.countersign.connector;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An OAuth 2.0 authorization server and the few API bases that its access tokens may be sent to.
 *
 * @param authorize authorization endpoint, RFC 6749 section 3.1
 * @param token token endpoint, RFC 6749 section 3.2
 * @param revoke how it is asked to end what a person allowed, where it can be asked
 * @param api base URI that ends with a slash; every {@link Upstream} request resolves under it
 * @param apis further bases by a name of ours, for a provider whose APIs have hosts of their own; {@link Upstream#at}
 *     takes the name
 * @param scopes the provider's scopes that each of our scopes needs, e.g. {@code mail:send → [gmail.send]}; a scope of
 *     ours that is absent here is one this provider cannot give
 * @param identityScopes the provider's scopes that are always asked, so that the account can be named
 * @param authorizeParameters extra query parameters of the authorization request
 * @param refresh what the provider does with a refresh token that was used
 * @param issuer the provider's issuer identifier, checked against {@code iss} of RFC 9207 where it is known
 * @param failures what the provider's error answers mean, beyond their status
 * @param transfers hosts, with all below them, at which the provider gives addresses for single transfers
 */
public record Provider(
        URI authorize,
        URI token,
        Optional<Revocation> revoke,
        URI api,
        Map<String, URI> apis,
        Map<String, List<String>> scopes,
        List<String> identityScopes,
        Map<String, String> authorizeParameters,
        Refresh refresh,
        Optional<String> issuer,
        FailureReader failures,
        List<String> transfers) {

    /** What happens to a refresh token when it is used. */
    public enum Refresh {
        /** It stays valid; the answer may carry none. */
        STABLE,
        /** A new one comes, and the old stays valid for a while. */
        ROTATING,
        /** A new one comes, and the old is refused from then on. */
        SINGLE_USE
    }

    public Provider {
        apis = Map.copyOf(apis);
        Stream.concat(Stream.of(api), apis.values().stream()).forEach(Provider::checkBase);
        scopes = Map.copyOf(scopes);
        identityScopes = List.copyOf(identityScopes);
        authorizeParameters = Map.copyOf(authorizeParameters);
        transfers = List.copyOf(transfers);
    }

    private static void checkBase(URI base) {
        if (!base.getPath().endsWith("/")) {
            throw new IllegalArgumentException("api base must end with a slash: " + base);
        }
    }

    /** Every base that an access token may be sent to. */
    public List<URI> bases() {
        return Stream.concat(Stream.of(api), apis.values().stream()).toList();
    }

    /** A provider with the endpoints that all have; the rest is added with the {@code with…} methods. */
    public static Provider oauth2(URI authorize, URI token, URI api) {
        return new Provider(
                authorize,
                token,
                Optional.empty(),
                api,
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Refresh.ROTATING,
                Optional.empty(),
                (status, retryAfter, body) -> Optional.empty(),
                List.of());
    }

    /** Adds the revocation endpoint of RFC 7009. */
    public Provider withRevocation(URI endpoint) {
        return withRevocation(new Revocation.OfToken(endpoint));
    }

    public Provider withRevocation(Revocation revoke) {
        return new Provider(
                authorize,
                token,
                Optional.of(revoke),
                api,
                apis,
                scopes,
                identityScopes,
                authorizeParameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    /**
     * Adds another base that the access tokens may be sent to. With the names {@code imap}, {@code smtp}, {@code caldav} and
     * {@code carddav} it is a server of the accounts that is signed in to directly: see {@link Upstream#connect} and {@link
     * Upstream#request}. IMAP and SMTP have addresses like {@code imaps://imap.example.com:993/}.
     */
    public Provider withApi(String name, URI base) {
        var more = new LinkedHashMap<>(apis);
        more.put(name, base);
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                more,
                scopes,
                identityScopes,
                authorizeParameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    /** Adds what one of our scopes needs here. */
    public Provider withScope(String scope, String... providerScopes) {
        var more = new LinkedHashMap<>(scopes);
        more.put(scope, List.of(providerScopes));
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                more,
                identityScopes,
                authorizeParameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    public Provider withIdentityScopes(String... providerScopes) {
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                scopes,
                List.of(providerScopes),
                authorizeParameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    public Provider withAuthorizeParameters(Map<String, String> parameters) {
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                scopes,
                identityScopes,
                parameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    public Provider withRefresh(Refresh refresh) {
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                scopes,
                identityScopes,
                authorizeParameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    public Provider withIssuer(String issuer) {
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                scopes,
                identityScopes,
                authorizeParameters,
                refresh,
                Optional.of(issuer),
                failures,
                transfers);
    }

    public Provider withFailures(FailureReader failures) {
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                scopes,
                identityScopes,
                authorizeParameters,
                refresh,
                issuer,
                failures,
                transfers);
    }

    /** Adds hosts for single transfers, e.g. {@code sharepoint.com}; see {@link Upstream#transfer}. */
    public Provider withTransfers(String... hosts) {
        return new Provider(
                authorize,
                token,
                revoke,
                api,
                apis,
                scopes,
                identityScopes,
                authorizeParameters,
                refresh,
                issuer,
                failures,
                List.of(hosts));
    }

    /** Whether a single transfer may go there: by https to one of the hosts, or to the origin of the API itself. */
    public boolean transfersTo(URI address) {
        var host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        var named = transfers.stream().anyMatch(one -> host.equals(one) || host.endsWith("." + one));
        var origin = api.getScheme().equals(address.getScheme())
                && api.getRawAuthority().equals(address.getRawAuthority());
        return address.getRawUserInfo() == null
                && (origin || (named && "https".equals(address.getScheme()) && address.getPort() == -1));
    }
}
