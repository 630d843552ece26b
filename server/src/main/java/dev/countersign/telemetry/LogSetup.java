package dev.countersign.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Sends log lines to standard error: standard output belongs to commands (stdio speaks MCP on it). Done here and not in a file,
 * which would have to be read and understood at each start; a file that {@code -Dlogback.configurationFile} names is used instead.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String FILE_PROPERTY = "logback.configurationFile";
    private static final String LEVEL = "COUNTERSIGN_LOG_LEVEL";

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        if (System.getProperty(FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        logs.getStatusManager().add(new NopStatusListener()); // logback would tell of itself on standard output
        var root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardError(logs));
        logs.getLogger("dev.countersign").setLevel(level());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext logs) {
        var lines = new LogLines();
        lines.setContext(logs);
        lines.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(logs);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(lines);
        appender.start();
        return appender;
    }

    private static Level level() {
        return Optional.ofNullable(System.getProperty(LEVEL))
                .or(() -> Optional.ofNullable(System.getenv(LEVEL)))
                .map(name -> Level.toLevel(name, Level.INFO))
                .orElse(Level.INFO);
    }
}
