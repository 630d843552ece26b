package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log makes of an event: one line, whatever stands in it. */
class LogLineTest {
    private final LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();

    @Test
    void eventWithContext_namesUserClientToolAndTrace() {
        var line = line("sent", Map.of("user", "u1", "client", "c1", "tool", "mail_send", "trace", "t1"), null);

        assertThat(line)
                .isEqualTo("2026-11-23T10:00:00.000Z INFO  Main user=u1 client=c1 tool=mail_send trace=t1 sent"
                        + System.lineSeparator());
    }

    @Test
    void eventWithoutContext_namesNothing() {
        assertThat(line("ready", Map.of(), null))
                .isEqualTo("2026-11-23T10:00:00.000Z INFO  Main ready" + System.lineSeparator());
    }

    @Test
    void lineBreakAndEscapeInMessageAndContext_doNotForgeAnEvent() {
        var line = line("a\r\n2026 INFO forged\u001b[31m", Map.of("tool", "x\ny"), null);

        assertThat(line.strip())
                .isEqualTo("2026-11-23T10:00:00.000Z INFO  Main tool=x\\n y a\\r\\n 2026 INFO forged?[31m");
    }

    @Test
    void exception_staysOnItsLine() {
        var line =
                line("failed", Map.of(), new IllegalStateException("one\ntwo", new IllegalArgumentException("three")));

        assertThat(line).contains("failed java.lang.IllegalStateException: one\\n two", "Caused by:");
        assertThat(line.lines()).hasSize(1);
    }

    private String line(String message, Map<String, String> context, Throwable thrown) {
        var event =
                new LoggingEvent(getClass().getName(), logs.getLogger(Main.class), Level.INFO, message, thrown, null);
        event.setInstant(Instant.parse("2026-11-23T10:00:00Z"));
        event.setMDCPropertyMap(context);
        var appender =
                (OutputStreamAppender<ILoggingEvent>) logs.getLogger("ROOT").getAppender("stderr");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
