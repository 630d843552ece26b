package dev.countersign.front;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A CalDAV and CardDAV server of one person, on this machine. */
final class Radicale implements AutoCloseable {
    private final Process process;
    private final URI url;

    private Radicale(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** @param folder where it keeps what it is given */
    static Radicale start(Path folder, int port, String user, String password) throws IOException {
        var program = Programs.radicale();
        var users = Files.writeString(folder.resolve("users"), user + ":" + password + "\n");
        var config = Files.writeString(
                folder.resolve("radicale.conf"), """
                    [server]
                    hosts = 127.0.0.1:%d
                    [auth]
                    type = htpasswd
                    htpasswd_filename = %s
                    htpasswd_encryption = plain
                    delay = 0
                    [storage]
                    filesystem_folder = %s
                    """.formatted(port, users, folder.resolve("collections")));
        var process = new ProcessBuilder(program.toString(), "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("radicale.log").toFile())
                .start();
        Await.until("Radicale", () -> answers(port));
        return new Radicale(process, URI.create("http://127.0.0.1:" + port + "/"));
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
