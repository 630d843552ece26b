package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.ApprovalSettings;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.Evidence;
import dev.countersign.approvals.Executor;
import dev.countersign.approvals.FrozenCall;
import dev.countersign.approvals.RunResult;
import dev.countersign.approvals.Tier;
import dev.countersign.connector.Question;
import dev.countersign.oauth.Principal;
import dev.countersign.risk.DecisionHistory;
import dev.countersign.risk.Sealing;
import dev.countersign.store.Database;
import dev.countersign.vault.RandomToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A call that waits for a person, as a task. The tasks extension, {@code io.modelcontextprotocol/tasks}. */
final class ApprovalTasksTest {
    private static final String TASKS = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    private static final String TASKS_AND_PAGES =
            "{\"elicitation\":{\"url\":{}},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";

    @TempDir
    private Path folder;

    private Database database;
    private Approvals approvals;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        database = Database.open(folder.resolve("test.db"));
        approvals = approvals(database);
        var send = new FixtureTool("mail_send", this::ask);
        var catalog = new Catalog(
                new ToolRegistry(List.of(send)),
                new ResourceRegistry(List.of()),
                new PromptRegistry(List.of()),
                new ResourceChanges(),
                new ApprovalTasks(approvals, name -> Set.of(), TestServer.PUBLIC_URL));
        server = new TestServer(folder, catalog);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private static Approvals approvals(Database database) {
        var plain = new Sealing() {
            @Override
            public byte[] seal(String userId, String record, String field, byte[] bytes) {
                return bytes.clone();
            }

            @Override
            public Optional<byte[]> open(String userId, String record, String field, byte[] bytes) {
                return Optional.of(bytes.clone());
            }
        };
        var nobody = new DecisionHistory() {
            @Override
            public void reached(String userId, List<String> addresses) {}

            @Override
            public void declined(String userId, String clientId, String clientName, String grantId, int lately) {}
        };
        return new Approvals(database, plain, events -> {}, nobody, ApprovalSettings.DEFAULT, Clock.systemUTC());
    }

    private Answer ask(ToolRequest request) {
        var approval = approvals.ask(frozen(request.principal()), Tier.T2, Question.of("Send mail"), List.of());
        return approval.state() == Approval.State.PENDING
                ? new Asking(TestServer.PUBLIC_URL).toConfirm(approval)
                : ToolJson.ended(approvals.outcome(approval.id()).orElseThrow());
    }

