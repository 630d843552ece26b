package dev.countersign.cli;

import dev.countersign.client.Browser;
import dev.countersign.client.Browser.Page;
import dev.countersign.client.OAuthLogin;
import dev.countersign.client.OAuthLogin.Tokens;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A person of the demo, at a browser of their own, with an account at Countersign and one at the sandbox. */
final class Visitor implements AutoCloseable {
    /** Of both accounts; the demo's people are made up. */
    static final String PASSWORD = "countersign-demo";

    /** Where the tour's clients would listen; the browser stops when it is sent there. */
    static final URI CALLBACK = URI.create("http://127.0.0.1:33418/callback");

    private final String name;
    private final String email;
    private final URI console;
    private final URI provider;
    private final Browser browser = new Browser(CALLBACK.toString());

    Visitor(String name, String email, URI console, URI provider) {
        this.name = name;
        this.email = email;
        this.console = console;
        this.provider = provider;
    }

    String name() {
        return name;
    }

    String email() {
        return email;
    }

    /** Opens a page, signing in when it asks for that. */
    Page open(URI page) {
        return browser.signInIfAsked(browser.open(page), email, PASSWORD);
    }

    /** Opens a page of Countersign. */
    Page open(String path) {
        return open(console.resolve(path));
    }

    Page press(Page page, String button) {
        return browser.press(page, button, Map.of());
    }

    /** Reads what a client asks for and allows it. */
    Tokens authorize(OAuthLogin login, Collection<String> scopes) {
        var started = login.start(List.copyOf(scopes));
        var consent = open(started.url());
        Unmet.unless(
                consent.hasButton("Allow"),
                "a page with the button “Allow” for " + name,
                Tour.shortened(consent.text()));
        return login.finish(started, press(consent, "Allow").url());
    }

    /** Links the account at the provider that a page of Countersign offers: Connect there, sign in and Allow here. */
    void link(URI page) {
        var consent = browser.signInIfAsked(press(open(page), "Connect Sandbox"), email, PASSWORD);
        Unmet.unless(
                consent.url().getAuthority().equals(provider.getAuthority()),
                "the consent page of the sandbox",
                consent.url().getAuthority() + " says: " + Tour.shortened(consent.text()));
        var back = press(consent, "Allow");
        Unmet.unless(
                back.status() == 200 && back.url().getAuthority().equals(console.getAuthority()),
                "to be back at Countersign with the account linked",
                back.url().getAuthority() + " says: " + Tour.shortened(back.text()));
    }

    /** How many mails with this subject lie in the person's inbox, as the provider's own page shows it. */
    long received(String subject) {
        return mails("/", subject);
    }

    /** How many mails with this subject have left the person's account, as the provider's own page shows it. */
    long sent(String subject) {
        return mails("/sent", subject);
    }

    private long mails(String folder, String subject) {
        open(provider.resolve("/")); // signs in: the page of sent mail leads there
        return browser.open(provider.resolve(folder)).document().select(".subject").stream()
                .filter(each -> each.text().strip().equals(subject))
                .count();
    }

    @Override
    public void close() {
        browser.close();
    }
}
