package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approvals.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies of {@code /mcp}. A body is refused with 400 and a JSON-RPC error, or it is a message: the same each time, no name
 * twice, of bounded depth, its id echoed as it came, its params of one canonical form.
 */
public final class MessageFuzz {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_LEVELS = 64;

    private MessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) {
        var message = parsed(body);
        assertThat(parsed(body)).isEqualTo(message);
        if (message.isPresent()) {
            hasNoNameTwice(body);
            switch (message.get()) {
                case JsonRpc.Call(var id, var method, var params) -> {
                    assertThat(method).isNotEmpty();
                    echoes(id);
                    hasOneCanonicalForm(params);
                }
                case JsonRpc.Notification(var method, var params) -> {
                    assertThat(method).isNotEmpty();
                    hasOneCanonicalForm(params);
                }
                case JsonRpc.Reply() -> {}
            }
        }
    }

    static Optional<JsonRpc.Message> parsed(byte[] body) {
        try {
            return Optional.of(JsonRpc.parse(body));
        } catch (JsonRpc.RpcException e) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(JSON.readTree(e.body()).path("error").path("code").intValue())
                    .isIn(JsonRpc.PARSE_ERROR, JsonRpc.INVALID_REQUEST, JsonRpc.INVALID_PARAMS);
            return Optional.empty();
        }
    }

    /** By the tokens alone, so that it does not lean on the reader that is tested. */
    private static void hasNoNameTwice(byte[] body) {
        var open = new ArrayDeque<Set<String>>();
        try (var parser = JSON.createParser(body)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    open.push(new HashSet<>());
                    assertThat(open.size()).isLessThanOrEqualTo(MOST_LEVELS);
                } else if (token.isStructEnd()) {
                    open.pop();
                } else if (token == JsonToken.PROPERTY_NAME) {
                    assertThat(open.element().add(parser.currentName())).isTrue();
                }
            }
        }
    }

    private static void echoes(JsonNode id) {
        var answer = JSON.readTree(JsonRpc.result(id, ""));
        assertThat(answer.path("id")).isEqualTo(id);
        var error = JSON.readTree(JsonRpc.error(Optional.of(id), JsonRpc.INVALID_PARAMS, "No.", Optional.empty()));
        assertThat(error.path("id")).isEqualTo(id);
    }

    private static void hasOneCanonicalForm(ObjectNode params) {
        String canonical;
        try {
            canonical = CanonicalJson.of(params);
        } catch (CanonicalJson.NotCanonicalException e) {
            return;
        }
        assertThat(CanonicalJson.of(JSON.readTree(canonical))).isEqualTo(canonical);
        assertThat(new String(canonical.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(canonical);
        assertThat(canonical).isEqualTo(byTheLibrary(params));
    }

    private static String byTheLibrary(ObjectNode params) {
        try {
            return new JsonCanonicalizer(params.toString()).getEncodedString();
        } catch (IOException e) {
            throw new AssertionError("what has a canonical form is JSON", e);
        }
    }
}
