package dev.countersign.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/**
 * One event a line. A line break in a message or an exception would forge a second event: it is printed as {@code \r} or
 * {@code \n}, other control characters as a question mark. User, client, tool and trace stand there when the event has them.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final List<String> CONTEXT = List.of("user", "client", "tool", "trace");
    private static final int USUAL_CHARACTERS = 200;
    private static final int LEVEL_CHARACTERS = 5;
    private static final byte[] NOTHING = {};

    /** Always with milliseconds, so that lines can be sorted as texts. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final ThrowableProxyConverter thrown = new ThrowableProxyConverter();

    @Override
    public void start() {
        thrown.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var text = new StringBuilder(USUAL_CHARACTERS);
        TIME.formatTo(event.getInstant(), text);
        var level = event.getLevel().toString();
        text.append(' ').append(level).repeat(' ', Math.max(1, LEVEL_CHARACTERS + 1 - level.length()));
        var logger = event.getLoggerName();
        text.append(logger, logger.lastIndexOf('.') + 1, logger.length());
        var context = event.getMDCPropertyMap();
        for (var name : CONTEXT) {
            var value = context.getOrDefault(name, "");
            if (!value.isEmpty()) {
                text.append(' ').append(name).append('=').append(value);
            }
        }
        text.append(' ').append(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            text.append(' ').append(thrown.convert(event).stripTrailing());
        }
        return onOneLine(text).append(System.lineSeparator()).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    private static StringBuilder onOneLine(CharSequence text) {
        var line = new StringBuilder(text.length() + 2);
        boolean indented = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (indented && isIndent(each)) {
                continue;
            }
            indented = each == '\n';
            switch (each) {
                case '\r' -> line.append("\\r");
                case '\n' -> line.append("\\n ");
                default -> line.append(isControl(each) ? '?' : each);
            }
        }
        return line;
    }

    /** What follows a line break and says nothing: more of them, and the indentation of stack traces. */
    private static boolean isIndent(char each) {
        return each == ' ' || (each >= '\t' && each <= '\f');
    }

    private static boolean isControl(char each) {
        return each < ' ' || each == 0x7f;
    }
}
