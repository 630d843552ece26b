package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.audit.AuditEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linking by a person in a browser. RFC 6749 section 4.1, RFC 7636, RFC 9207, RFC 9700 section 4.7. */
class LinkTest {
    @TempDir
    Path folder;

    private LinkFront front;

    @BeforeEach
    void start() throws IOException {
        front = new LinkFront(folder);
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private List<LinkedAccount> alices() {
        return front.connections.of(front.alice.id());
    }

    @Test
    void consentGiven_linksTheAccountAndSaysSo() {
        try (var browser = front.browser()) {
            var page = front.link(browser, LinkFront.ALICE, LinkFront.ALICE);
            assertThat(page.url().getPath()).isEqualTo("/connections");
            assertThat(page.text()).contains("alice@example.com is linked", "Read your mail", "Working");
        }
        assertThat(alices()).singleElement().satisfies(account -> {
            assertThat(account.label()).isEqualTo(LinkFront.ALICE);
            assertThat(account.subject()).isEqualTo("alice");
            assertThat(account.scopes()).contains("mail:send", "calendar:write", "contacts:read");
            assertThat(account.state()).isEqualTo(LinkedAccount.State.ACTIVE);
        });
        assertThat(front.audit).extracting(AuditEvent::type).contains("account.linked");
    }

    @Test
    void connectPage_leavesForTheProviderOnlyAfterThePersonPressed() {
        try (var browser = front.browser()) {
            var page = front.open(browser, LinkFront.ALICE, "/connect/sandbox?scopes=mail:send&tool=mail_send");
            assertThat(page.text())
                    .contains("“Send mail” needs it", "Send mail as you")
                    .doesNotContain("See your contacts");
            assertThat(requestsOpen()).isZero();
            browser.press(page, "Connect Sandbox", Map.of());
            assertThat(requestsOpen()).isOne();
        }
    }

    @Test
    void nothingTicked_isSaidOnTheForm() {
        try (var browser = front.browser()) {
            var page = front.open(browser, LinkFront.ALICE, "/connect/sandbox");
            page.document().select("input[name=scopes]").removeAttr("checked");

            var again = browser.press(page, "Connect Sandbox", Map.of());

            assertThat(again.text()).contains("Nothing is ticked");
            assertThat(again.hasButton("Connect Sandbox")).isTrue();
            assertThat(requestsOpen()).isZero();
        }
    }

    private int requestsOpen() {
        return front.database.read(
                c -> dev.countersign.store.Sql.first(c, "SELECT count(*) FROM link_request", row -> row.getInt(1))
                        .orElseThrow());
    }

    @Test
    void sameAccountTwice_updatesTheOneLink() {
        try (var browser = front.browser()) {
            front.link(browser, LinkFront.ALICE, LinkFront.ALICE);
            var first = alices().getFirst();
            front.link(browser, LinkFront.ALICE, LinkFront.ALICE);
            assertThat(alices()).singleElement().satisfies(account -> {
                assertThat(account.id()).isEqualTo(first.id());
                assertThat(account.linkedAt()).isEqualTo(first.linkedAt());
            });
        }
    }

    @Test
    void anotherAccount_becomesASecondWithItsOwnLabel() {
        try (var browser = front.browser()) {
            front.link(browser, LinkFront.ALICE, LinkFront.ALICE);
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox");
            var consent = front.toConsent(browser, connect, LinkFront.ALICE);
            var switched = browser.press(consent, "Use another account", Map.of());
            var bobs = browser.signInIfAsked(switched, LinkFront.BOB, LinkFront.PASSWORD);
            browser.press(bobs, "Allow", Map.of());
        }
        assertThat(alices()).extracting(LinkedAccount::label).containsExactly(LinkFront.ALICE, LinkFront.BOB);
        assertThat(front.connections.of(front.bob.id())).isEmpty();
    }

    @Test
    void linkAgainEndsAtAnotherAccount_isTold() {
        var account = front.linkedAlice();
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox?account=" + account.id());
            var page = browser.press(front.toConsent(browser, connect, LinkFront.BOB), "Allow", Map.of());
            assertThat(page.text()).contains("This is another account", "bob@example.com, not alice@example.com");
        }
    }

