package dev.countersign.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server of one connection that goes by a script: {@code > text} is said ({@code \n} stands for a line's end), {@code <}
 * hears one line, {@code TLS} begins TLS. After the script it echoes lines until the other side is gone.
 */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLContext tls;
    private final List<String> script;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    ScriptedServer(SSLContext tls, String... script) throws IOException {
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.script = List.of(script);
        Thread.ofVirtual().start(this::serve);
    }

    URI at(String scheme) {
        return URI.create(scheme + "://" + TestKeys.HOST + ":" + listener.getLocalPort());
    }

    /** The lines that came, and a word when the other side is gone. */
    List<String> heard() {
        return heard;
    }

    /** Whether the other side has gone, within the time. */
    boolean left(int seconds) throws InterruptedException {
        return ended.await(seconds, TimeUnit.SECONDS);
    }

    private void serve() {
        try (var socket = listener.accept()) {
            run(socket);
        } catch (IOException e) {
            heard.add("(gone)");
        } finally {
            ended.countDown();
        }
    }

    private void run(Socket accepted) throws IOException {
        var socket = accepted;
        var in = reader(socket);
        for (var step : script) {
            if (step.equals("TLS")) {
                socket = tls.getSocketFactory().createSocket(socket, null, true);
                ((SSLSocket) socket).setUseClientMode(false);
                ((SSLSocket) socket).startHandshake();
                in = reader(socket);
            } else if (step.startsWith("<")) {
                hear(in);
            } else {
                say(socket, step.substring(2).replace("\\n", "\r\n") + "\r\n");
            }
        }
        while (true) {
            say(socket, "echo " + hear(in) + "\r\n");
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private String hear(BufferedReader in) throws IOException {
        var line = in.readLine();
        if (line == null) {
            throw new IOException("end");
        }
        heard.add(line);
        return line;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
