package dev.countersign.connector.microsoft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.ByteString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers a batch, each request by itself and the last one first. */
final class FakeBatch {
    private static final int MOST = 20;

    private FakeBatch() {}

    static MockResponse answer(Asked batch, Function<Asked, MockResponse> inner) {
        var requests = batch.json().path("requests").valueStream().toList().reversed();
        if (requests.isEmpty() || requests.size() > MOST) {
            throw Refused.of(400, "BadRequest");
        }
        var answer = FakeGraph.JSON.createObjectNode();
        var list = answer.putArray("responses");
        requests.forEach(request -> list.add(one(batch, request, inner)));
        return FakeGraph.json(answer);
    }

    private static ObjectNode one(Asked batch, JsonNode request, Function<Asked, MockResponse> inner) {
        MockResponse answer;
        try {
            answer = inner.apply(asked(batch, request));
        } catch (Refused e) {
            answer = e.answer();
        }
        var json = FakeGraph.JSON.createObjectNode();
        json.put("id", request.path("id").asString()).put("status", answer.getCode());
        json.putObject("headers").put("Content-Type", "application/json");
        json.set("body", FakeGraph.JSON.readTree(body(answer)));
        return json;
    }

    private static String body(MockResponse answer) {
        var body = new Buffer();
        try {
            answer.getBody().writeTo(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.readUtf8();
    }

    private static Asked asked(Asked batch, JsonNode request) {
        var url = HttpUrl.get("http://graph.invalid/v1.0" + request.path("url").asString());
        var headers = new Headers.Builder();
        request.path("headers")
                .propertyStream()
                .forEach(one -> headers.add(one.getKey(), one.getValue().asString()));
        var inner = new RecordedRequest(
                0,
                0,
                null,
                List.of(),
                request.path("method").asString(),
                url.encodedPath(),
                "HTTP/1.1",
                url,
                headers.build(),
                ByteString.EMPTY,
                0,
                null,
                null);
        return Asked.of(batch.person(), inner);
    }
}
