package dev.countersign.client;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person at a browser without a screen: keeps cookies, follows redirects, fills fields by their label and presses buttons
 * by their name, as someone with a screen reader would.
 */
public final class Browser implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_REDIRECTS = 12;

    /** Follows no redirect that starts with this: it is where a client listens. */
    private final String clientRedirect;

    private final HttpClient http;

    /**
     * What the browser shows, or where it was sent to last.
     *
     * @param url where it stands; the client's redirect URI with its parameters when it was sent there
     */
    public record Page(int status, URI url, Document document) {
        public String text() {
            return document.text();
        }

        public boolean hasButton(String name) {
            return button(document, name).isPresent();
        }

        /** The target of a link whose text starts so. */
        public Optional<URI> link(String text) {
            return document.select("a[href]").stream()
                    .filter(each -> each.text().strip().startsWith(text))
                    .map(each -> URI.create(each.absUrl("href")))
                    .findFirst();
        }

        private static Optional<Element> button(Element within, String name) {
            return within.select("button, input[type=submit]").stream()
                    .filter(each -> nameOf(each).equals(name))
                    .findFirst();
        }

        private static String nameOf(Element button) {
            if (button.hasAttr("aria-label")) {
                return button.attr("aria-label").strip();
            }
            return button.tagName().equals("input")
                    ? button.attr("value")
                    : button.text().strip();
        }
    }

    /** @param clientRedirect the redirect URI at which the browser stops, since a client takes over there */
    public Browser(String clientRedirect) {
        this.clientRedirect = clientRedirect;
        this.http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER))
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
    }

    public Page open(URI url) {
        return follow(HttpRequest.newBuilder(url).GET());
    }

    /**
     * Presses a button after filling the fields of its form.
     *
     * @param fields value by label
     */
    public Page press(Page page, String button, Map<String, String> fields) {
        var pressed = Page.button(page.document(), button)
                .orElseThrow(() -> new ClientException("the page " + page.url().getPath() + " has no button '" + button
                        + "'; it says: " + shortened(page.text())));
        var form = pressed.closest("form");
        if (form == null) {
            throw new ClientException("the button '" + button + "' stands in no form");
        }
        var values = defaults(form);
        fields.forEach((label, value) -> values.put(field(form, label).attr("name"), List.of(value)));
        if (pressed.hasAttr("name")) {
            values.put(pressed.attr("name"), List.of(pressed.attr("value")));
        }
        var action = URI.create(form.absUrl("action").isEmpty() ? page.url().toString() : form.absUrl("action"));
        if (form.attr("method").equalsIgnoreCase("post")) {
            return follow(HttpRequest.newBuilder(action)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", origin(page.url()))
                    .POST(HttpRequest.BodyPublishers.ofString(encoded(values))));
        }
        return open(URI.create(action.toString().split("\\?", 2)[0] + "?" + encoded(values)));
    }

    /** Signs in where the page asks for it; gives the page as it is otherwise. */
    public Page signInIfAsked(Page page, String email, String password) {
        return page.hasButton("Sign in") ? press(page, "Sign in", Map.of("Email", email, "Password", password)) : page;
    }

    @Override
    public void close() {
        http.close();
    }

    private static Map<String, List<String>> defaults(Element form) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var field : form.select("input[name], select[name], textarea[name]")) {
            var type = field.attr("type");
            boolean off = (type.equals("checkbox") || type.equals("radio")) && !field.hasAttr("checked");
            if (!off && !type.equals("submit")) {
                values.merge(
                        field.attr("name"),
                        List.of(field.val()),
                        (all, more) -> java.util.stream.Stream.concat(all.stream(), more.stream())
                                .toList());
            }
        }
        return values;
    }

    private static Element field(Element form, String label) {
        return form.select("label").stream()
                .filter(each -> each.text().strip().equals(label))
                .flatMap(each -> each.hasAttr("for")
                        ? Optional.ofNullable(form.getElementById(each.attr("for"))).stream()
                        : each.select("input, select, textarea").stream())
                .findFirst()
                .orElseThrow(() -> new ClientException("the form has no field '" + label + "'"));
    }

    private Page follow(HttpRequest.Builder first) {
        var response = send(first);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            var location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return page(response);
            }
            var next = response.uri().resolve(location.get());
            if (next.toString().startsWith(clientRedirect)) {
                return new Page(response.statusCode(), next, new Document(next.toString()));
            }
            response = send(HttpRequest.newBuilder(next).GET());
        }
        throw new ClientException(
                "too many redirects, last to " + response.uri().getPath());
    }

    /** A page may itself send the browser on, where a redirect after a form would be refused. */
    private Page page(HttpResponse<String> response) {
        var document = Jsoup.parse(response.body(), response.uri().toString());
        var refresh = document.selectFirst("meta[http-equiv=refresh]");
        if (refresh != null && refresh.attr("content").contains("url=")) {
            var target = refresh.attr("content").split("url=", 2)[1];
            if (target.startsWith(clientRedirect)) {
                return new Page(response.statusCode(), URI.create(target), document);
            }
        }
        return new Page(response.statusCode(), response.uri(), document);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(TIMEOUT).header("Accept", "text/html").build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ClientException("no answer from " + request.build().uri().getAuthority(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }

    private static String encoded(Map<String, List<String>> values) {
        return values.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
