package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Gives Angus Mail the connections of one server of an account, which are signed in to already. */
final class SignedInSockets extends SocketFactory {
    private final Upstream upstream;
    private final String server;

    SignedInSockets(Upstream upstream, String server) {
        this.upstream = upstream;
        this.server = server;
    }

    @Override
    public Socket createSocket() throws IOException {
        try {
            return new ConnectedSocket(upstream.connect(server));
        } catch (UpstreamException e) {
            // it comes out again in MailFailures
            throw new IOException(e);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }
}
