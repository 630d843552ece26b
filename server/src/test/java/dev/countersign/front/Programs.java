package dev.countersign.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that the tests drive. On Debian as root they are installed; elsewhere what is missing is named, and its tests are
 * left out unless {@code CI=true}.
 */
public final class Programs {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path RADICALE = Path.of("/usr/bin/radicale");
    private static final String MCP_CLIENT = "@modelcontextprotocol/client@2.4.0";
    private static final String NODE = "node@24";
    private static final String AXE = "axe-core@4.14.1";
    private static final int INSTALL_MINUTES = 10;

    private Programs() {}

    /** Debian's Chromium. */
    public static synchronized Path chromium() {
        if (!Files.isExecutable(CHROMIUM)) {
            var here = Path.of(".");
            if (!run(here, List.of("apt-get", "-q", "update"))
                    || !run(here, List.of("apt-get", "-qy", "install", "chromium"))) {
                throw missing("Chromium", "apt-get install chromium, as root on Debian");
            }
        }
        return CHROMIUM;
    }

    /** Debian's Radicale, a CalDAV and CardDAV server. */
    static synchronized Path radicale() {
        if (!Files.isExecutable(RADICALE)) {
            var here = Path.of(".");
            if (!run(here, List.of("apt-get", "-q", "update"))
                    || !run(here, List.of("apt-get", "-qy", "install", "radicale"))) {
                throw missing("Radicale", "apt-get install radicale, as root on Debian");
            }
        }
        return RADICALE;
    }

    /** The script of axe-core, which finds what keeps people out of a page. */
    static Path axe() {
        return modules("axe", AXE).resolve("axe-core/axe.min.js");
    }

    /** Node 24, in a folder that holds the official TypeScript client beside it. */
    static Path nodeClient() {
        return node("node-client", MCP_CLIENT);
    }

    /**
     * Node 24, in a folder of the target that holds an npm package beside it.
     *
     * @param npmPackage its name and version, e.g. {@code @modelcontextprotocol/client@2.4.0}
     */
    public static Path node(String name, String npmPackage) {
        return modules(name, NODE, npmPackage).resolve("node/bin/node");
    }

    /** The folder of the modules, with these packages of npm in it. */
    private static synchronized Path modules(String name, String... packages) {
        var folder = Path.of("target", name).toAbsolutePath();
        var modules = folder.resolve("node_modules");
        var installed = Arrays.stream(packages)
                .map(each -> modules.resolve(each.substring(0, each.lastIndexOf('@'))))
                .allMatch(Files::exists);
        if (!installed) {
            prepare(folder);
            var command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
            command.addAll(List.of(packages));
            if (!run(folder, command)) {
                throw missing("npm's " + String.join(" and ", packages), "npm");
            }
        }
        return modules;
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}\n");
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
