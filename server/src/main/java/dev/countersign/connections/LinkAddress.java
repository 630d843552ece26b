package dev.countersign.connections;

import dev.countersign.connections.AccountChoice.ToLink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Paths of the pages on which accounts are linked. They carry what is asked for, never a right. */
public final class LinkAddress {
    private LinkAddress() {}

    /** Where the person gives what a tool lacks: the provider's page, or all of them where several would do. */
    public static String forTool(ToLink lacking, String tool) {
        var query = "?tool=" + encoded(tool) + "&scopes=" + encoded(Accounts.joined(lacking.scopes()));
        return switch (lacking.connectors().size()) {
            case 0 -> "/connections";
            case 1 -> "/connect/" + lacking.connectors().getFirst() + query;
            default -> "/connections" + query;
        };
    }

    /** Where an account is linked again, with all that it has. */
    public static Optional<String> again(LinkedAccount account) {
        return account.state() == LinkedAccount.State.NEEDS_CONSENT ? Optional.of(anew(account)) : Optional.empty();
    }

    /** Where an account is linked anew although it works: another password, or other servers. */
    public static String anew(LinkedAccount account) {
        return "/connect/" + account.connector() + "?account=" + encoded(account.id()) + "&scopes="
                + encoded(Accounts.joined(account.scopes()));
    }

    /** Where a person sees that an account is linked, and what was asked and not given. */
    public static String linked(LinkedAccount account, Set<String> missing, Optional<LinkedAccount> instead) {
        return "/connections?linked=" + encoded(account.id())
                + (missing.isEmpty() ? "" : "&missing=" + encoded(Accounts.joined(missing)))
                + instead.map(other -> "&instead=" + encoded(other.id())).orElse("");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
