package dev.countersign.connector.testkit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what this process prints, and what the JDK's loggers are told, until it is closed. */
final class Printed implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Logger own;
    private final Optional<Level> ownLevel;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage() + " " + List.of(parameters(line)) + " "
                    + Optional.ofNullable(line.getThrown())
                            .map(Throwable::toString)
                            .orElse(""));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** @param own the package whose loggers are heard at every level */
    Printed(String own) {
        this.own = Logger.getLogger(own);
        this.ownLevel = Optional.ofNullable(this.own.getLevel());
        this.own.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        System.setOut(both(out));
        System.setErr(both(err));
    }

    private static Object[] parameters(LogRecord line) {
        return Optional.ofNullable(line.getParameters()).orElse(new Object[0]);
    }

    private PrintStream both(PrintStream real) {
        var stream = new OutputStream() {
            @Override
            public void write(int one) {
                kept.write(one);
                real.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                kept.write(bytes, from, length);
                real.write(bytes, from, length);
            }
        };
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** All of it so far. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8) + String.join("\n", logged);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        root.removeHandler(handler);
        own.setLevel(ownLevel.orElse(null));
    }
}
