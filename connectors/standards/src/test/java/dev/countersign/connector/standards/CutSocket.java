package dev.countersign.connector.standards;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection over which the host takes a message, and its answer never comes. */
final class CutSocket extends Socket {
    private static final String END = "\r\n.\r\n";

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder said = new StringBuilder();

    private CutSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            // the host's answer is waited for, so that it has acted; then it is lost
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                var count = super.read(bytes, from, length);
                return said.indexOf(END) >= 0 ? -1 : count;
            }
        };
    }

    static Socket afterMessage(Socket socket) {
        try {
            return new CutSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                said.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
                out.write(bytes, from, length);
            }
        };
    }

    @Override
    public void setSoTimeout(int milliseconds) {}

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
