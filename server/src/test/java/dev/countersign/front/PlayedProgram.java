package dev.countersign.front;

import dev.countersign.cli.MadeConnector;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The API that a made connector's tests play, as a program of its own: what {@code -Dplay} runs. */
final class PlayedProgram implements AutoCloseable {
    private static final Pattern SETTING = Pattern.compile("--set (\\S+?)=(\\S+)");
    private static final String LAST = "client-secret";

    private final Process process;
    private final Map<String, String> settings;

    private PlayedProgram(Process process, Map<String, String> settings) {
        this.process = process;
        this.settings = Map.copyOf(settings);
    }

    /** @param made the connector jar-tasks, compiled */
    static PlayedProgram start(MadeConnector made) {
        var classPath = made.folder().resolve("target/classes")
                + File.pathSeparator
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-classpath",
                        classPath,
                        "dev.countersign.connector.jartasks.PlayedJarTasks")
                .redirectErrorStream(true);
        try {
            var process = command.start();
            return new PlayedProgram(process, printedSettings(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> printedSettings(Process process) throws IOException {
        var said = new StringBuilder();
        var settings = new HashMap<String, String>();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            SETTING.matcher(line).results().forEach(found -> settings.put(found.group(1), found.group(2)));
            if (line.contains(LAST)) {
                return settings;
            }
        }
        throw new IllegalStateException("it ended: " + said);
    }

    /** What it says that a server be started with. */
    Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
