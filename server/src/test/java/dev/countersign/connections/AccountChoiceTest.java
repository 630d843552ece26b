package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connections.AccountChoice.Chosen;
import dev.countersign.connections.AccountChoice.ToLink;
import dev.countersign.connections.AccountChoice.Unclear;
import dev.countersign.connections.LinkedAccount.State;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Tool.Accounts;
import dev.countersign.oauth.Scopes;
import dev.countersign.vault.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountChoiceTest {
    private static final Connector SANDBOX = LinkFront.sandboxConnector();
    private static final Provider PROVIDER = SANDBOX.provider(new Settings(Map.of("url", "http://127.0.0.1:8485")));
    private static final List<LinkableProvider> PROVIDERS =
            List.of(new LinkableProvider(SANDBOX, PROVIDER, "client", Secret.of("secret")));

    record In(Optional<String> account) {}

    record Out() {}

    private static Tool<In, Out> tool(Accounts accounts, String... scopes) {
        return Tool.read("mail_search", "Search mail", In.class, Out.class)
                .scopes(scopes)
                .accounts(accounts)
                .service(SearchService.class)
                .run((in, call) -> new Out());
    }

    private static LinkedAccount account(String label, State state, String... scopes) {
        return new LinkedAccount(
                "id-" + label.toLowerCase(java.util.Locale.ROOT),
                "alice",
                "sandbox",
                "Sandbox",
                label,
                "subject-" + label,
                label + "@example.com",
                Set.of(scopes),
                state,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    private static AccountChoice choose(Tool<?, ?> tool, List<LinkedAccount> accounts, String... named) {
        return new AccountChooser(PROVIDERS, Scopes.OWN, "http://localhost:8484", tool, accounts)
                .choose(List.of(named));
    }

    private static final Tool<In, Out> ONE = tool(Accounts.ONE, "mail:read");
    private static final Tool<In, Out> EVERY = tool(Accounts.EVERY, "mail:read");
    private static final LinkedAccount WORK = account("Work", State.ACTIVE, "mail:read", "calendar:read");
    private static final LinkedAccount HOME = account("Home", State.ACTIVE, "mail:write");
    private static final LinkedAccount CALENDAR = account("Calendar", State.ACTIVE, "calendar:read");
    private static final LinkedAccount ENDED = account("Ended", State.NEEDS_CONSENT, "mail:read", "mail:send");
    private static final LinkedAccount FROZEN = account("Frozen", State.FROZEN, "mail:read");

    @Test
    void toolWithoutAccounts_usesNone() {
        assertThat(choose(tool(Accounts.NONE), List.of(WORK))).isEqualTo(new Chosen(List.of()));
    }

    @Test
    void nothingLinked_namesTheConnectorsThatCanServe() {
        assertThat(choose(ONE, List.of())).isInstanceOfSatisfying(ToLink.class, lacking -> {
            assertThat(lacking.connectors()).containsExactly("sandbox");
            assertThat(lacking.scopes()).containsExactly("mail:read");
        });
    }

    @Test
    void onlyOneAble_isUsed_andWriteImpliesRead() {
        assertThat(choose(ONE, List.of(CALENDAR, HOME))).isEqualTo(new Chosen(List.of(HOME)));
    }

    @Test
    void severalAble_areListedAndNoneIsGuessed() {
        assertThat(choose(ONE, List.of(WORK, HOME)))
                .isInstanceOfSatisfying(
                        Unclear.class,
                        unclear -> assertThat(unclear.sentence())
                                .contains("“Work” (Work@example.com)", "“Home”", "with account"));
    }

    @Test
    void named_byIdLabelOrAddressInAnyCase() {
        for (var name : List.of("id-work", "WORK", "work@EXAMPLE.com", " Work ")) {
            assertThat(choose(ONE, List.of(WORK, HOME), name)).isEqualTo(new Chosen(List.of(WORK)));
        }
    }

    @Test
    void unknownName_listsWhatThereIs() {
        assertThat(choose(ONE, List.of(WORK), "x".repeat(500)))
                .isInstanceOfSatisfying(
                        Unclear.class,
                        unclear -> assertThat(unclear.sentence())
                                .startsWith("There is no account “x")
                                .contains("“Work”")
                                .hasSizeLessThan(300));
    }

    @Test
    void scopesLacking_asksForThemAndAllThatIsHeld() {
        assertThat(choose(ONE, List.of(CALENDAR))).isInstanceOfSatisfying(ToLink.class, lacking -> {
            assertThat(lacking.scopes()).containsExactlyInAnyOrder("calendar:read", "mail:read");
            assertThat(lacking.reason()).contains("“Read your mail”", "“Calendar”");
        });
    }

    @Test
    void consentEnded_asksForAllAgain() {
        assertThat(choose(ONE, List.of(ENDED)))
                .isInstanceOfSatisfying(
                        ToLink.class,
                        lacking -> assertThat(lacking.scopes()).containsExactlyInAnyOrder("mail:read", "mail:send"));
    }

    @Test
    void frozen_saysWhereToUnfreeze() {
        assertThat(choose(ONE, List.of(FROZEN))).isInstanceOfSatisfying(ToLink.class, lacking -> {
            assertThat(lacking.connectors()).isEmpty();
            assertThat(lacking.reason()).contains("http://localhost:8484/connections");
        });
    }

    @Test
    void every_takesAllThatCanServe_andThoseInTroubleBesideOneThatWorks() {
        assertThat(choose(EVERY, List.of(WORK, CALENDAR, ENDED))).isEqualTo(new Chosen(List.of(WORK, ENDED)));
        assertThat(choose(EVERY, List.of(WORK, HOME), "home")).isEqualTo(new Chosen(List.of(HOME)));
        assertThat(choose(EVERY, List.of(ENDED, FROZEN))).isInstanceOf(ToLink.class);
    }

    @Test
    void searchScope_isNotAskedOfAProvider() {
        assertThat(choose(tool(Accounts.EVERY, "search"), List.of(CALENDAR))).isEqualTo(new Chosen(List.of(CALENDAR)));
    }
}
