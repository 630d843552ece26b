package dev.countersign.connector.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Token, revocation, metadata and userinfo: what programs call. RFC 6749 section 3.2, RFC 7009, RFC 8414. */
final class TokenEndpoint {
    private final Clients clients;
    private final Grants grants;
    private final Faults faults;
    private final String issuer;

    /** RFC 6749 section 5.1; times in seconds. */
    record TokenResponse(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresInSeconds,
            @JsonProperty("refresh_token") String refreshToken,
            String scope) {}

    /** RFC 8414 section 2. */
    record Metadata(
            String issuer,
            @JsonProperty("authorization_endpoint") String authorizationEndpoint,
            @JsonProperty("token_endpoint") String tokenEndpoint,
            @JsonProperty("revocation_endpoint") String revocationEndpoint,
            @JsonProperty("userinfo_endpoint") String userinfoEndpoint,
            @JsonProperty("scopes_supported") List<String> scopesSupported,
            @JsonProperty("response_types_supported") List<String> responseTypesSupported,
            @JsonProperty("grant_types_supported") List<String> grantTypesSupported,

            @JsonProperty("token_endpoint_auth_methods_supported")
            List<String> tokenEndpointAuthMethodsSupported,

            @JsonProperty("revocation_endpoint_auth_methods_supported")
            List<String> revocationEndpointAuthMethodsSupported,

            @JsonProperty("code_challenge_methods_supported")
            List<String> codeChallengeMethodsSupported,

            @JsonProperty("authorization_response_iss_parameter_supported")
            boolean authorizationResponseIssParameterSupported) {}

    TokenEndpoint(Clients clients, Grants grants, Faults faults, String issuer) {
        this.clients = clients;
        this.grants = grants;
        this.faults = faults;
        this.issuer = issuer;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/token", this::token),
                Route.post("/revoke", this::revoke),
                Route.get("/.well-known/oauth-authorization-server", request -> metadata()));
    }

    private Answer token(Incoming request) {
        var form = request.form();
        var client = clients.authenticate(request, form);
        var person = form.one("code").or(() -> form.one("refresh_token")).flatMap(grants::personOf);
        var fault = faults.take(Operation.TOKEN, person, request.header(Faults.HEADER));
        return Faults.through(fault, () -> issue(client.id(), form, dropped(fault)));
    }

    private Answer issue(String client, Incoming.Form form, Optional<Set<Scope>> dropped) {
        var issued = switch (required(form, "grant_type")) {
            case "authorization_code" ->
                grants.exchange(
                        client, required(form, "code"), required(form, "redirect_uri"), verifier(form), dropped);
            case "refresh_token" ->
                grants.refresh(
                        client,
                        required(form, "refresh_token"),
                        form.one("scope").map(Scope::parse),
                        dropped);
            default ->
                throw new Refusal(
                        400, "unsupported_grant_type", "Use authorization_code or refresh_token as grant_type.");
        };
        return Answer.json(
                200,
                new TokenResponse(
                        issued.accessToken(),
                        "Bearer",
                        issued.lifetime().toSeconds(),
                        issued.refreshToken(),
                        Scope.join(issued.scopes())));
    }

    private static Optional<Set<Scope>> dropped(Optional<Fault> fault) {
        return fault.filter(Fault.NarrowerScopes.class::isInstance)
                .map(Fault.NarrowerScopes.class::cast)
                .map(narrower -> narrower.dropped().isEmpty()
                        ? Arrays.stream(Scope.values())
                                .filter(Scope::changesSomething)
                                .collect(Collectors.toSet())
                        : narrower.dropped());
    }

    /** RFC 7636 section 4.1. */
    private static String verifier(Incoming.Form form) {
        var verifier = required(form, "code_verifier");
        if (!verifier.matches("[A-Za-z0-9._~-]{43,128}")) {
            throw Refusal.invalid("code_verifier must be 43 to 128 unreserved characters.");
        }
        return verifier;
    }

    /** Answers 200 for a token that is unknown, too: the client wants it gone, and it is. RFC 7009 section 2.2. */
    private Answer revoke(Incoming request) {
        var form = request.form();
        var client = clients.authenticate(request, form);
        var token = required(form, "token");
        var fault = faults.take(Operation.REVOKE, grants.personOf(token), request.header(Faults.HEADER));
        return Faults.through(fault, () -> {
            grants.revokeToken(client.id(), token);
            return Answer.json(200, java.util.Map.of());
        });
    }

    private Answer metadata() {
        var basic = List.of("client_secret_basic");
        return Answer.json(
                200,
                new Metadata(
                        issuer,
                        issuer + "/authorize",
                        issuer + "/token",
                        issuer + "/revoke",
                        issuer + "/api/userinfo",
                        Arrays.stream(Scope.values()).map(Scope::word).toList(),
                        List.of("code"),
                        List.of("authorization_code", "refresh_token"),
                        basic,
                        basic,
                        List.of("S256"),
                        true));
    }

    private static String required(Incoming.Form form, String name) {
        return form.one(name).orElseThrow(() -> Refusal.invalid("The parameter " + name + " is missing."));
    }
}
