package dev.countersign.connector.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** The client that is registered for Countersign, and how it proves itself. */
final class Clients {
    private static final String NAME = "Countersign";

    private final Store store;

    record Client(String id, String name, String secretHash, URI redirect) {}

    /** A client with its secret in plain text, for the one who registered it. */
    record Registration(String clientId, String clientSecret) {}

    Clients(Store store) {
        this.store = store;
    }

    /** Registers it once; a later start keeps id and secret, so that links stay alive, and takes the new redirect URI. */
    Registration register(Path secretFile, URI redirect) throws IOException {
        var known = store.read(db -> db.one("SELECT id FROM client", row -> row.getString(1)));
        var id = known.orElseGet(() -> "countersign-" + Secrets.id());
        var secret = OwnerFile.readOrMake(secretFile, () -> Secrets.random("sbx_cs_"));
        return store.write(db -> {
            db.run(
                    "INSERT INTO client (id, name, secret_hash, redirect_uri) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO"
                            + " UPDATE SET secret_hash = excluded.secret_hash, redirect_uri = excluded.redirect_uri",
                    id,
                    NAME,
                    Secrets.sha256(secret),
                    redirect);
            return new Registration(id, secret);
        });
    }

    Optional<Client> byId(String id) {
        return store.read(db -> db.one(
                "SELECT * FROM client WHERE id = ?",
                row -> new Client(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("secret_hash"),
                        URI.create(row.getString("redirect_uri"))),
                id));
    }

    /** The client that the Basic header names and proves. RFC 6749 section 2.3.1; credentials in the body are refused. */
    Client authenticate(Incoming request, Incoming.Form form) {
        if (form.one("client_secret").isPresent()) {
            throw Refusal.invalid("Send the client's credentials with HTTP Basic, not in the body.");
        }
        var header = request.header("authorization").orElseThrow(Clients::unknown);
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw unknown();
        }
        var pair = credentials(header.substring(6).strip());
        var client = byId(pair[0]).orElseThrow(Clients::unknown);
        if (!Secrets.same(Secrets.sha256(pair[1]), client.secretHash())) {
            throw unknown();
        }
        if (form.one("client_id").filter(id -> !id.equals(client.id())).isPresent()) {
            throw Refusal.invalid("client_id is not the client that authenticated.");
        }
        return client;
    }

    private static String[] credentials(String encoded) {
        try {
            var text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            var colon = text.indexOf(':');
            if (colon < 0) {
                throw unknown();
            }
            return new String[] {
                java.net.URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
                java.net.URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8)
            };
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Refusal unknown() {
        return new Refusal(401, "invalid_client", "The client is not known or its secret is wrong.")
                .with("WWW-Authenticate", "Basic realm=\"sandbox\"");
    }
}
