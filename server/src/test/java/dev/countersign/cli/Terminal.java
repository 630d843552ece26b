package dev.countersign.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs commands on an installation of the test, as a shell would without a terminal. */
record Terminal(Path home) {
    /** What a command printed, errors too, and its exit status. */
    record Result(int status, String printed) {}

    Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    Result runWithInput(String input, String... arguments) {
        var printed = new ByteArrayOutputStream();
        var before = System.getProperty("countersign.home");
        var in = System.in;
        var out = System.out;
        var err = System.err;
        try (var stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setProperty("countersign.home", home.toString());
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(stream);
            System.setErr(stream);
            int status = Cli.run(
                    (config, demo, faults) -> {
                        throw new UnsupportedOperationException("the command starts no server");
                    },
                    arguments);
            return new Result(status, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
            if (before == null) {
                System.clearProperty("countersign.home");
            } else {
                System.setProperty("countersign.home", before);
            }
        }
    }
}
