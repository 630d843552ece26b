package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.vault.Secret;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a token back from the client that it was issued to, and with it the whole grant. An unknown token is no error. RFC 7009 section
 * 2.
 */
public final class RevocationEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationEndpoint.class);

    private final Addresses addresses;
    private final ClientAuthenticationCheck clients;
    private final RefreshTokens refreshTokens;
    private final AccessTokenFormat accessTokens;
    private final Grants grants;

    RevocationEndpoint(
            Addresses addresses,
            ClientAuthenticationCheck clients,
            RefreshTokens refreshTokens,
            AccessTokenFormat accessTokens,
            Grants grants) {
        this.addresses = addresses;
        this.clients = clients;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.grants = grants;
    }

    @Override
    public Response answer(Request request) {
        try {
            var message = Messages.form(request, addresses);
            var parameters = message.getBodyAsFormParameters();
            Messages.requireSingle(parameters);
            var clientId = clients.check(message, parameters);
            var token = parameters.getOrDefault("token", List.of()).stream()
                    .findFirst()
                    .orElseThrow(() -> new OAuthError(Code.INVALID_REQUEST, "token is missing."));
            revoke(clientId, Secret.of(token));
            return Response.empty(200).with("Cache-Control", "no-store");
        } catch (OAuthError e) {
            LOG.info("revocation refused because={}", e.getMessage());
            return TokenEndpoint.challenged(request, Messages.error(e), e);
        } catch (ParseException e) {
            return Messages.error(new OAuthError(Code.INVALID_REQUEST, "The revocation request is malformed."));
        }
    }

    private void revoke(String clientId, Secret token) {
        var grant = refreshTokens.grantOf(token).or(() -> ofAccessToken(token));
        if (grant.isEmpty()) {
            return;
        }
        if (!grant.get().clientId().equals(clientId)) {
            throw new OAuthError(
                    400,
                    Code.INVALID_GRANT,
                    "The token was not issued to this client.",
                    "grant " + grant.get().id());
        }
        grants.revoke(grant.get().id(), "client");
    }

    private Optional<Grant> ofAccessToken(Secret token) {
        try {
            return grants.find(accessTokens.verify(token).principal().grantId());
        } catch (OAuthError e) {
            return Optional.empty(); // not a token of ours, or an old one: there is nothing to revoke
        }
    }
}
