package dev.countersign.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.config.Config;
import dev.countersign.front.CountersignServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every workspace tool from end to end, on one server with one provider for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkspaceSuite implements CalendarTools, MailTools, AccountTools {
    private final PlayedProvider provider;
    private Running running;

    private record Running(CountersignServer server, Desk alice, Desk bob) {}

    WorkspaceSuite(PlayedProvider provider) {
        this.provider = provider;
    }

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        takeManyCalls(home);
        var server = CountersignServer.demo(home, provider.settings());
        running = new Running(server, Desk.of(server, CountersignServer.ALICE), Desk.of(server, CountersignServer.BOB));
        provider.link(server, running.alice(), CountersignServer.ALICE);
        provider.link(server, running.bob(), CountersignServer.BOB);
    }

    /** The suite calls more often in a minute than any client does for a person. */
    private static void takeManyCalls(Path home) throws IOException {
        try (var in = Config.class.getResourceAsStream("/dev/countersign/config/policy.yaml")) {
            var policy = new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
            var limit = "calls-per-minute: 240";
            assertThat(policy).contains(limit);
            var file = Files.createDirectory(home.resolve("config")).resolve("policy.yaml");
            Files.writeString(file, policy.replace(limit, "calls-per-minute: 10000"));
        }
    }

    @AfterAll
    void stop() {
        running.alice().close();
        running.bob().close();
        running.server().close();
        provider.close();
    }

    @Override
    public CountersignServer server() {
        return running.server();
    }

    @Override
    public PlayedProvider provider() {
        return provider;
    }

    @Override
    public Desk alice() {
        return running.alice();
    }

    @Override
    public Desk bob() {
        return running.bob();
    }
}
