package dev.countersign.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that the tests drive. On Debian as root they are installed; elsewhere what is missing is named, and its tests are
 * left out unless {@code CI=true}.
 */
public final class Programs {
    /** The tag of tests that need packages of npm. */
    public static final String USE_NPM = "npm";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path RADICALE = Path.of("/usr/bin/radicale");
    private static final Path NPM = Path.of("target", "npm").toAbsolutePath();
    private static final List<String> PACKAGES = List.of(
            "node@24",
            "@modelcontextprotocol/client@2.4.0",
            "@modelcontextprotocol/inspector@2.12.0",
            "@modelcontextprotocol/conformance@0.2.0-alpha.12",
            "axe-core@4.14.1");
    private static final int INSTALL_MINUTES = 10;
    private static final Path LOCK = Path.of("target", "install.lock");

    private Programs() {}

    /** Debian's Chromium. */
    public static Path chromium() {
        return debian(CHROMIUM, "chromium");
    }

    /** Debian's Radicale, a CalDAV and CardDAV server. */
    static Path radicale() {
        return debian(RADICALE, "radicale");
    }

    private static Path debian(Path program, String name) {
        alone(() -> Files.isExecutable(program), () -> {
            var here = Path.of(".");
            if (!run(here, List.of("apt-get", "-q", "update"))
                    || !run(here, List.of("apt-get", "-qy", "install", name))) {
                throw missing(name, "apt-get install " + name + ", as root on Debian");
            }
        });
        return program;
    }

    /** Node 24. */
    public static Path node() {
        return module("node/bin/node");
    }

    /** The script of axe-core, which finds what keeps people out of a page. */
    static Path axe() {
        return module("axe-core/axe.min.js");
    }

    /** A file of a package of npm, e.g. {@code @modelcontextprotocol/conformance/dist/index.js}. */
    public static Path module(String file) {
        return npm().resolve("node_modules").resolve(file);
    }

    /** The folder whose scripts find the packages. All at once, so that they share Node, whose 190 MB take long to write. */
    static Path npm() {
        var done = NPM.resolve("installed");
        alone(() -> PACKAGES.toString().equals(read(done)), () -> {
            write(NPM.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}\n");
            var command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
            command.addAll(PACKAGES);
            if (!run(NPM, command)) {
                throw missing("npm's " + String.join(" and ", PACKAGES), "npm");
            }
            write(done, PACKAGES.toString());
        });
        return NPM;
    }

    /** Installs what is not there. One at a time, also beside another process of tests: apt refuses to run twice. */
    private static void alone(BooleanSupplier isThere, Runnable install) {
        if (!isThere.getAsBoolean()) {
            installed(isThere, install);
        }
    }

    private static synchronized void installed(BooleanSupplier isThere, Runnable install) {
        try (var lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            if (!isThere.getAsBoolean()) {
                install.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException missing(String what, String how) {
        var sentence = what + " is missing; it comes with " + how;
        if ("true".equals(System.getenv("CI"))) {
            return new IllegalStateException(sentence);
        }
        Assumptions.abort(sentence);
        return new IllegalStateException(sentence);
    }

    private static boolean run(Path folder, List<String> command) {
        try {
            var builder = new ProcessBuilder(new ArrayList<>(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of("target", "install.log").toFile()));
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            var process = builder.start();
            boolean done = process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
            process.destroyForcibly();
            return done;
        } catch (IOException e) {
            return false; // the installer itself is not there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