    private static FrozenCall frozen(Principal principal) {
        return new FrozenCall(
                RandomToken.id(),
                principal.userId(),
                principal.clientId(),
                principal.clientName(),
                principal.grantId(),
                principal.scopes(),
                Instant.EPOCH,
                "mail_send",
                "Send mail",
                "digest",
                "{}",
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private JsonNode send(String capabilities) {
        return server.call(TestServer.ALICE, "tools/call", Map.of("name", "mail_send"), capabilities)
                .path("result");
    }

    private JsonNode get(String token, String taskId, String capabilities) {
        return server.call(token, "tasks/get", Map.of("taskId", taskId), capabilities);
    }

    private static String id(JsonNode task) {
        return task.path("taskId").stringValue();
    }

    private void approve(String id) {
        var digest = approvals.find("alice", id).orElseThrow().digest();
        approvals.approve("alice", id, new Evidence("session", "browser", Instant.now(), digest));
    }

    @Test
    void clientWithTasks_getsTaskInsteadOfQuestion() {
        var created = send(TASKS);
        var again = send(TASKS);

        assertThat(created.path("resultType").stringValue()).isEqualTo("task");
        assertThat(created.path("status").stringValue()).isEqualTo("working");
        assertThat(created.path("statusMessage").stringValue()).contains("/approvals/" + id(created));
        assertThat(id(again)).as("the identical call is the same task").isEqualTo(id(created));
        assertThat(approvals.waiting("alice")).hasSize(1);
    }

    @Test
    void clientThatOpensPages_findsThePageInTheTask() {
        var created = send(TASKS_AND_PAGES);
        var task = get(TestServer.ALICE, id(created), TASKS_AND_PAGES).path("result");

        assertThat(created.path("status").stringValue()).isEqualTo("input_required");
        assertThat(created.has("inputRequests")).isFalse();
        var request = task.path("inputRequests").path("countersign");
        assertThat(request.path("method").stringValue()).isEqualTo("elicitation/create");
        assertThat(request.path("params").path("url").stringValue()).endsWith("/approvals/" + id(created));
    }

    @Test
    void clientWithoutTasks_isAskedAsBefore() {
        assertThat(send("{\"elicitation\":{\"url\":{}}}").path("resultType").stringValue())
                .isEqualTo("input_required");
        assertThat(send("{}").path("isError").booleanValue()).isTrue();
    }

    @Test
    void taskOfAnotherPersonOrClient_isNotThere() {
        var id = id(send(TASKS));

        for (var token : List.of("bob/app/calendar:read", "alice/other/calendar:read")) {
            for (var method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
                var refused = server.call(token, method, Map.of("taskId", id), TASKS);
                var unknown = server.call(token, method, Map.of("taskId", "unknown"), TASKS);
                assertThat(refused.path("error")).isEqualTo(unknown.path("error"));
                assertThat(refused.path("error").path("code").intValue()).isEqualTo(-32602);
            }
        }
        assertThat(approvals.waiting("alice")).hasSize(1);
    }

    @Test
    void clientThatDidNotDeclareTasks_isToldWhatIsMissing() {
        var error = get(TestServer.ALICE, id(send(TASKS)), "{}").path("error");

        assertThat(error.path("code").intValue()).isEqualTo(-32021);
        assertThat(error.path("data")
                        .path("requiredCapabilities")
                        .path("extensions")
                        .has(Tasks.EXTENSION))
                .isTrue();
    }

    @Test
    void approval_runsTheCallAndTheTaskHasItsResult() {
        var id = id(send(TASKS));
        var result = "{\"content\":[{\"type\":\"text\",\"text\":\"Sent\"}]}";
        try (var executor =
                new Executor(approvals, (call, shown, attempt) -> new RunResult.Done(result), grant -> true, "node")) {
            executor.start();
            approve(id);
            approvals.await(id, Duration.ofSeconds(20));
        }

        var task = get(TestServer.ALICE, id, TASKS).path("result");
        assertThat(task.path("status").stringValue()).isEqualTo("completed");
        assertThat(task.path("result").path("content").path(0).path("text").stringValue())
                .isEqualTo("Sent");
    }

    @Test
    void restart_keepsTheTask() throws IOException {
        var id = id(send(TASKS));
        database.close();
        database = Database.open(folder.resolve("test.db"));

        var task = new ApprovalTasks(approvals(database), name -> Set.of(), TestServer.PUBLIC_URL)
                .find(TestServer.principal(TestServer.ALICE), id, FixtureTools.object(TASKS));

        assertThat(task.map(Task::id)).contains(id);
    }

    @Test
    void cancelAndDecline_endTheQuestion() {
        var cancelled = id(send(TASKS));
        server.call(TestServer.ALICE, "tasks/cancel", Map.of("taskId", cancelled), TASKS);

        assertThat(approvals.find("alice", cancelled).orElseThrow().state()).isEqualTo(Approval.State.DENIED);
        var task = get(TestServer.ALICE, cancelled, TASKS).path("result");
        assertThat(task.path("status").stringValue()).isEqualTo("completed");
        assertThat(task.path("result").path("isError").booleanValue()).isTrue();
    }

    @Test
    void acceptedAddress_doesNotApprove() {
        var id = id(send(TASKS_AND_PAGES));
        var accepted = Map.of("taskId", id, "inputResponses", Map.of("countersign", Map.of("action", "accept")));
        server.call(TestServer.ALICE, "tasks/update", accepted, TASKS_AND_PAGES);
        assertThat(approvals.find("alice", id).orElseThrow().state()).isEqualTo(Approval.State.PENDING);

        var declined = Map.of("taskId", id, "inputResponses", Map.of("countersign", Map.of("action", "decline")));
        server.call(TestServer.ALICE, "tasks/update", declined, TASKS_AND_PAGES);
        assertThat(approvals.find("alice", id).orElseThrow().state()).isEqualTo(Approval.State.DENIED);
    }

    @Test
    void listenStream_tellsOfTheDecision() throws Exception {
        var id = id(send(TASKS));
        var stream = Listening.open(server, TestServer.ALICE, Map.of("taskIds", Set.of(id, "unknown")), TASKS);

        assertThat(stream.next().path("params").path("notifications").path("taskIds"))
                .hasSize(1);
        assertThat(stream.next().path("params").path("status").stringValue()).isEqualTo("working");
        approve(id);
        var told = stream.next();
        assertThat(told.path("method").stringValue()).isEqualTo("notifications/tasks");
        assertThat(told.path("params").path("taskId").stringValue()).isEqualTo(id);
        assertThat(told.path("params").path("statusMessage").stringValue()).contains("approved");
        stream.close();
    }
}
