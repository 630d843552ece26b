package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import java.util.List;

/** What this authorization server can do. RFC 8414 section 2. There is no OpenID Connect discovery, since there are no ID tokens. */
public final class AuthorizationServerMetadataEndpoint implements Endpoint {
    private static final List<ClientAuthenticationMethod> AUTHENTICATION = List.of(
            ClientAuthenticationMethod.NONE,
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST);

    private final Addresses addresses;
    private final Scopes scopes;
    private final boolean registration;
    private final boolean metadataDocuments;

    public AuthorizationServerMetadataEndpoint(
            Addresses addresses, Scopes scopes, boolean registration, boolean metadataDocuments) {
        this.addresses = addresses;
        this.scopes = scopes;
        this.registration = registration;
        this.metadataDocuments = metadataDocuments;
    }

    @Override
    public Response answer(Request request) {
        return Response.json(200, document()).with("Cache-Control", "no-store");
    }

    private String document() {
        var metadata = new AuthorizationServerMetadata(new Issuer(addresses.issuer()));
        metadata.setAuthorizationEndpointURI(addresses.at("/authorize"));
        metadata.setTokenEndpointURI(addresses.at("/token"));
        metadata.setRevocationEndpointURI(addresses.at("/revoke"));
        metadata.setJWKSetURI(addresses.at("/jwks"));
        if (registration) {
            metadata.setRegistrationEndpointURI(addresses.at("/register"));
        }
        metadata.setScopes(com.nimbusds.oauth2.sdk.Scope.parse(
                scopes.all().stream().map(Scope::value).toList()));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(AUTHENTICATION);
        metadata.setRevocationEndpointAuthMethods(AUTHENTICATION);
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        metadata.setSupportsRequestParam(false);
        metadata.setSupportsRequestURIParam(false);
        metadata.setCustomParameter("client_id_metadata_document_supported", metadataDocuments);
        metadata.setCustomParameter("protected_resources", List.of(addresses.resource()));
        return metadata.toJSONObject().toJSONString();
    }
}
