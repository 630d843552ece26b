package dev.countersign.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One upstream API: how a person signs in to it, and what it offers. Found with {@link java.util.ServiceLoader}. */
public interface Connector {
    /** Lower-case word used in settings, addresses and the console, e.g. {@code google}. */
    String id();

    /** The provider's name as people know it, e.g. {@code Google}. */
    String name();

    /**
     * The provider, as these settings have it; for a connector without {@link #passwordSignIn}. Fails with {@link
     * IllegalArgumentException} that names the key.
     */
    default Provider provider(Settings settings) {
        throw new IllegalStateException(id() + " has no OAuth provider");
    }

    /** How its accounts are signed in to with a password; empty for a connector with a {@link #provider}. */
    default Optional<PasswordSignIn> passwordSignIn(Settings settings) {
        return Optional.empty();
    }

    /** Who the linked account is, read from the provider right after consent. With a password, the address says it. */
    default Identity identity(Upstream upstream) {
        throw new IllegalStateException(id() + " does not name accounts");
    }

    /**
     * Scopes of ours that it brings, beside those that Countersign has ({@code calendar:read} and the like). Each begins with
     * the connector's id and a colon; {@code :write} implies {@code :read}.
     */
    default List<OwnScope> scopes() {
        return List.of();
    }

    /** Services by their interface, each made for one linked account, e.g. {@code CalendarService → GoogleCalendar::new}. */
    default Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of();
    }

    /** Tools of its own, beside those written over services. */
    default List<Tool<?, ?>> tools() {
        return List.of();
    }

    /**
     * What an operator does at the provider, for {@code countersign connector setup}.
     *
     * @param redirect the redirect address to enter there
     */
    default Setup setup(URI redirect) {
        return Setup.plain(name(), redirect);
    }

    /**
     * Parameters that make the authorization endpoint ask for consent again, e.g. {@code prompt → consent}, for a provider that
     * gives a refresh token at the first consent only. They are sent once, when none came and none is held.
     */
    default Map<String, String> forcedConsent() {
        return Map.of();
    }

    /** A provider that runs inside Countersign, where there is one. */
    default Optional<Embedded> embedded() {
        return Optional.empty();
    }

    /**
     * Who an account is at the provider.
     *
     * @param subject the provider's own, unchanging id of the account
     * @param address its mail address
     * @param name the person's name there
     */
    record Identity(String subject, String address, String name) {}

    /**
     * A right that a client may be given.
     *
     * @param id the connector's id, a colon and a word, e.g. {@code notes:read}
     * @param words in which people are asked for it, e.g. {@code See your notes}
     */
    record OwnScope(String id, String words) {}
}
