package dev.countersign.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that the tests drive. On Debian as root they are installed; elsewhere what is missing is named, and its tests are
 * left out unless {@code CI=true}.
 */
final class Programs {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String MCP_CLIENT = "@modelcontextprotocol/client@2.4.0";
    private static final String AXE = "axe-core@4.14.1";
    private static final int INSTALL_MINUTES = 10;

    private Programs() {}

    /** Debian's Chromium. */
    static synchronized Path chromium() {
        if (!Files.isExecutable(CHROMIUM)) {
            var here = Path.of(".");
            if (!run(here, List.of("apt-get", "-q", "update"))
                    || !run(here, List.of("apt-get", "-qy", "install", "chromium"))) {
                throw missing("Chromium", "apt-get install chromium, as root on Debian");
            }
        }
        return CHROMIUM;
    }

    /** The script of axe-core, which finds what keeps people out of a page. */
    static synchronized Path axe() {
        var folder = Path.of("target", "axe").toAbsolutePath();
        var script = folder.resolve("node_modules/axe-core/axe.min.js");
        if (!Files.exists(script)) {
            prepare(folder);
            if (!run(folder, List.of("npm", "install", "--no-audit", "--no-fund", AXE))) {
                throw missing("the npm package " + AXE, "npm");
            }
        }
        return script;
    }

    /** Node 24, in a folder that holds the official TypeScript client beside it. */
    static synchronized Path nodeClient() {
        var folder = Path.of("target", "node-client").toAbsolutePath();
        var node = folder.resolve("node_modules/node/bin/node");
        if (!Files.isExecutable(node) || !Files.exists(folder.resolve("node_modules/@modelcontextprotocol/client"))) {
            prepare(folder);
            if (!run(folder, List.of("npm", "install", "--no-audit", "--no-fund", "node@24", MCP_CLIENT))) {
                throw missing("the npm packages node@24 and " + MCP_CLIENT, "npm");
            }
        }
        return node;
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
