package dev.countersign.oauth;

import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;

/** The public halves of the keys that sign access tokens. RFC 7517 section 5. */
public final class JwksEndpoint implements Endpoint {
    private final SigningKeys keys;

    public JwksEndpoint(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Response answer(Request request) {
        return Response.of(200, "application/jwk-set+json", keys.published().toString(true))
                .with("Cache-Control", "public, max-age=300");
    }
}
