package dev.countersign.front;

import dev.countersign.client.Browser;
import dev.countersign.client.Browser.Page;
import java.net.URI;
import java.util.Map;

/** A person at a browser without a screen, who knows the ways about Countersign and the sandbox. */
public final class Surfer implements AutoCloseable {
    private final URI url;
    private final String email;
    private final String password;
    private final Browser browser = new Browser("app:nowhere");

    /** @param url where the console is */
    public Surfer(URI url, String email, String password) {
        this.url = url;
        this.email = email;
        this.password = password;
    }

    public Page open(String path) {
        return open(url.resolve(path));
    }

    public Page open(URI page) {
        return browser.open(page);
    }

    public Page press(Page page, String button) {
        return press(page, button, Map.of());
    }

    /** @param fields value by label */
    public Page press(Page page, String button, Map<String, String> fields) {
        return browser.press(page, button, fields);
    }

    public Page signIn() {
        return browser.signInIfAsked(browser.open(url.resolve("/sign-in")), email, password);
    }

    /** Makes the first account through the one-time link. */
    public Page welcome(URI link, String name) {
        return browser.press(
                browser.open(link), "Create my sign-in", Map.of("Email", email, "Name", name, "Password", password));
    }

    /** Links the person's sandbox account with everything that the page asks for. */
    public Page link() {
        return link(url.resolve("/connect/sandbox"));
    }

    /** Links from a page that a tool named. */
    public Page link(URI connectPage) {
        var connect = browser.signInIfAsked(browser.open(connectPage), email, password);
        var provider = browser.press(connect, "Connect Sandbox", Map.of());
        var consent = browser.signInIfAsked(provider, email, CountersignServer.PASSWORD);
        return consent.hasButton("Allow") ? browser.press(consent, "Allow", Map.of()) : consent;
    }

    /** Lets a client in and goes back to it. */
    public Page allow(URI authorizePage) {
        var consent = browser.signInIfAsked(browser.open(authorizePage), email, password);
        return browser.press(consent, "Allow", Map.of());
    }

    public Page approve(URI page) {
        return decide(page, "Approve");
    }

    public Page decline(URI page) {
        return decide(page, "Decline");
    }

    private Page decide(URI page, String button) {
        var question = browser.signInIfAsked(browser.open(page), email, password);
        return browser.press(question, button, Map.of());
    }

    /** Ends the link of the first account that is there. */
    public Page disconnect() {
        var button = open("/connections").document().select("button").eachText().stream()
                .filter(text -> text.startsWith("Disconnect "))
                .findFirst()
                .orElseThrow();
        return press(press(open("/connections"), button), button);
    }

    @Override
    public void close() {
        browser.close();
    }
}
