package dev.countersign.hosts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;

/** A connection that is signed in. What can be read begins with a greeting of ours; its options are the connection's. */
final class SignedInSocket extends Socket {
    /** Longer than any call takes; a socket that is forgotten ends with its thread. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Socket socket;
    private final Socket bottom;
    private final OpenSockets sockets;
    private final InputStream in;

    /** @param bottom the connection under TLS, which is what is closed when its time is over */
    SignedInSocket(Socket socket, Socket bottom, OpenSockets sockets, byte[] greeting) throws IOException {
        this.socket = socket;
        this.bottom = bottom;
        this.sockets = sockets;
        this.in = new SequenceInputStream(
                new ByteArrayInputStream(greeting), new BoundedInput(new PromptInput(socket.getInputStream(), bottom)));
        sockets.keep(bottom, LONGEST);
    }

    /** It is connected; mail libraries ask for it once more. */
    @Override
    public void connect(SocketAddress ignored) {}

    @Override
    public void connect(SocketAddress ignored, int timeoutMillis) {}

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return socket.getTcpNoDelay();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return bottom.isClosed();
    }

    /** A farewell of TLS that cannot be sent would wait for the other side: the connection itself is ended. */
    @Override
    public void close() {
        sockets.end(bottom);
    }

    @Override
    public String toString() {
        return "SignedInSocket(" + (isClosed() ? "closed" : "open") + ")";
    }
}
