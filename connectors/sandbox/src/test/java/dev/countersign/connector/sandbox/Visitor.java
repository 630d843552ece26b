package dev.countersign.connector.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: keeps cookies, follows no redirect by itself, and fills in forms. */
final class Visitor {
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final URI origin;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(URI origin) {
        this.origin = origin;
    }

    HttpResponse<String> get(String address) {
        return send(HttpRequest.newBuilder(origin.resolve(address)));
    }

    HttpResponse<String> post(String address, Map<String, String> form) {
        return postRaw(address, encoded(form));
    }

    HttpResponse<String> postRaw(String address, String form) {
        return send(HttpRequest.newBuilder(origin.resolve(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (var cookie : response.headers().allValues("set-cookie")) {
                var pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return response;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hidden fields of a page's last form that has them all. */
    static Map<String, String> hidden(String page) {
        var fields = new LinkedHashMap<String, String>();
        var found = HIDDEN.matcher(page);
        while (found.find()) {
            fields.put(
                    found.group(1),
                    found.group(2).replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\""));
        }
        return fields;
    }

    HttpResponse<String> signIn(String next, String email, String password) {
        var form = hidden(get("/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                .body());
        form.put("email", email);
        form.put("password", password);
        return post("/sign-in", form);
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
