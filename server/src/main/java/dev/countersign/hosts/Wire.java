package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A connection to one server while it is signed in to: lines of text, and TLS from the start or from some point on. */
final class Wire {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 15_000;

    private static final int MOST_LINE = 8 * 1024;
    private static final int MOST_ADDRESSES = 4;
    private static final int MOST_LINES = 500;

    private final Reach reach;
    private final OpenSockets sockets;
    private final String host;
    private final int port;
    private final Socket bottom;
    private Socket socket;
    private InputStream in;
    private int lines;

    private Wire(Reach reach, OpenSockets sockets, URI server, Socket bottom) throws IOException {
        this.reach = reach;
        this.sockets = sockets;
        this.host = server.getHost();
        this.port = server.getPort();
        this.bottom = bottom;
        this.socket = bottom;
        this.in = new BufferedInputStream(new PromptInput(bottom.getInputStream(), bottom));
    }

    /** What a sign-in does on an open connection. */
    @FunctionalInterface
    interface Talk {
        /** Gives the greeting that stands for what was said. */
        String over(Wire wire) throws IOException, HostFailure;
    }

    /**
     * Connects, talks, and gives the connection as it is then.
     *
     * @param tls whether TLS comes before the first byte
     */
    static SignedInSocket signedIn(Reach reach, OpenSockets sockets, URI server, boolean tls, Talk talk)
            throws HostFailure {
        var bottom = connected(reach, sockets, server);
        try {
            var wire = new Wire(reach, sockets, server, bottom);
            if (tls) {
                wire.secure();
            }
            var greeting = talk.over(wire);
            return wire.handedOver(greeting);
        } catch (SSLException e) {
            sockets.end(bottom);
            throw HostFailure.before(server.getHost(), reason(e), e);
        } catch (SocketTimeoutException e) {
            sockets.end(bottom);
            throw HostFailure.before(server.getHost(), Reason.SILENT, e);
        } catch (IOException e) {
            var late = bottom.isClosed();
            sockets.end(bottom);
            throw HostFailure.before(server.getHost(), late ? Reason.SILENT : Reason.NOT_UNDERSTOOD, e);
        } catch (HostFailure | RuntimeException e) {
            sockets.end(bottom);
            throw e;
        }
    }

    /** Some other protocol in place of TLS is a TLS error, too. */
    static Reason reason(Throwable tls) {
        for (var cause = tls; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Reason.NO_TLS;
            }
        }
        return Reason.NOT_UNDERSTOOD;
    }

    private static Socket connected(Reach reach, OpenSockets sockets, URI server) throws HostFailure {
        var reason = new IOException("no address");
        var addresses = reach.addresses(server.getHost());
        for (var address : addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES))) {
            var socket = new Socket(Proxy.NO_PROXY);
            sockets.keep(socket, reach.signIn());
            try {
                socket.connect(new InetSocketAddress(address, server.getPort()), CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(READ_MILLIS);
                return socket;
            } catch (IOException e) {
                sockets.end(socket);
                reason = e;
            }
        }
        throw HostFailure.before(server.getHost(), Reason.NOT_REACHED, reason);
    }

    /** Begins TLS. What came in clear before is no part of what follows: RFC 3501 section 6.2.1, CVE-2011-0411. */
    void secure() throws IOException, HostFailure {
        if (in.available() > 0) {
            throw new HostFailure(host, Reason.NOT_UNDERSTOOD);
        }
        var secured = (SSLSocket) reach.tls().get().getSocketFactory().createSocket(socket, host, port, true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(new PromptInput(secured.getInputStream(), bottom));
    }

    boolean secured() {
        return socket instanceof SSLSocket;
    }

    /** Whether a password may pass: over TLS, or to this machine where that is allowed. */
    boolean mayCarryPassword() {
        return secured() || reach.plain(host);
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    HostFailure failure(Reason reason) {
        return new HostFailure(host, reason);
    }

    void say(String line) throws IOException {
        write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next line, without its end. */
    String line() throws IOException, HostFailure {
        if (++lines > MOST_LINES) {
            throw failure(Reason.NOT_UNDERSTOOD);
        }
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() == MOST_LINE) {
                throw failure(Reason.NOT_UNDERSTOOD);
            }
            line.write(next);
        }
        var text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private SignedInSocket handedOver(String greeting) throws IOException, HostFailure {
        if (in.available() > 0) {
            throw failure(Reason.NOT_UNDERSTOOD);
        }
        return new SignedInSocket(socket, bottom, sockets, (greeting + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
