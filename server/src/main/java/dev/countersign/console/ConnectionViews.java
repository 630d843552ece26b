package dev.countersign.console;

import java.util.List;
import java.util.Optional;

/** What the pages about linked accounts show. */
public final class ConnectionViews {
    private ConnectionViews() {}

    /** All linked accounts, and what more can be linked. */
    public record All(List<Notice> notices, Refusal refusal, List<Card> cards, List<Offer> offers, boolean frozen)
            implements FormView {
        public All {
            notices = List.copyOf(notices);
            cards = List.copyOf(cards);
            offers = List.copyOf(offers);
        }
    }

    /**
     * One linked account.
     *
     * @param typed what stands in the field for its name
     * @param trouble why it does not work and what to do, when it does not
     * @param again where it is linked again
     * @param mend what is done there
     * @param change where the password of an account that works is changed
     */
    public record Card(
            String id,
            String provider,
            String initial,
            String label,
            String typed,
            String address,
            List<String> may,
            Badge state,
            Optional<String> trouble,
            Optional<String> again,
            String mend,
            Optional<String> change,
            Moment linked,
            Optional<Moment> used) {
        public Card {
            may = List.copyOf(may);
        }
    }

    /**
     * A provider that can be linked.
     *
     * @param carried goes on to the next page
     */
    public record Offer(String connector, String name, String initial, boolean another, List<Carried> carried) {
        public Offer {
            carried = List.copyOf(carried);
        }
    }

    /** A hidden field: what a page knows and the next must know, too. */
    public record Carried(String name, String value) {}

    /**
     * Asks whether an account shall be disconnected.
     *
     * @param password whether it is a password that is erased, of which the host is told nothing
     */
    public record Disconnect(String id, String label, String address, String provider, boolean password) {}

    /**
     * Says what a provider will be asked for.
     *
     * @param reason what needs it, when a tool does
     * @param scopes our scopes, in words
     * @param host where the browser goes
     * @param here this page's own path, to come back to
     * @param carried goes on with the form
     */
    public record Connect(
            String connector,
            String name,
            String initial,
            Optional<String> reason,
            List<Choice> scopes,
            String host,
            String label,
            Refusal refusal,
            String here,
            List<Carried> carried)
            implements FormView {
        public Connect {
            scopes = List.copyOf(scopes);
            carried = List.copyOf(carried);
        }
    }

    /**
     * Asks for the address of an account with a password.
     *
     * @param reason what needs it, when a tool does
     * @param here this page's own path, to come back to
     * @param carried goes on with the form
     */
    public record AddressForm(
            String connector,
            String name,
            String initial,
            Optional<String> reason,
            String address,
            Refusal refusal,
            String here,
            List<Carried> carried)
            implements FormView {
        public AddressForm {
            carried = List.copyOf(carried);
        }
    }

    /**
     * Asks for a password, and shows where it goes.
     *
     * @param again whether the account is linked already
     * @param user the name to sign in with; empty for the address
     * @param here this page's own path, to come back to
     * @param carried goes on with the form
     */
    public record PasswordForm(
            String connector,
            String name,
            String initial,
            boolean again,
            String address,
            String user,
            List<ServerField> servers,
            List<Choice> scopes,
            String label,
            List<Notice> notices,
            Refusal refusal,
            String here,
            List<Carried> carried)
            implements FormView {
        public PasswordForm {
            servers = List.copyOf(servers);
            scopes = List.copyOf(scopes);
            notices = List.copyOf(notices);
            carried = List.copyOf(carried);
        }
    }

    /** @param name as the connector has it, e.g. {@code imap} */
    public record ServerField(String name, String label, String value, String example) {}

    public record Choice(Permission permission, boolean ticked) {}

    public record Permission(String scope, String words, Icon icon) {}
}
