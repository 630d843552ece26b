package dev.countersign.connector.sandbox;

import dev.countersign.connector.Embedded.Running;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A started sandbox and a client that was registered with it. */
final class Bench implements AutoCloseable {
    static final String PASSWORD = "countersign-demo";
    static final URI REDIRECT = URI.create("http://localhost:8484/connect/callback");
    static final String VERIFIER = "v".repeat(43);

    /** A Wednesday. */
    static final Instant TODAY = Instant.parse("2026-03-18T10:00:00Z");

    final TestClock clock = new TestClock(TODAY);
    final Running running;
    final URI origin;
    final HttpClient http = HttpClient.newHttpClient();

    Bench(Path folder) throws IOException {
        this(folder, Map.of());
    }

    Bench(Path folder, Map<String, String> faults) throws IOException {
        running = new Sandbox().start(folder, "127.0.0.1", 0, REDIRECT, clock, faults);
        origin = URI.create(running.settings().required("url"));
    }

    record Tokens(String access, String refresh, String scope) {}

    record TokenJson(
            @com.fasterxml.jackson.annotation.JsonProperty("access_token")
            String access,

            @com.fasterxml.jackson.annotation.JsonProperty("refresh_token")
            String refresh,

            String scope) {}

    Map<String, String> request(String scope) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", running.clientId());
        query.put("redirect_uri", REDIRECT.toString());
        query.put("scope", scope);
        query.put("state", "st&te");
        query.put("code_challenge", Secrets.challenge(VERIFIER));
        query.put("code_challenge_method", "S256");
        return query;
    }

    /** Signs in, ticks the scopes, presses the button, and gives the parameters that came back. */
    Map<String, String> consent(Map<String, String> request, String email, String decision, String ticked) {
        var visitor = new Visitor(origin);
        var address = "/authorize?" + Visitor.encoded(request);
        var page = visitor.get(visitor.signIn(address, email, PASSWORD)
                .headers()
                .firstValue("location")
                .orElseThrow());
        var form = Visitor.encoded(Visitor.hidden(page.body())) + "&decision=" + decision
                + Arrays.stream(ticked.split(" "))
                        .map(scope -> "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        return answer(visitor.postRaw("/authorize", form));
    }

    static Map<String, String> answer(HttpResponse<String> redirect) {
        var location = redirect.headers().firstValue("location").orElseThrow();
        return Arrays.stream(URI.create(location).getRawQuery().split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
    }

    String code(String email, String scope) {
        return consent(request(scope), email, "allow", scope).get("code");
    }

    HttpResponse<String> token(Map<String, String> form) {
        return token(form, List.of());
    }

    HttpResponse<String> token(Map<String, String> form, List<String> headers) {
        var pair = running.clientId() + ":" + running.clientSecret();
        var request = HttpRequest.newBuilder(origin.resolve("/token"))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(Visitor.encoded(form)));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return sent(request);
    }

    HttpResponse<String> sent(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> exchange(String code) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT.toString(),
                "code_verifier",
                VERIFIER);
    }

    static Map<String, String> refresh(String token) {
        return Map.of("grant_type", "refresh_token", "refresh_token", token);
    }

    static Tokens tokens(HttpResponse<String> answer) {
        var json = Json.read(answer.body(), TokenJson.class);
        return new Tokens(json.access(), json.refresh(), json.scope());
    }

    static final String EVERYTHING = Scope.join(List.of(Scope.values()));

    Tokens link(String email) {
        return tokens(token(exchange(code(email, EVERYTHING))));
    }

    /** What a connector gets. */
    DirectUpstream upstream(String email) {
        return new DirectUpstream(origin.resolve("/api/"), link(email).access());
    }

    HttpResponse<String> api(String method, String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(origin.resolve("/api/" + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sent(request);
    }

    HttpResponse<String> revoke(String token) {
        var pair = running.clientId() + ":" + running.clientSecret();
        return sent(HttpRequest.newBuilder(origin.resolve("/revoke"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token)));
    }

    HttpResponse<String> control(String method, String path, String json) {
        return sent(HttpRequest.newBuilder(origin.resolve("/_sandbox/" + path))
                .header(Control.KEY_HEADER, running.settings().required("control-key"))
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    Control.SentMails sentBy(String email) {
        return Json.read(control("GET", "sent?person=" + email, "").body(), Control.SentMails.class);
    }

    @Override
    public void close() {
        running.close();
    }
}
