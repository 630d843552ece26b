package dev.countersign.front;

import static com.microsoft.playwright.options.AriaRole.ALERT;
import static com.microsoft.playwright.options.AriaRole.BUTTON;
import static com.microsoft.playwright.options.AriaRole.CHECKBOX;
import static dev.countersign.front.CountersignServer.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Forms that are refused, in Chromium, mostly without script. WCAG 2.2 success criteria 3.3.1, 3.3.3 and 4.1.3. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FormsTest {
    private static final double PATIENCE_MILLIS = 180_000;
    private static final String EMAIL = "first@example.com";
    private static final String PASSWORD = "violet harbour seventy lanterns";

    /** Browsers take it for an address, RFC 5321 section 4.5.3.1.1 does not. */
    private static final String NO_ADDRESS = "a".repeat(65) + "@example.com";

    private static Chromium chromium;
    private static CountersignServer server;

    private BrowserContext profile;
    private Page page;

    @BeforeAll
    static void start(@TempDir Path home) {
        chromium = new Chromium();
        server = CountersignServer.empty(
                home, Map.of("connectors.standards.enabled", "true", "connectors.sandbox.enabled", "true"));
    }

    @AfterAll
    static void stop() {
        chromium.close();
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openProfile() {
        profile = chromium.profile(Chromium.Look.WITHOUT_SCRIPT.getLast(), Chromium.NOBODY);
        page = profile.newPage();
    }

    @AfterEach
    void closeProfile() {
        profile.close();
    }

    private void open(String path) {
        page.navigate(server.page(path).toString());
    }

    private void press(String name) {
        Chromium.arrive(
                page,
                page.getByRole(BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))::click);
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private void signIn(String email, String password) {
        field("Email").fill(email);
        field("Password").fill(password);
        press("Sign in");
    }

    /** The first person, whom the link makes where no test has used it yet. */
    private void signedIn() {
        open("/sign-in");
        signIn(EMAIL, PASSWORD);
        if (page.url().contains("/sign-in")) {
            page.navigate(server.running().firstRunLink().orElseThrow().toString());
            makeFirstPerson(EMAIL, PASSWORD);
        }
        assertThat(page.content()).contains(EMAIL);
    }

    private void makeFirstPerson(String email, String password) {
        field("Email").fill(email);
        field("Name").fill("First Person");
        field("Password").fill(password);
        press("Create my sign-in");
    }

    /** That these fields, and no others, are named as what is to be mended, and where a person is put. */
    private void assertRefused(String title, Locator first, Locator... others) {
        assertThat(page.title()).isEqualTo("Error: " + title + " · Countersign");
        assertSaidOnTop();
        assertFocused(first);
        assertThat(page.locator("[aria-invalid]").count()).isEqualTo(1 + others.length);
        assertNamed(first);
        List.of(others).forEach(this::assertNamed);
    }

    /** That the page as a whole says it, and a person is put there. */
    private void assertRefusedAsAWhole(String title) {
        assertThat(page.title()).startsWith("Error: " + title + " · ");
        assertFocused(page.getByRole(ALERT));
        assertThat(page.locator("[aria-invalid]").count()).isZero();
        assertSaidOnTop();
    }

    private void assertSaidOnTop() {
        assertThat(page.getByRole(ALERT).count()).isOne();
        assertThat(page.locator("input[type=password]").all())
                .allSatisfy(password -> assertThat(password.inputValue()).isEmpty());
    }

    private static void assertFocused(Locator element) {
        PlaywrightAssertions.assertThat(element)
                .isFocused(new LocatorAssertions.IsFocusedOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** That the summary's link leads to the field, and the field is described by the same words. */
    private void assertNamed(Locator field) {
        assertThat(field.getAttribute("aria-invalid")).isEqualTo("true");
        var id = String.valueOf(field.getAttribute("id"));
        var beside = page.locator("#" + id + "-wrong").innerText().strip();
        assertThat(beside).isNotEmpty();
        assertThat(field.getAttribute("aria-describedby")).startsWith(id + "-wrong");
        var link = page.getByRole(ALERT).locator("a[href='#" + id + "']");
        assertThat(link.innerText().strip()).isEqualTo(beside);
        link.click();
        assertFocused(field);
    }

    @Test
    @Order(1)
    void firstRunLink_makesTheFirstPerson_once() {
        var link = server.running().firstRunLink().orElseThrow().toString();
        page.navigate(link);
        makeFirstPerson(NO_ADDRESS, "aaaaaaaaaaaa");
        assertRefused("Welcome", field("Email"), field("Password"));
        assertThat(field("Email").inputValue()).isEqualTo(NO_ADDRESS);
        assertThat(field("Name").inputValue()).isEqualTo("First Person");

        makeFirstPerson(EMAIL, PASSWORD);
        assertThat(page.content()).contains(EMAIL);

        press("Sign out");
        page.navigate(link);
        assertThat(page.getByRole(BUTTON).count()).isZero();
        open("/sign-in");
        signIn(EMAIL, PASSWORD);
        assertThat(page.content()).contains(EMAIL);
    }

    /** With script, which sets the time zone only as long as the person has not. */
    @Test
    @Order(0)
    void refusedForm_fitsItsWindow_andKeepsNobodyOut() {
        profile.close();
        profile = chromium.profile(Chromium.Look.WITH_SCRIPT.getFirst(), Chromium.NOBODY);
        page = profile.newPage();
        page.navigate(server.running().firstRunLink().orElseThrow().toString());
        assertLooksRight("welcome");
        field("Time zone").selectOption("Asia/Tokyo");

        makeFirstPerson(NO_ADDRESS, "aaaaaaaaaaaa");

        assertThat(field("Time zone").inputValue()).isEqualTo("Asia/Tokyo");
        assertRefused("Welcome", field("Email"), field("Password"));
        assertLooksRight("welcome-refused");
    }

    private void assertLooksRight(String name) {
        for (var look : Chromium.Look.WITH_SCRIPT) {
            Chromium.look(page, look);
            Chromium.screenshot(page, name + "-" + look);
            assertThat(Chromium.overflow(page)).as(name + ", " + look).isZero();
            assertThat(Chromium.barriers(page)).as(name + ", " + look).isEmpty();
        }
    }

    @Test
    void wrongPassword_isOfEmailAndPasswordTogether() {
        open("/sign-in");

        signIn(EMAIL, "not the password");

        assertRefusedAsAWhole("Sign in");
        assertThat(field("Email").inputValue()).isEqualTo(EMAIL);
    }

    @Test
    void newPassword_isRefusedAtEachFieldThatIsWrong() {
        signedIn();
        open("/security/password");
        field("Current password").fill("not the password");
        field("New password").fill("aaaaaaaaaaaa");
        field("Apps that act for you").selectOption("end");

        press("Change password");

        assertRefused("Change password", field("Current password"), field("New password"));
        assertThat(field("Apps that act for you").inputValue()).isEqualTo("end");
    }

    @Test
    void nothingTicked_isOfTheBoxes() {
        signedIn();
        open("/connect/sandbox");
        page.getByRole(CHECKBOX).all().forEach(Locator::uncheck);
        field("Your name for it optional").fill("work");

        press("Connect Sandbox");

        assertThat(page.title()).startsWith("Error: Link your Sandbox account");
        assertSaidOnTop();
        var first = page.locator("input[type=checkbox]").first();
        assertFocused(first);
        assertNamed(first);
        assertThat(field("Your name for it optional").inputValue()).isEqualTo("work");
    }

    @Test
    void accountWithAPassword_isRefusedAtItsAddressThenAtItsServers() {
        signedIn();
        open("/connect/standards");
        field("Mail address").fill(NO_ADDRESS);
        press("Find servers");
        assertRefused("Link an account: Mail, calendar and contacts", field("Mail address"));
        assertThat(field("Mail address").inputValue()).isEqualTo(NO_ADDRESS);

        field("Mail address").fill("first@home.invalid");
        press("Find servers");
        field("Calendar server (CalDAV)").fill("no server");
        field("Mail server (IMAP)").fill("https://mail.home.invalid/");
        field("User name optional").fill("first");
        field("App password").fill("an app password");
        press("Connect Mail, calendar and contacts");

        assertRefused(
                "Password for first@home.invalid", field("Calendar server (CalDAV)"), field("Mail server (IMAP)"));
        assertThat(field("Calendar server (CalDAV)").inputValue()).isEqualTo("no server");
        assertThat(field("User name optional").inputValue()).isEqualTo("first");
    }

    @Test
    void nameOfAnAccount_isRefusedWhereItIsTyped() {
        signedIn();
        open("/connect/sandbox");
        press("Connect Sandbox");
        signIn(ALICE, "not the password");
        assertRefusedAsAWhole("Sign in");
        signIn(ALICE, CountersignServer.PASSWORD);
        press("Allow");
        page.getByText("Rename").click();
        field("Name of this account").fill("   ");

        press("Save");

        assertRefused("Connections", field("Name of this account"));
    }
}
