package dev.countersign.connector;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How a provider is asked to end what a person allowed. */
public sealed interface Revocation {
    /** The endpoint ends the token that it is given, and what it was given out for. RFC 7009. */
    record OfToken(URI endpoint) implements Revocation {}

    /**
     * What the person allowed our client has an address: {@code DELETE} of {@code {applications}{client id}/grant}, with the
     * client's id and secret (Basic) and a valid access token in {@code {"access_token": …}}, ends it with all its tokens.
     *
     * @param applications ends with a slash
     * @param page where the person sees and ends it with their own hand
     */
    record OfGrant(URI applications, URI page) implements Revocation {
        public OfGrant {
            if (!applications.getPath().endsWith("/")) {
                throw new IllegalArgumentException("applications must end with a slash: " + applications);
            }
        }

        /** The address of what a person allowed this client. */
        public URI of(String clientId) {
            return applications.resolve(URLEncoder.encode(clientId, StandardCharsets.UTF_8) + "/grant");
        }
    }
}
