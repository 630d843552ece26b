package dev.countersign.connector.standards;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jdk.net.ExtendedSocketOptions;

/** A connection to a server of a test, signed in to as Countersign does it; what is read begins with a greeting. */
final class SignedIn extends Socket {
    private final Socket socket;
    private final InputStream in;

    private SignedIn(Socket socket, InputStream in, String greeting) {
        this.socket = socket;
        this.in = new SequenceInputStream(
                new ByteArrayInputStream((greeting + "\r\n").getBytes(StandardCharsets.US_ASCII)), in);
    }

    static Socket imap(int port, String user, String password) {
        return open(port, "* PREAUTH ready", (in, out) -> {
            line(in);
            say(out, "a LOGIN \"" + user + "\" \"" + password + "\"");
            var answer = line(in);
            while (!answer.startsWith("a ")) {
                answer = line(in);
            }
            return answer.startsWith("a OK");
        });
    }

    static Socket smtp(int port, String user, String password) {
        return open(port, "220 ready", (in, out) -> {
            line(in);
            say(out, "EHLO localhost");
            while (line(in).charAt(3) == '-') {
                // the extensions are asked for again
            }
            var plain = "\0" + user + "\0" + password;
            say(out, "AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
            return line(in).startsWith("235");
        });
    }

    @FunctionalInterface
    private interface SigningIn {
        boolean done(InputStream in, OutputStream out) throws IOException;
    }

    private static Socket open(int port, String greeting, SigningIn signingIn) {
        try {
            var socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(new Prompt(socket));
            if (!signingIn.done(in, socket.getOutputStream())) {
                throw new IllegalStateException("not signed in");
            }
            return new SignedIn(socket, in, greeting);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Acknowledges at once: GreenMail writes an answer in pieces, and holds each back until the one before is. */
    private static final class Prompt extends FilterInputStream {
        private final Socket socket;
        private final boolean able;

        Prompt(Socket socket) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
            this.able = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (able) {
                socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true); // the system takes it back by itself
            }
            return super.read(bytes, from, length);
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server ended the connection");
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void setSoTimeout(int milliseconds) throws SocketException {
        socket.setSoTimeout(milliseconds);
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
