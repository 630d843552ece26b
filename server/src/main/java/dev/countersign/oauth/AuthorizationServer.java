package dev.countersign.oauth;

import dev.countersign.audit.AuditEvent;
import dev.countersign.http.Route;
import dev.countersign.http.Route.Kind;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.store.Database;
import dev.countersign.vault.KeyRing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The room's parts put together: its routes, and what other rooms ask of it. */
public final class AuthorizationServer {
    private final Settings settings;
    private final Grants grants;
    private final Clients clients;
    private final AccessTokens accessTokens;
    private final Challenges challenges;
    private final List<Route> routes;

    /**
     * What can be set.
     *
     * @param addresses from the public URL
     * @param scopes all that can be asked for
     * @param offeredScopes in the metadata of the resource: the scopes of the tools that are there
     * @param firstScopes what a client without a token is told to ask for, and gets when it asks for none
     * @param preRegistered clients that need not register
     * @param registration whether clients may register themselves
     * @param registrationsInAnHour from one network address
     * @param metadataDocuments whether a client may be known by the address of its metadata document
     */
    public record Settings(
            Addresses addresses,
            Scopes scopes,
            List<String> offeredScopes,
            Set<String> firstScopes,
            List<Client> preRegistered,
            boolean registration,
            int registrationsInAnHour,
            boolean metadataDocuments) {
        /** Enough for people behind one address; a stranger who fills the table is slowed down. */
        public static final int REGISTRATIONS_IN_AN_HOUR = 60;

        public Settings {
            offeredScopes = List.copyOf(offeredScopes);
            firstScopes = Set.copyOf(firstScopes);
            preRegistered = List.copyOf(preRegistered);
            if (firstScopes.isEmpty()
                    || !firstScopes.stream().allMatch(s -> scopes.of(s).isPresent())) {
                throw new IllegalArgumentException("the first scopes are at least one of those that there are");
            }
        }
    }

    public AuthorizationServer(
            Settings settings,
            Database database,
            KeyRing ring,
            Grants grants,
            SigningKeys keys,
            BrowserSessions sessions,
            ConsentPage consentPage,
            ErrorPage errorPage,
            SafeFetch fetch,
            Consumer<AuditEvent> audit,
            Clock clock) {
        var addresses = settings.addresses;
        var registered = new RegisteredClients(database, audit, clock);
        this.settings = settings;
        this.grants = grants;
        this.clients = new Clients(
                settings.preRegistered,
                registered,
                settings.metadataDocuments ? Optional.of(new ClientMetadataDocuments(fetch)) : Optional.empty());
        var format = new AccessTokenFormat(addresses, keys, clock);
        this.accessTokens = new AccessTokens(format, grants, clock);
        this.challenges = new Challenges(addresses, settings.firstScopes);
        var refreshTokens = new RefreshTokens(database, ring, grants, clock);
        var codes = new AuthorizationCodes(database, grants, refreshTokens, clock);
        var consents = new Consents(database, grants, settings.scopes, clock);
        var responses = new AuthorizationResponses(addresses);
        var authentication = new ClientAuthenticationCheck(clients);
        var resourceMetadata = new ProtectedResourceMetadataEndpoint(addresses, settings.offeredScopes);
        var check = new AuthorizationCheck(addresses, settings.scopes, settings.firstScopes);
        var all = new ArrayList<Route>(List.of(
                Route.get("/.well-known/oauth-protected-resource", Kind.OPEN_API, resourceMetadata),
                Route.get("/.well-known/oauth-protected-resource/mcp", Kind.OPEN_API, resourceMetadata),
                Route.get(
                        "/.well-known/oauth-authorization-server",
                        Kind.OPEN_API,
                        new AuthorizationServerMetadataEndpoint(
                                addresses, settings.scopes, settings.registration, settings.metadataDocuments)),
                Route.get("/jwks", Kind.OPEN_API, new JwksEndpoint(keys)),
                Route.get(
                        "/authorize",
                        Kind.PAGE,
                        new AuthorizeEndpoint(
                                sessions, clients, check, consents, codes, responses, consentPage, errorPage, clock)),
                Route.post(
                        "/authorize/decision",
                        Kind.PAGE,
                        new ConsentDecisionEndpoint(sessions, consents, codes, responses, errorPage, audit, clock)),
                Route.post(
                        "/token",
                        Kind.OPEN_API,
                        new TokenEndpoint(addresses, authentication, codes, refreshTokens, format)),
                Route.post(
                        "/revoke",
                        Kind.OPEN_API,
                        new RevocationEndpoint(addresses, authentication, refreshTokens, format, grants))));
        if (settings.registration) {
            all.add(Route.post(
                    "/register",
                    Kind.OPEN_API,
                    new RegistrationEndpoint(registered, settings.registrationsInAnHour, clock)));
        }
        this.routes = List.copyOf(all);
    }

    public List<Route> routes() {
        return routes;
    }

    public AccessTokens accessTokens() {
        return accessTokens;
    }

    public Challenges challenges() {
        return challenges;
    }

    public Grants grants() {
        return grants;
    }

    public Clients clients() {
        return clients;
    }

    public Addresses addresses() {
        return settings.addresses;
    }
}
