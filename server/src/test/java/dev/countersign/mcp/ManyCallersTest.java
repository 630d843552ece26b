package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many people at once: each gets their own answer, and nobody takes the others' share. */
@Timeout(300)
final class ManyCallersTest {
    private static final int PEOPLE = 1000;

    @TempDir
    private Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch allHeld = new CountDownLatch(Admission.MOST_OF_ONE_PERSON);
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        var who = new FixtureTool(
                "who",
                request -> FixtureTool.text("canary-" + request.principal().userId()));
        var hold = new FixtureTool("hold", request -> {
            allHeld.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new CallEndedException();
            }
            return FixtureTool.text("held");
        });
        server = new TestServer(folder, new ToolRegistry(List.of(who, hold)));
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    @Test
    void thousandPeopleWithEqualIds_eachGetTheirOwnCanary() throws Exception {
        var slots = new Semaphore(100); // so many connections at a time
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < PEOPLE; i++) {
            var message = TestServer.message(1, "tools/call", Map.of("name", "who"), "{}");
            var request =
                    server.modern("person" + i + "/app/calendar:read", message).build();
            slots.acquire();
            answers.add(server.client()
                    .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> slots.release()));
        }
        for (int i = 0; i < PEOPLE; i++) {
            var result = TestServer.json(answers.get(i).get()).path("result");
            assertThat(result.path("structuredContent").path("words").stringValue())
                    .isEqualTo("canary-person" + i);
        }
    }

    @Test
    void moreCallsThanOnePersonMayHave_areRefusedAndOthersAreServed() throws Exception {
        var message = TestServer.message(1, "tools/call", Map.of("name", "hold"), "{}");
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < Admission.MOST_OF_ONE_PERSON; i++) {
            answers.add(server.client()
                    .sendAsync(server.modern(TestServer.ALICE, message).build(), HttpResponse.BodyHandlers.ofString()));
        }
        allHeld.await();

        var refused = server.send(server.modern(TestServer.ALICE, message));
        var other = server.call("bob/app/calendar:read", "tools/call", Map.of("name", "who"), "{}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(other.path("result").path("structuredContent").path("words").stringValue())
                .isEqualTo("canary-bob");
        release.countDown();
        for (var answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(server.call(TestServer.ALICE, "tools/call", Map.of("name", "who"), "{}")
                        .has("result"))
                .as("there is room again")
                .isTrue();
    }
}
