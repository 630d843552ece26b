package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MCP 2026-07-28, subscriptions. */
@Timeout(300)
final class SubscriptionsTest {
    private static final String WATCHED = "test://watched-resource";

    @TempDir
    private Path folder;

    private final ResourceChanges changes = new ResourceChanges();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(
                folder,
                new Catalog(
                        new ToolRegistry(List.of()),
                        new ResourceRegistry(FixtureResource.all()),
                        new PromptRegistry(List.of()),
                        changes,
                        Tasks.NONE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Listening listen(String token) throws Exception {
        var wanted = Map.of(
                "resourceSubscriptions",
                List.of(WATCHED, "test://static-text", "test://nothing"),
                "toolsListChanged",
                true);
        return Listening.open(server, token, wanted, "{}");
    }

    @Test
    void acknowledgement_comesFirstAndNamesWhatIsTold() throws Exception {
        try (var stream = listen(TestServer.ALICE)) {
            var first = stream.next();

            assertThat(first.path("method").stringValue()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(first.path("params").path("notifications").toString())
                    .isEqualTo("{\"resourceSubscriptions\":[\"" + WATCHED + "\"]}");
            assertThat(first.path("params")
                            .path("_meta")
                            .path("io.modelcontextprotocol/subscriptionId")
                            .intValue())
                    .isEqualTo(7);
        }
    }

    @Test
    void change_isToldToItsPersonOnly() throws Exception {
        try (var alice = listen(TestServer.ALICE);
                var bob = listen("bob/app/calendar:read")) {
            alice.next();
            bob.next();

            changes.changed("alice", WATCHED);
            changes.changed("bob", WATCHED);

            assertThat(alice.next().path("params").path("uri").stringValue()).isEqualTo(WATCHED);
            assertThat(bob.next().path("params").path("uri").stringValue()).isEqualTo(WATCHED);
            changes.changed("alice", "test://static-text");
            changes.changed("alice", WATCHED);
            assertThat(alice.next().path("params").path("uri").stringValue())
                    .as("what was not subscribed to is not told")
                    .isEqualTo(WATCHED);
        }
    }

    @Test
    void grantThatEnds_endsItsStreamsAndNoOthers() throws Exception {
        var other = "alice/other/calendar:read";
        try (var stream = listen(TestServer.ALICE);
                var others = listen(other)) {
            stream.next();
            others.next();

            server.revoke(TestServer.ALICE);
            changes.changed("alice", WATCHED);

            assertThat(stream.next().path("result").path("resultType").stringValue())
                    .as("the end of the stream, and nothing of what changed")
                    .isEqualTo("complete");
            assertThat(others.next().path("params").path("uri").stringValue()).isEqualTo(WATCHED);
        }
    }

    @Test
    void grantThatEnds_endsASilentStreamToo() throws Exception {
        try (var stream = listen(TestServer.ALICE)) {
            stream.next();

            server.revoke(TestServer.ALICE);

            assertThat(stream.next().path("result").path("resultType").stringValue())
                    .isEqualTo("complete");
        }
    }

    @Test
    void grantThatEndedWhileAStreamWasOpened_opensNone() {
        server.revoke(TestServer.ALICE);

        var answer = server.call(
                TestServer.ALICE,
                "subscriptions/listen",
                Map.of("notifications", Map.of("resourceSubscriptions", List.of(WATCHED))),
                "{}");

        assertThat(answer.path("result").path("resultType").stringValue()).isEqualTo("complete");
    }

    @Test
    void moreStreamsThanOnePersonMayHave_areRefusedAndOthersGetTheirs() throws Exception {
        var open = new ArrayList<Listening>();
        for (int i = 0; i < ListenStreams.MOST_OF_ONE_PERSON; i++) {
            open.add(listen(TestServer.ALICE));
        }

        var message = TestServer.message(8, "subscriptions/listen", Map.of("notifications", Map.of()), "{}");
        var refused = server.send(server.modern(TestServer.ALICE, message));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        try (var bob = listen("bob/app/calendar:read")) {
            assertThat(bob.next().path("method").stringValue()).endsWith("acknowledged");
        }
        for (var stream : open) {
            stream.close();
        }
    }

    @Test
    void taskIdsWithoutTheExtension_nameWhatIsMissing() {
        var answer = server.call(
                TestServer.ALICE,
                "subscriptions/listen",
                Map.of("notifications", Map.of("taskIds", List.of("a"))),
                "{}");

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32021);
    }

    @Test
    void methodOfOlderRevisions_isNotFound() {
        var answer = server.call(TestServer.ALICE, "resources/subscribe", Map.of("uri", WATCHED), "{}");

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32601);
    }
}
