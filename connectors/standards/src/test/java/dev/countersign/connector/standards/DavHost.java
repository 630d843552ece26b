package dev.countersign.connector.standards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Radicale, a real CalDAV and CardDAV server, one for all tests. It does not schedule. On Debian as root it is installed;
 * elsewhere its tests are left out unless {@code CI=true}.
 */
final class DavHost {
    static final int PEOPLE = 300;

    private static final Path PROGRAM = Path.of("/usr/bin/radicale");
    private static final int INSTALL_MINUTES = 10;
    private static final int START_SECONDS = 300;

    private static DavHost only;

    private final int port;

    private DavHost(int port) {
        this.port = port;
    }

    static synchronized DavHost get() {
        if (only == null) {
            only = start();
        }
        return only;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    static String person(int number) {
        return "person" + number + "@home.invalid";
    }

    private static DavHost start() {
        try {
            installed();
            var folder = Files.createTempDirectory("radicale");
            var users = IntStream.range(0, PEOPLE)
                    .mapToObj(number -> person(number) + ":" + MailHost.PASSWORD)
                    .collect(Collectors.joining("\n", "", "\n"));
            Files.writeString(folder.resolve("users"), users);
            var port = freePort();
            Files.writeString(folder.resolve("config"), """
                [server]
                hosts = 127.0.0.1:%d
                [auth]
                type = htpasswd
                htpasswd_filename = %s/users
                htpasswd_encryption = plain
                delay = 0
                [rights]
                type = owner_only
                [storage]
                filesystem_folder = %s/collections
                """.formatted(port, folder, folder));
            var process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "--config",
                            folder.resolve("config").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            listening(port, process);
            return new DavHost(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below those that the system gives to clients, so that it is still free when Radicale has started. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(20_000, 32_000)
                .filter(DavHost::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void listening(int port, Process process) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IllegalStateException("Radicale did not start");
    }

    private static void installed() throws IOException {
        if (!Files.isExecutable(PROGRAM)
                && !(run("apt-get", "-q", "update") && run("apt-get", "-qy", "install", "radicale"))) {
            var sentence = "Radicale is missing; it comes with apt-get install radicale, as root on Debian";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(sentence);
            }
            Assumptions.abort(sentence);
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            var builder = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            var process = builder.start();
            var done = process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
            process.destroyForcibly();
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