    @Test
    void labelTaken_getsANumber() {
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox");
            var there = browser.press(connect, "Connect Sandbox", Map.of("Your name for it optional", "Work"));
            browser.press(browser.signInIfAsked(there, LinkFront.ALICE, LinkFront.PASSWORD), "Allow", Map.of());
        }
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox");
            var there = browser.press(connect, "Connect Sandbox", Map.of("Your name for it optional", "work"));
            browser.press(browser.signInIfAsked(there, LinkFront.BOB, LinkFront.PASSWORD), "Allow", Map.of());
        }
        assertThat(alices()).extracting(LinkedAccount::label).containsExactly("Work", "work 2");
    }

    @Test
    void callbackInAnotherBrowser_isRefused_andTheFirstCanStillComplete() {
        try (var hers = front.stoppingBrowser();
                var other = front.browser()) {
            var callback = front.callback(hers, LinkFront.ALICE, LinkFront.ALICE);
            assertThat(other.open(callback).status()).isEqualTo(403);
            front.open(other, LinkFront.ALICE, "/connections");
            assertThat(other.open(callback).status()).isEqualTo(403);
            assertThat(alices()).isEmpty();
            assertThat(hers.open(callback).status()).isEqualTo(200);
        }
        assertThat(alices()).hasSize(1);
    }

    @Test
    void callbackByAnotherPerson_isRefused() {
        try (var hers = front.stoppingBrowser();
                var his = front.browser()) {
            front.open(his, LinkFront.BOB, "/connections");
            var page = his.open(front.callback(hers, LinkFront.ALICE, LinkFront.ALICE));
            assertThat(page.status()).isEqualTo(403);
            assertThat(page.text()).contains("not begun in this browser");
        }
        assertThat(front.connections.of(front.bob.id())).isEmpty();
    }

    @Test
    void callbackManyTimesAtOnce_proceedsOnce() throws Exception {
        try (var hers = front.stoppingBrowser();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callback = front.callback(hers, LinkFront.ALICE, LinkFront.ALICE);
            Callable<Integer> open = () -> hers.open(callback).status();
            var statuses = threads.invokeAll(List.of(open, open, open, open, open, open, open, open)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(200);
            assertThat(statuses).filteredOn(status -> status == 403).hasSize(7);
        }
        assertThat(front.audit).extracting(AuditEvent::type).containsOnlyOnce("account.linked");
    }

    @Test
    void callbackAfterTenMinutes_isRefused() {
        try (var hers = front.stoppingBrowser()) {
            var callback = front.callback(hers, LinkFront.ALICE, LinkFront.ALICE);
            front.clock.advance(Duration.ofMinutes(10));
            assertThat(hers.open(callback).status()).isEqualTo(403);
        }
    }

    @Test
    void consentDenied_saysItCalmly() {
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox?tool=mail_send");
            var page = browser.press(front.toConsent(browser, connect, LinkFront.ALICE), "Deny", Map.of());
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).contains("Nothing was linked", "go back to your app");
        }
        assertThat(alices()).isEmpty();
    }

    @Test
    void errorOfTheProvider_isEscapedAndBounded() {
        try (var hers = front.stoppingBrowser()) {
            var callback = front.callback(hers, LinkFront.ALICE, LinkFront.ALICE);
            var state = callback.getRawQuery().replaceAll(".*(state=[^&]+).*", "$1");
            var page = hers.open(front.at("/connect/sandbox/callback?" + state + "&error=server_error"
                    + "&error_description=%3Cscript%3Ealert(1)%3C/script%3E" + "x".repeat(5000)));
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text()).contains("<script>alert(1)</script>xxx").hasSizeLessThan(1000);
            assertThat(page.document().select("main script")).isEmpty();
        }
    }

    @Test
    void answerOfAnotherIssuer_linksNothing() {
        try (var hers = front.stoppingBrowser()) {
            var callback = front.callback(hers, LinkFront.ALICE, LinkFront.ALICE);
            var mixed = callback.toString().replaceAll("iss=[^&]+", "iss=https%3A%2F%2Fevil.example");
            var page = hers.open(URI.create(mixed));
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text()).contains("did not come from Sandbox");
        }
        assertThat(alices()).isEmpty();
    }

    @Test
    void narrowerScopes_areStoredAndTold() {
        front.fault("token", "narrower-scopes:mail.send", 1);
        try (var browser = front.browser()) {
            var page = front.link(browser, LinkFront.ALICE, LinkFront.ALICE);
            assertThat(page.text()).contains("Not all was allowed", "Send mail as you");
        }
        assertThat(alices().getFirst().scopes()).contains("mail:read").doesNotContain("mail:send");
    }

    @Test
    void codeRefused_leavesNothing() {
        front.fault("token", "invalid_grant", 1);
        try (var browser = front.browser()) {
            assertThat(front.link(browser, LinkFront.ALICE, LinkFront.ALICE).status())
                    .isEqualTo(400);
        }
        assertThat(alices()).isEmpty();
    }

    @Test
    void personWhoCameFromElsewhere_returnsThere() {
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox?back=/attach");
            var page = browser.press(front.toConsent(browser, connect, LinkFront.ALICE), "Allow", Map.of());
            assertThat(page.url().getPath()).isEqualTo("/attach");
        }
    }

    @Test
    void backToAnotherHost_isNotFollowed() {
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox?back=//evil.example/");
            var page = browser.press(front.toConsent(browser, connect, LinkFront.ALICE), "Allow", Map.of());
            assertThat(page.url().getPath()).isEqualTo("/connections");
        }
    }

    @Test
    void personSentByAnApp_isToldToGoBack() {
        try (var browser = front.browser()) {
            var connect = front.open(browser, LinkFront.ALICE, "/connect/sandbox?tool=mail_send&scopes=mail:send");
            var page = browser.press(front.toConsent(browser, connect, LinkFront.ALICE), "Allow", Map.of());
            assertThat(page.text()).contains("You can go back to your app.");
        }
        assertThat(alices().getFirst().scopes()).containsExactly("mail:send");
    }

    @Test
    void rename_keepsNamesApart() {
        var account = front.linkedAlice();
        try (var browser = front.browser()) {
            var page = front.open(browser, LinkFront.ALICE, "/connections");
            browser.press(page, "Save", Map.of("Name of this account", "Work"));
            assertThat(alices().getFirst().label()).isEqualTo("Work");
        }
        try (var browser = front.browser()) {
            front.link(browser, LinkFront.ALICE, LinkFront.BOB);
            assertThat(front.connections.rename(
                            front.alice.id(), alices().get(1).id(), "WORK"))
                    .isFalse();
            assertThat(front.connections.rename(front.bob.id(), account.id(), "Mine"))
                    .isFalse();
        }
    }

    @Test
    void nameOfAnotherAccount_isRefusedAtItsField() {
        var mine = front.linkedAlice();
        try (var browser = front.browser()) {
            front.link(browser, LinkFront.ALICE, LinkFront.BOB);
            var other = alices().stream()
                    .filter(account -> !account.id().equals(mine.id()))
                    .findFirst()
                    .orElseThrow();
            var form = front.open(browser, LinkFront.ALICE, "/connections");
            // the button of the account whose name is to be another
            form.document()
                    .select("section:not([aria-labelledby=account-" + other.id() + "]) form")
                    .remove();

            var page = browser.press(form, "Save", Map.of("Name of this account", mine.label()));

            assertThat(page.status()).isEqualTo(422);
            var field = page.document().select("[aria-invalid]");
            assertThat(field.eachAttr("id")).containsExactly("label-" + other.id());
            assertThat(field.val()).isEqualTo(mine.label());
            assertThat(page.document()
                            .select("details[open] #" + field.attr("aria-describedby"))
                            .text())
                    .contains("has this name");
            assertThat(other.label()).isNotEqualTo(mine.label());
        }
    }

    @Test
    void frozenAccounts_areUsedAgainAfterItWasMe() {
        front.linkedAlice();
        front.connections.freezeAll(front.alice.id(), "Something unusual happened.");
        assertThat(alices().getFirst().state()).isEqualTo(LinkedAccount.State.FROZEN);
        try (var browser = front.browser()) {
            var page = front.open(browser, LinkFront.ALICE, "/connections");
            assertThat(page.text()).contains("Stopped to be safe");
            browser.press(page, "It was me", Map.of());
        }
        assertThat(alices().getFirst().state()).isEqualTo(LinkedAccount.State.ACTIVE);
        assertThat(front.audit).extracting(AuditEvent::type).contains("account.frozen", "account.unfrozen");
    }

    @Test
    void accountOfAnotherPerson_isNotThere() {
        var account = front.linkedAlice();
        try (var browser = front.browser()) {
            var page = front.open(browser, LinkFront.BOB, "/connections/" + account.id() + "/disconnect");
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.text()).doesNotContain(LinkFront.ALICE);
        }
    }
}
