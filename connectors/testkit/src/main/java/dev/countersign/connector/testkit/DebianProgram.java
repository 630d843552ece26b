package dev.countersign.connector.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that a test talks to. As root on Debian it is installed when it is missing; elsewhere what needs it is left out,
 * unless {@code CI=true}.
 *
 * @param present a file that is there when the program is
 * @param packages Debian's packages that bring it
 */
record DebianProgram(String name, Path present, List<String> packages) {
    private static final int INSTALL_MINUTES = 10;

    /** Seconds; other tests may be installing something, too. */
    private static final String LOCK = "-oDPkg::Lock::Timeout=300";

    DebianProgram {
        packages = List.copyOf(packages);
    }

    void installed() {
        if (!Files.isExecutable(present)
                && !(runs("apt-get", "-q", "update")
                        && runs(Stream.concat(Stream.of("apt-get", "-qy", LOCK, "install"), packages.stream())
                                .toArray(String[]::new)))) {
            leaveOut();
        }
    }

    void leaveOut() {
        var sentence = name + " is missing; on Debian 12 it comes with apt-get install " + String.join(" ", packages)
                + ", as root";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(sentence);
        }
        Assumptions.abort(sentence);
    }

    private static boolean runs(String... command) {
        try {
            var builder = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            var process = builder.start();
            var done = process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
            process.destroyForcibly();
            return done;
        } catch (IOException e) {
            return false; // no Debian
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a short command prints. */
    static String said(String... command) {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
