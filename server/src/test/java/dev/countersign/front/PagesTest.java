package dev.countersign.front;

import static com.microsoft.playwright.options.AriaRole.BUTTON;
import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static dev.countersign.front.CountersignServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.client.ModernClient.Answer;
import dev.countersign.client.OAuthLogin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people see and press, in Chromium. */
class PagesTest {
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    private static final String READY = "Reads well on every page";

    private static Chromium chromium;
    private static CountersignServer server;
    private static AttachedApp app;
    private static String alice = Chromium.NOBODY;
    /** The pages that a signed-in person comes to, by name. */
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    private final List<BrowserContext> profiles = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path home) {
        chromium = new Chromium();
        server = CountersignServer.demo(home);
        app = server.attach(ALICE, "Browser's client");
        try (var surfer = server.surfer(ALICE)) {
            surfer.link();
            surfer.decline(ask("Declined before"));
        }
        try (var profile = chromium.profile()) {
            signIn(profile.newPage(), ALICE);
            alice = profile.storageState();
        }
        collectPages();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void refresh() {
        app = app.refreshed(); // an access token lives ten minutes, which all pages together may take longer than
    }

    @AfterEach
    void closeProfiles() {
        profiles.forEach(BrowserContext::close);
    }

    private static void collectPages() {
        var waiting = ask(READY);
        var declined = Calls.page(call("Declined before", AttachedApp.NOTHING));
        PAGES.put("approvals", "/approvals");
        PAGES.put("approval-open", waiting.getPath());
        PAGES.put("approval-again", declined.getPath());
        PAGES.put("connections", "/connections");
        PAGES.put("connect", "/connect/sandbox");
        PAGES.put("activity", "/activity");
        PAGES.put("clients", "/clients");
        PAGES.put("security", "/security");
        PAGES.put("new-password", "/security/password");
        PAGES.put("attach", "/attach");
        PAGES.put("admin", "/admin");
        PAGES.put("missing", "/no-such-page");
        PAGES.put("consent", authorizePage());
    }

    private static String authorizePage() {
        var login = OAuthLogin.discover(server.mcp(), "Another client", URI.create("http://127.0.0.1:9/callback"));
        var url = login.start(AttachedApp.ALL_SCOPES).url();
        return url.getRawPath() + "?" + url.getRawQuery();
    }

    private static Answer call(String subject, String capabilities) {
        try (var client = app.modern(capabilities)) {
            return client.callTool("mail_send", Calls.mail(BOB, subject));
        }
    }

    private static URI ask(String subject) {
        return Calls.page(call(subject, AttachedApp.NOTHING));
    }

    private static Answer outcome(String subject) {
        return Await.found("the outcome of " + subject, () -> {
            var answer = call(subject, AttachedApp.NOTHING);
            return Calls.status(answer).isEmpty() ? Optional.of(answer) : Optional.empty();
        });
    }

    private static void signIn(Page page, String email) {
        page.navigate(server.page("/sign-in").toString());
        fillIn(page, email, PASSWORD);
    }

    private static void fillIn(Page page, String email, String password) {
        page.getByLabel("Email").fill(email);
        page.getByLabel("Password").fill(password);
        press(page, "Sign in");
    }

    private static void press(Page page, String button) {
        Chromium.arrive(page, button(page, button)::click);
    }

    private static boolean has(Page page, String button) {
        return button(page, button).count() > 0;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** What Alice sees at that address, in a window of its own. */
    private Page open(String path) {
        var profile = chromium.profile(Chromium.Look.WITH_SCRIPT.getFirst(), alice);
        profiles.add(profile);
        return go(profile.newPage(), path);
    }

    private static Page go(Page page, String path) {
        page.navigate(server.page(path).toString());
        return page;
    }

    static List<List<Chromium.Look>> looks() {
        return List.of(Chromium.Look.WITH_SCRIPT, Chromium.Look.WITHOUT_SCRIPT);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyPage_fitsItsWindow_andKeepsNobodyOut(List<Chromium.Look> looks) {
        assertLookRight(PAGES, alice, looks);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void pagesBeforeSignIn_fitTheirWindow_andKeepNobodyOut(List<Chromium.Look> looks) {
        assertLookRight(Map.of("start", "/", "sign-in", "/sign-in"), Chromium.NOBODY, looks);
    }

    /** Loads each page once, and looks at it in one way after another. */
    private static void assertLookRight(Map<String, String> pages, String person, List<Chromium.Look> looks) {
        try (var looking = chromium.profile(looks.getFirst(), person)) {
            var page = looking.newPage();
            var errors = Chromium.errors(page);
            pages.forEach((name, path) -> {
                Chromium.look(page, looks.getFirst());
                var response = page.navigate(server.page(path).toString());
                assertThat(response.status()).as(name).isEqualTo(name.equals("missing") ? 404 : 200);
                for (var look : looks) {
                    Chromium.look(page, look);
                    Chromium.screenshot(page, name + "-" + look);
                    assertFits(name, look, page);
                    if (look.script()) {
                        assertThat(Chromium.barriers(page))
                                .as("barriers of " + name + ", " + look)
                                .isEmpty();
                    }
                }
                errors.removeIf(error -> error.contains("404") && error.contains(PAGES.get("missing")));
                assertThat(errors).as("console of " + name).isEmpty();
            });
        }
    }

    private static void assertFits(String name, Chromium.Look look, Page page) {
        if (look.isPhone()) {
            assertThat(Chromium.overflow(page))
                    .as("pixels too wide: " + name + ", " + look)
                    .isZero();
            // WCAG 2.2 success criterion 1.4.10: no scrolling to two sides at 320 px
            page.setViewportSize(320, look.height());
            assertThat(Chromium.overflow(page))
                    .as("pixels too wide at 320: " + name + ", " + look)
                    .isZero();
            page.setViewportSize(look.width(), look.height());
        }
    }

    @Test
    void consent_sendsTheBrowserBackToTheClient() throws Exception {
        var listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        try {
            var redirect =
                    URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/arrived");
            var login = OAuthLogin.discover(server.mcp(), "Listening client", redirect);
            var started = login.start(AttachedApp.ALL_SCOPES);
            var page = open(started.url().toString());
            assertThat(page.content()).contains("Listening client", "127.0.0.1");
            assertThat(has(page, "Deny")).isTrue();

            press(page, "Allow");
            page.waitForURL(redirect + "?*");

            assertThat(login.finish(started, URI.create(page.url())).accessToken())
                    .isNotEmpty();
        } finally {
            listener.stop(0);
        }
    }

    @Test
    void account_isLinkedAtTheProviderAndDisconnected() {
        var page = go(signedInAs(BOB), "/connections");
        press(page, "Connect Sandbox");
        press(page, "Connect Sandbox");
        page.getByLabel("Email").waitFor();
        assertThat(Chromium.barriers(page)).as("the sandbox's sign-in").isEmpty();
        fillIn(page, BOB, PASSWORD);
        button(page, "Allow").waitFor();
        assertThat(Chromium.barriers(page)).as("the sandbox's consent").isEmpty();
        press(page, "Allow");
        page.waitForURL(server.page("/connections") + "**");
        assertThat(page.content()).contains(BOB);

        var disconnect = page.getByRole(BUTTON, new Page.GetByRoleOptions().setName("Disconnect "));
        Chromium.arrive(page, disconnect.first()::click);
        Chromium.screenshot(page, "disconnect-phone-light");
        assertThat(Chromium.barriers(page)).isEmpty();
        Chromium.arrive(page, disconnect.first()::click);

        assertThat(page.url()).startsWith(server.page("/connections").toString());
        assertThat(disconnect.count()).isZero();
        assertThat(server.sandbox().revoked(BOB)).isOne();
    }

    private Page signedInAs(String email) {
        var profile = chromium.profile();
        profiles.add(profile);
        var page = profile.newPage();
        signIn(page, email);
        return page;
    }

    @Test
    void approvedFromTwoTabsAtOnce_sendsOneMail() {
        var subject = "Approved in two tabs";
        var path = ask(subject).getPath();
        var page = open(path);
        var other = go(page.context().newPage(), path);
        var click = "document.querySelector('button[value=approve]').click()";

        page.evaluate(click);
        other.evaluate(click);

        assertThat(Calls.failed(outcome(subject))).isFalse();
        assertThat(server.sandbox().sent(ALICE, subject)).isOne();
        for (var tab : List.of(page, other)) {
            button(tab, "Approve").waitFor(GONE);
        }
        // a tab of its own: those two load their page again by themselves when the mail is sent
        var later = go(page.context().newPage(), path);
        assertThat(has(later, "Approve")).isFalse();
        Chromium.screenshot(later, "approval-done-phone-light");
        assertThat(Chromium.barriers(later)).isEmpty();
    }

    @Test
    void inbox_leadsToTheQuestion_andDeclineSendsNothing() {
        var subject = "Declined in the browser";
        var path = ask(subject).getPath();
        var page = open("/approvals");
        var line = page.locator("a[href='" + path + "']");
        assertThat(line.innerText()).contains(BOB, subject);
        Chromium.arrive(page, line::click);
        assertThat(page.content()).contains(subject, BOB, "Browser's client");

        press(page, "Decline");

        assertThat(Calls.failed(outcome(subject))).isTrue();
        assertThat(server.sandbox().sent(ALICE, subject)).isZero();
        assertThat(has(page, "Approve")).isFalse();
    }

    @Test
    void question_isDecidedByKeyboardAlone() {
        var subject = "Approved by keyboard";
        var page = open(ask(subject).getPath());
        page.keyboard().press("Tab");
        assertThat(focused(page)).isEqualTo("Skip to the content");

        for (int i = 0; i < 40 && !focused(page).equals("Approve"); i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        assertThat(Calls.failed(outcome(subject))).isFalse();
        assertThat(server.sandbox().sent(ALICE, subject)).isOne();
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.innerText.trim()"));
    }

    @Test
    void withoutScript_theQuestionIsDecidedToo() {
        var subject = "Approved without script";
        var path = ask(subject).getPath();
        try (var looking = chromium.profile(Chromium.Look.WITHOUT_SCRIPT.getFirst(), alice)) {
            var each = go(looking.newPage(), path);

            press(each, "Approve");

            assertThat(Calls.failed(outcome(subject))).isFalse();
        }
        assertThat(server.sandbox().sent(ALICE, subject)).isOne();
    }

    @Test
    void pageOfAnother_isNotFound() {
        var path = ask("Alice's own question").getPath();
        var page = signedInAs(BOB);

        var response = page.navigate(server.page(path).toString());

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.content()).doesNotContain("Alice's own question");
    }

    @Test
    void revokedClient_isRefusedAtOnce() {
        var revoked = server.attach(ALICE, "Client to revoke");
        var page = open("/clients");

        press(page, "Revoke Client to revoke");

        assertThat(has(page, "Revoke Client to revoke")).isFalse();
        try (var client = revoked.modern(AttachedApp.NOTHING)) {
            assertThat(client.callTool("accounts_list", Map.of()).status()).isEqualTo(401);
        }
        go(page, "/activity");
        assertThat(page.content()).contains("Client to revoke");
    }

    @Test
    void otherBrowsers_areSignedOut() {
        try (var elsewhere = chromium.profile()) {
            var there = elsewhere.newPage();
            signIn(there, BOB);
            var page = go(signedInAs(BOB), "/security");

            press(page, "Sign out all other browsers");

            there.navigate(server.page("/approvals").toString());
            assertThat(there.url()).contains("/sign-in");
            go(page, "/approvals");
            assertThat(page.url()).endsWith("/approvals");
        }
    }
}
