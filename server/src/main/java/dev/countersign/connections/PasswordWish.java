package dev.countersign.connections;

import dev.countersign.vault.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * What a person gave to link an account with a password.
 *
 * @param address the account's mail address
 * @param user the name to sign in with, mostly the address
 * @param servers their addresses by what they are for, e.g. {@code imap}
 * @param scopes ours
 * @param label their own name for the account; empty for none
 */
public record PasswordWish(
        LinkableProvider linkable,
        String address,
        String user,
        Secret password,
        Map<String, URI> servers,
        Set<String> scopes,
        String label) {
    public PasswordWish {
        servers = Map.copyOf(servers);
        scopes = Set.copyOf(scopes);
        label = label.strip();
        if (label.length() > Linking.MOST_LABEL) {
            label = label.substring(0, Linking.MOST_LABEL);
        }
    }

    /** Names neither the person nor the password. */
    @Override
    public String toString() {
        return "PasswordWish(" + linkable.id() + ")";
    }
}
