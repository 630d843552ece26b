package dev.countersign.connector.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/**
 * Listeners whose answers leave at once, for a server that plays a provider: {@code
 * mockWebServer.setServerSocketFactory(new PromptSockets())}. A server that writes headers and body apart otherwise holds
 * the body until the client has acknowledged the headers, which a client puts off for 40 ms (RFC 1122, sections 4.2.3.2 and
 * 4.2.3.4).
 */
public final class PromptSockets extends ServerSocketFactory {
    private static final int WAITING = 50;

    private static final class Prompt extends ServerSocket {
        Prompt() throws IOException {
            // unbound
        }

        @Override
        public Socket accept() throws IOException {
            var socket = super.accept();
            socket.setTcpNoDelay(true);
            return socket;
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Prompt();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, WAITING);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return bound(new InetSocketAddress(port), backlog);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return bound(new InetSocketAddress(address, port), backlog);
    }

    private static ServerSocket bound(InetSocketAddress address, int backlog) throws IOException {
        var socket = new Prompt();
        socket.bind(address, backlog);
        return socket;
    }
}
