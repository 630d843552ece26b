package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import dev.countersign.http.Response;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends the browser back to the client: 303, always with one {@code iss}. RFC 9207, RFC 9700 section 4.12. */
final class AuthorizationResponses {
    private final Issuer issuer;

    AuthorizationResponses(Addresses addresses) {
        this.issuer = new Issuer(addresses.issuer());
    }

    Response code(AskedFor asked, Secret code) {
        var answer = new AuthorizationSuccessResponse(
                URI.create(asked.redirectUri()),
                new AuthorizationCode(code.reveal(Secret.Purpose.ISSUE)),
                null,
                state(asked.state()),
                issuer,
                ResponseMode.QUERY);
        return to(answer.toURI());
    }

    Response error(String redirectUri, Optional<String> state, OAuthError error) {
        var answer = new AuthorizationErrorResponse(
                URI.create(redirectUri),
                new ErrorObject(error.code().value(), error.sentence()),
                state(state),
                issuer,
                ResponseMode.QUERY);
        return to(answer.toURI());
    }

    private static Response to(URI uri) {
        return Response.seeOther(uri.toString()).with("Cache-Control", "no-store");
    }

    private static @Nullable State state(Optional<String> state) {
        return state.filter(value -> !value.isBlank()).map(State::new).orElse(null);
    }
}
