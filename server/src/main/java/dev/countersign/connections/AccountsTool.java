package dev.countersign.connections;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Scopes;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code accounts_list}: which accounts the person linked, whether they work, and where to link more. */
public final class AccountsTool {
    public record Input() {}

    public record Output(
            List<Linked> accounts,

            @Doc("where the person can link an account, or link one again")
            List<Link> links) {
        String text() {
            return (accounts.isEmpty()
                            ? "No account is linked.\n"
                            : accounts.stream().map(Linked::line).collect(Collectors.joining()))
                    + links.stream().map(Link::line).collect(Collectors.joining());
        }
    }

    /** An account and what it can do. */
    public record Linked(
            @Doc("what 'account' and 'accounts' of other tools take, as does label")
            String id,

            String label,
            @Doc("connector, e.g. google") String provider,
            String address,

            @Doc("active; needs_consent: the person must link it again; frozen: stopped until the person says it"
                    + " was them")
            LinkedAccount.State state,

            @Doc("why it does not work, and what to do") Optional<String> trouble,

            @Doc("scopes it was linked with, e.g. mail:read")
            List<String> scopes,

            @Doc("the same in words") List<String> allows,
            OffsetDateTime linkedAt) {
        static Linked of(LinkedAccount account, Scopes known, ZoneId zone) {
            var scopes = account.scopes().stream().sorted().toList();
            return new Linked(
                    account.id(),
                    account.label(),
                    account.connector(),
                    account.address(),
                    account.state(),
                    account.trouble(),
                    scopes,
                    scopes.stream().map(known::words).toList(),
                    account.linkedAt().atZone(zone).toOffsetDateTime());
        }

        String line() {
            return "- %s, %s at %s [account %s]: %s. %s\n"
                    .formatted(label, address, provider, id, condition(), String.join("; ", allows));
        }

        private String condition() {
            var words = switch (state) {
                case ACTIVE -> "works";
                case NEEDS_CONSENT -> "must be linked again";
                case FROZEN -> "is frozen";
            };
            return trouble.map(why -> words + " (" + why + ")").orElse(words);
        }
    }

    /** A page for the person; a model cannot link. */
    public record Link(
            String provider,
            String name,
            @Doc("the person opens it in a browser") String url,

            @Doc("scopes an account there can be linked with")
            List<String> scopes) {
        static Link of(Linkable provider, String publicUrl) {
            return new Link(
                    provider.id(),
                    provider.name(),
                    publicUrl + "/connect/" + provider.id(),
                    provider.scopes().stream().sorted().toList());
        }

        String line() {
            return "To link an account of %s the person opens %s\n".formatted(name, url);
        }
    }

    /**
     * A provider that people can link.
     *
     * @param id the connector's id, e.g. {@code google}
     * @param scopes ours that it can give
     */
    public record Linkable(String id, String name, Set<String> scopes) {
        public Linkable {
            scopes = Set.copyOf(scopes);
        }
    }

    private AccountsTool() {}

    /**
     * @param accounts a person's accounts by the person's id, oldest first
     * @param scopes what scopes are called
     * @param publicUrl the server's origin, without a slash at its end
     */
    public static Tool<?, ?> tool(
            Function<String, List<LinkedAccount>> accounts, List<Linkable> providers, Scopes scopes, String publicUrl) {
        var links =
                providers.stream().map(provider -> Link.of(provider, publicUrl)).toList();
        return Tool.read("accounts_list", "List accounts", Input.class, Output.class)
                .description(
                        "Lists the linked accounts, whether each works and what it allows, and where the person can"
                                + " link more.")
                .accounts(Tool.Accounts.NONE)
                .text(Output::text)
                .run((in, call) -> {
                    var userId = ((ServerCall) call).principal().userId();
                    return new Output(
                            accounts.apply(userId).stream()
                                    .map(account -> Linked.of(account, scopes, call.zone()))
                                    .toList(),
                            links);
                });
    }
}
