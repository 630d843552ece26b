package dev.countersign.connections;

import dev.countersign.hosts.Login;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A password with the servers that it is for. They are sealed as one value, in the place of an access token: whoever could
 * write to the database still could not send the password elsewhere.
 *
 * @param user the name to sign in with
 * @param servers their addresses by what they are for, e.g. {@code imap}
 */
record PasswordRecord(String user, Secret password, Map<String, URI> servers) {
    /** As it is sealed. */
    record Kept(String user, String password, Map<String, String> servers) {}

    PasswordRecord {
        servers = Map.copyOf(servers);
    }

    Secret asSecret() {
        var addresses = new TreeMap<String, String>();
        servers.forEach((name, address) -> addresses.put(name, address.toString()));
        return Secret.of(RecordJson.UPSTREAM.write(new Kept(user, password.reveal(Secret.Purpose.STORE), addresses)));
    }

    static PasswordRecord of(Secret secret) {
        var kept = RecordJson.UPSTREAM.read(secret.reveal(Secret.Purpose.UPSTREAM), Kept.class);
        var servers = new TreeMap<String, URI>();
        kept.servers().forEach((name, address) -> servers.put(name, URI.create(address)));
        return new PasswordRecord(kept.user(), Secret.of(kept.password()), servers);
    }

    Optional<AccountServer> server(String name) {
        return Optional.ofNullable(servers.get(name)).map(this::server);
    }

    /** A name in the address is the one to sign in with at this server. */
    AccountServer server(URI address) {
        var login =
                new Login.Password(Optional.ofNullable(address.getUserInfo()).orElse(user), password);
        var bare = Optional.ofNullable(address.getRawUserInfo())
                .map(info -> address.toString().replaceFirst(Pattern.quote(info + "@"), ""))
                .orElse(address.toString());
        return new AccountServer(URI.create(bare), login);
    }

    @Override
    public String toString() {
        return "PasswordRecord(…)";
    }
}
