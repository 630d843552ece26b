package dev.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.http.Request;
import dev.countersign.oauth.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class RateCheckTest {
    private static final Instant AT = Instant.parse("2026-11-25T10:00:15Z");

    public record Nothing() {}

    @Test
    void callsWithinTheLimit_pass_andTheNextIsToldHowLongToWait() {
        var check = new RateCheck(3, Clock.fixed(AT, ZoneOffset.UTC));
        for (int i = 0; i < 3; i++) {
            assertThat(check.check(call("alice", "app"))).isInstanceOf(Check.Verdict.Pass.class);
        }

        assertThat(check.check(call("alice", "app")))
                .isEqualTo(Check.deny(
                        "rate", "Too many calls: 3 a minute are allowed. Wait 45 seconds, then call again."));
    }

    @Test
    void otherPeopleAndClients_areCountedApart() {
        var check = new RateCheck(1, Clock.fixed(AT, ZoneOffset.UTC));
        check.check(call("alice", "app"));

        assertThat(check.check(call("bob", "app"))).isInstanceOf(Check.Verdict.Pass.class);
        assertThat(check.check(call("alice", "other"))).isInstanceOf(Check.Verdict.Pass.class);
    }

    @Test
    void nextMinute_startsAnew() {
        var clock = new Moving(AT);
        var check = new RateCheck(1, clock);
        check.check(call("alice", "app"));
        clock.now = AT.plus(Duration.ofSeconds(45));

        assertThat(check.check(call("alice", "app"))).isInstanceOf(Check.Verdict.Pass.class);
    }

    @Test
    void callsAtOnce_neverExceedTheLimit() {
        var check = new RateCheck(100, Clock.fixed(AT, ZoneOffset.UTC));
        var passed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.execute(() -> {
                    if (check.check(call("alice", "app")) instanceof Check.Verdict.Pass) {
                        passed.incrementAndGet();
                    }
                });
            }
        }

        assertThat(passed).hasValue(100);
    }

    private static ToolCall call(String userId, String clientId) {
        var tool = Tool.read("look", "Look", Nothing.class, Nothing.class).run((in, call) -> new Nothing());
        return ToolCall.of(
                new Principal(userId, clientId, clientId, "grant", Set.of(), AT),
                new Request.Client("192.0.2.1", "test"),
                tool,
                JsonNodeFactory.instance.objectNode(),
                Set.of(),
                accounts -> Question.of("never asked"));
    }

    /** A clock that the test moves. */
    private static final class Moving extends Clock {
        private Instant now;

        private Moving(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
