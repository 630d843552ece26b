package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9728: protected resource metadata. */
class Rfc9728Test extends FrontTest {
    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"})
    void metadata_namesResourceAndServer(String path) {
        var answer = front.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"resource\":\"http://localhost:8484/mcp\","
                        + "\"authorization_servers\":[\"http://localhost:8484\"],"
                        + "\"scopes_supported\":[\"calendar:read\",\"calendar:write\",\"mail:read\",\"mail:write\","
                        + "\"mail:send\",\"contacts:read\",\"files:read\",\"search\",\"github:read\","
                        + "\"github:write\"],"
                        + "\"bearer_methods_supported\":[\"header\"],\"resource_name\":\"Countersign\"}");
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    }

    @Test
    void forwardedHost_changesNothing() {
        var path = "/.well-known/oauth-protected-resource";
        var spoofed = front.send(HttpRequest.newBuilder(front.at(path))
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "host=evil.example")
                .GET()
                .build());

        assertThat(spoofed.body()).isEqualTo(front.get(path).body());
    }
}
