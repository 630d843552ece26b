package dev.countersign.connector.google;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.ByteString;
import tools.jackson.databind.JsonNode;

/** Answers a batch of reads, each by itself. */
final class FakeBatch {
    private static final Pattern REQUEST = Pattern.compile("Content-ID: <([^>]+)>\\s+GET (\\S+)");
    private static final int MOST = 100;

    private FakeBatch() {}

    static MockResponse answer(Asked batch, Function<Asked, JsonNode> read) {
        var requests = REQUEST.matcher(new String(batch.body(), StandardCharsets.UTF_8))
                .results()
                .toList();
        if (requests.isEmpty() || requests.size() > MOST) {
            throw Refused.badRequest("The batch has no request, or more than 100.");
        }
        var body = new Buffer();
        for (var request : requests) {
            body.writeUtf8("--batch_x7\r\nContent-Type: application/http\r\nContent-ID: <response-" + request.group(1)
                    + ">\r\n\r\n" + part(batch, request.group(2), read) + "\r\n");
        }
        body.writeUtf8("--batch_x7--\r\n");
        return new MockResponse.Builder()
                .addHeader("Content-Type", "multipart/mixed; boundary=batch_x7")
                .body(body)
                .build();
    }

    private static String part(Asked batch, String target, Function<Asked, JsonNode> read) {
        try {
            var json = read.apply(asked(batch, target)).toString();
            return "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n" + json;
        } catch (Refused e) {
            var body = new Buffer();
            try {
                e.answer().getBody().writeTo(body);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return "HTTP/1.1 " + e.answer().getCode() + " Refused\r\nContent-Type: application/json\r\n\r\n"
                    + body.readUtf8();
        }
    }

    private static Asked asked(Asked batch, String target) {
        var outer = batch.request();
        var inner = new RecordedRequest(
                0,
                0,
                null,
                List.of(),
                "GET",
                target,
                "HTTP/1.1",
                HttpUrl.get("http://gmail.invalid" + target),
                outer.getHeaders(),
                ByteString.EMPTY,
                0,
                null,
                null);
        return Asked.of(batch.person(), inner);
    }
}
