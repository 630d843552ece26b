package dev.countersign.oauth;

import dev.countersign.vault.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Software that asks for access. Its id is no secret and its name is its own word.
 *
 * @param id given by us, or the https URL of its metadata document
 * @param name as the client calls itself, without control and formatting characters
 * @param host what people can judge it by: the host of its metadata document, else of its first redirect URI
 * @param known how we know it
 * @param authentication how it proves itself at the token endpoint
 * @param secretDigest SHA-256 of its secret; present unless {@code authentication} is NONE
 * @param refreshes whether it gets refresh tokens
 */
public record Client(
        String id,
        String name,
        String host,
        List<String> redirectUris,
        Known known,
        Authentication authentication,
        Optional<String> secretDigest,
        boolean refreshes) {

    /** How a client is known. */
    public enum Known {
        /** Named in the settings. */
        PRE_REGISTERED,
        /** Described by the document at its id. */
        METADATA_DOCUMENT,
        /** Registered itself, RFC 7591. */
        REGISTERED
    }

    /** Client authentication methods, RFC 7591 section 2. */
    public enum Authentication {
        NONE("none"),
        CLIENT_SECRET_BASIC("client_secret_basic"),
        CLIENT_SECRET_POST("client_secret_post");

        private final String value;

        Authentication(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }

        static Optional<Authentication> of(String value) {
            for (var method : values()) {
                if (method.value.equals(value)) {
                    return Optional.of(method);
                }
            }
            return Optional.empty();
        }
    }

    public Client {
        redirectUris = List.copyOf(redirectUris);
        if ((authentication == Authentication.NONE) == secretDigest.isPresent()) {
            throw new IllegalArgumentException("a client has a secret exactly when it authenticates with one");
        }
    }

    /** A public client that the settings name. */
    public static Client preRegistered(String id, String name, List<String> redirectUris) {
        return new Client(
                id,
                DisplayName.of(name),
                RedirectUris.displayHost(redirectUris.getFirst()),
                redirectUris,
                Known.PRE_REGISTERED,
                Authentication.NONE,
                Optional.empty(),
                true);
    }

    /** Whether this is the client's secret. */
    boolean hasSecret(Secret secret) {
        var given = Secret.of(dev.countersign.vault.RandomToken.digest(secret));
        return secretDigest.map(Secret::of).filter(given::equals).isPresent();
    }
}
