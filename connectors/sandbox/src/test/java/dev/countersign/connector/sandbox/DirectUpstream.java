package dev.countersign.connector.sandbox;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The smallest honest {@link Upstream}: one token, no refresh. */
final class DirectUpstream implements Upstream {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final URI api;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    DirectUpstream(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    @Override
    public Request get(String path, Object... values) {
        return new Building("GET", path, values);
    }

    @Override
    public Request post(String path, Object... values) {
        return new Building("POST", path, values);
    }

    @Override
    public Request put(String path, Object... values) {
        return new Building("PUT", path, values);
    }

    @Override
    public Request patch(String path, Object... values) {
        return new Building("PATCH", path, values);
    }

    @Override
    public Request delete(String path, Object... values) {
        return new Building("DELETE", path, values);
    }

    private final class Building implements Request {
        private final String method;
        private final String path;
        private final List<String> query = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private byte[] body = new byte[0];

        private Building(String method, String path, Object... values) {
            this.method = method;
            var filled = path;
            for (var value : values) {
                filled = filled.replaceFirst("\\{[a-z]+}", encoded(value.toString()));
            }
            this.path = filled;
        }

        @Override
        public Request query(String name, Object value) {
            switch (value) {
                case Optional<?> maybe -> maybe.ifPresent(one -> query(name, one));
                case Collection<?> all -> all.forEach(one -> query(name, one));
                default -> query.add(name + "=" + encoded(value.toString()));
            }
            return this;
        }

        @Override
        public Request header(String name, String value) {
            headers.add(name);
            headers.add(value);
            return this;
        }

        @Override
        public Request body(Record json) {
            return body(Json.bytes(json), "application/json");
        }

        @Override
        public Request body(byte[] bytes, String contentType) {
            body = bytes;
            return header("Content-Type", contentType);
        }

        @Override
        public <T extends Record> T as(Class<T> type) {
            try {
                return JSON.readValue(bytes(), type);
            } catch (JacksonException e) {
                throw new UpstreamException(Kind.BROKEN, "broken", Optional.empty(), Optional.of(e));
            }
        }

        @Override
        public void send() {
            bytes();
        }

        @Override
        public byte[] bytes() {
            var address = api.resolve(path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
            var request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofMinutes(1))
                    .header("Authorization", "Bearer " + token)
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            HttpResponse<byte[]> answer;
            try {
                answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            } catch (ConnectException e) {
                throw new UpstreamException(Kind.NOT_SENT, "not sent", Optional.empty(), Optional.of(e));
            } catch (IOException e) {
                throw new UpstreamException(Kind.NO_ANSWER, "no answer", Optional.empty(), Optional.of(e));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (answer.statusCode() < 300) {
                return answer.body();
            }
            throw new UpstreamException(
                    kind(answer.statusCode()),
                    "status " + answer.statusCode(),
                    answer.headers()
                            .firstValue("retry-after")
                            .map(Long::valueOf)
                            .map(Duration::ofSeconds),
                    Optional.empty());
        }

        private static Kind kind(int status) {
            return switch (status) {
                case 401 -> Kind.UNAUTHORIZED;
                case 403 -> Kind.FORBIDDEN;
                case 404, 410 -> Kind.NOT_FOUND;
                case 409, 412 -> Kind.CONFLICT;
                case 429 -> Kind.RATE_LIMITED;
                default -> status < 500 ? Kind.INVALID : Kind.UNAVAILABLE;
            };
        }

        private static String encoded(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }
}
