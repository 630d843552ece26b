package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connections.AccountsTool.Linkable;
import dev.countersign.connections.AccountsTool.Output;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Principal;
import dev.countersign.oauth.Scopes;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountsToolTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
    private static final List<Linkable> PROVIDERS =
            List.of(new Linkable("sandbox", "Sandbox", Set.of("mail:send", "mail:read")));

    private static LinkedAccount account(LinkedAccount.State state, Optional<String> trouble) {
        return new LinkedAccount(
                "a1",
                "alice",
                "sandbox",
                "Sandbox",
                "work",
                "subject",
                "alice@example.com",
                Set.of("mail:send", "mail:read"),
                state,
                trouble,
                NOW,
                Optional.empty());
    }

    @SuppressWarnings("unchecked")
    private static Tool<AccountsTool.Input, Output> tool(LinkedAccount... alices) {
        return (Tool<AccountsTool.Input, Output>) AccountsTool.tool(
                userId -> userId.equals("alice") ? List.of(alices) : List.of(),
                PROVIDERS,
                Scopes.OWN,
                "https://sign.example.com");
    }

    private static Output run(Tool<AccountsTool.Input, Output> tool, String userId) {
        var principal = new Principal(userId, "client", "Client", "grant", Set.of(), NOW);
        var call = (ServerCall) Proxy.newProxyInstance(
                ServerCall.class.getClassLoader(),
                new Class<?>[] {ServerCall.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "principal" -> principal;
                    case "zone" -> ZoneId.of("Europe/Berlin");
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return tool.run().call(new AccountsTool.Input(), call);
    }

    @Test
    void linkedAccount_isShownWithWhatItAllows() {
        var tool = tool(account(LinkedAccount.State.ACTIVE, Optional.empty()));

        var out = run(tool, "alice");

        var linked = out.accounts().getFirst();
        assertThat(linked.scopes()).containsExactly("mail:read", "mail:send");
        assertThat(linked.allows()).containsExactly("Read your mail", "Send mail as you, after you approve it");
        assertThat(linked.linkedAt()).hasToString("2026-11-25T10:00+01:00");
        assertThat(tool.text().orElseThrow().apply(out))
                .contains("work, alice@example.com at sandbox [account a1]: works.");
    }

    @Test
    void accountThatDoesNotWork_saysWhy() {
        var tool = tool(account(LinkedAccount.State.NEEDS_CONSENT, Optional.of("Sandbox ended the consent.")));

        var out = run(tool, "alice");

        assertThat(out.accounts().getFirst().trouble()).contains("Sandbox ended the consent.");
        assertThat(tool.text().orElseThrow().apply(out)).contains("must be linked again (Sandbox ended the consent.)");
    }

    @Test
    void otherPerson_seesNoAccountAndWhereToLinkOne() {
        var tool = tool(account(LinkedAccount.State.ACTIVE, Optional.empty()));

        var out = run(tool, "bob");

        assertThat(out.accounts()).isEmpty();
        assertThat(out.links().getFirst().url()).isEqualTo("https://sign.example.com/connect/sandbox");
        assertThat(tool.text().orElseThrow().apply(out))
                .isEqualTo("No account is linked.\nTo link an account of Sandbox the person opens"
                        + " https://sign.example.com/connect/sandbox\n");
    }
}
