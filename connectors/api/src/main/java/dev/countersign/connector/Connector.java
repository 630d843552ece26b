package dev.countersign.connector;

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

    /** Services by their interface, each made for one linked account, e.g. {@code CalendarService → GoogleCalendar::new}. */
    default Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of();
    }

    /** Tools of its own, beside those written over services. */
    default List<Tool<?, ?>> tools() {
        return List.of();
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
}
