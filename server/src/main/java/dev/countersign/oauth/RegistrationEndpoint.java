package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.client.ClientInformationResponse;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets clients register themselves, as many from one address as an hour allows. RFC 7591 section 3. */
public final class RegistrationEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationEndpoint.class);

    private final RegistrationCheck check = new RegistrationCheck();
    private final RegisteredClients clients;
    private final RegistrationLimit limit;
    private final Clock clock;

    RegistrationEndpoint(RegisteredClients clients, int mostInAnHour, Clock clock) {
        this.clients = clients;
        this.limit = new RegistrationLimit(mostInAnHour);
        this.clock = clock;
    }

    @Override
    public Response answer(Request request) {
        try {
            var type =
                    request.header("Content-Type").orElse("").split(";", 2)[0].strip();
            if (!type.equalsIgnoreCase("application/json")) {
                throw new OAuthError(Code.INVALID_CLIENT_METADATA, "Send the metadata as application/json.");
            }
            if (!limit.allows(request.client())) {
                throw new OAuthError(429, Code.SLOW_DOWN, "Too many registrations from this address in an hour.", "");
            }
            var checked = check.check(request.body());
            var registration = clients.register(
                    checked.name(), checked.redirectUris(), checked.authentication(), checked.refreshes());
            LOG.info("client registered client={}", registration.client().id());
            return registered(registration);
        } catch (OAuthError e) {
            LOG.info("registration refused because={}", e.getMessage());
            var answer = Messages.error(e);
            return e.status() == 429
                    ? answer.with("Retry-After", Long.toString(RegistrationLimit.WINDOW.toSeconds()))
                    : answer;
        }
    }

    private Response registered(RegisteredClients.Registration registration) {
        var client = registration.client();
        var metadata = new ClientMetadata();
        metadata.setName(client.name());
        metadata.setRedirectionURIs(
                client.redirectUris().stream().map(URI::create).collect(Collectors.toCollection(LinkedHashSet::new)));
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        var grantTypes = new LinkedHashSet<GrantType>();
        grantTypes.add(GrantType.AUTHORIZATION_CODE);
        if (client.refreshes()) {
            grantTypes.add(GrantType.REFRESH_TOKEN);
        }
        metadata.setGrantTypes(grantTypes);
        metadata.setTokenEndpointAuthMethod(
                new ClientAuthenticationMethod(client.authentication().value()));
        var secret = registration
                .secret()
                .map(s -> new com.nimbusds.oauth2.sdk.auth.Secret(s.reveal(Secret.Purpose.ISSUE)))
                .orElse(null);
        var information =
                new ClientInformation(new ClientID(client.id()), Date.from(clock.instant()), metadata, secret);
        return Messages.response(new ClientInformationResponse(information, true).toHTTPResponse());
    }
}
