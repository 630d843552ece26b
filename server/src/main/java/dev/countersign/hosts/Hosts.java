package dev.countersign.hosts;

import dev.countersign.connector.PasswordSignIn;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** The servers of accounts that are signed in to directly, all ways to them. */
public final class Hosts implements AutoCloseable {
    private final Reach reach;
    private final HostHttp http;
    private final OpenSockets sockets = new OpenSockets();

    /** An answer, whatever its status. */
    public record Answer(int status, HttpFields headers, byte[] body) {}

    /**
     * A request.
     *
     * @param headers name and value by turns
     */
    public record Asked(String method, URI target, List<String> headers, byte[] body) {}

    public Hosts(Reach reach) {
        this.reach = reach;
        this.http = new HostHttp(reach);
    }

    /** Looks up the servers of one address. */
    public PasswordSignIn.Lookup lookup() {
        return new ServerLookup(http);
    }

    /**
     * Signs in to see whether it works.
     *
     * @param name what the server is for, e.g. {@code imap}
     * @return the address under which it is to be kept: a DAV server may answer elsewhere at its host
     * @throws InterruptedException when the one who asked has gone
     */
    public URI signIn(String name, URI server, Login login) throws HostFailure, InterruptedException {
        if (ServerAddress.dav(name)) {
            return new DavSignIn(http).signIn(name, server, login);
        }
        opened(server, login).close();
        return server;
    }

    /** A connection that is signed in; it ends with this thread, should nobody close it. */
    public Socket connect(URI server, Login login) throws HostFailure {
        return opened(server, login);
    }

    private SignedInSocket opened(URI server, Login login) throws HostFailure {
        return switch (server.getScheme()) {
            case "imaps" -> Wire.signedIn(reach, sockets, server, true, new ImapSignIn(login));
            case "imap" -> Wire.signedIn(reach, sockets, server, false, new ImapSignIn(login));
            case "smtps" -> Wire.signedIn(reach, sockets, server, true, new SmtpSignIn(login));
            case "smtp" -> Wire.signedIn(reach, sockets, server, false, new SmtpSignIn(login));
            default -> throw new IllegalArgumentException("no mail server: " + server.getScheme());
        };
    }

    /**
     * Sends one request to a DAV server. The caller sees to it that it is one of the account's own.
     *
     * @throws InterruptedException when the one who asked has gone; the request may have reached the host
     */
    public Answer send(Asked asked, Login login, Duration atMost, int mostBytes)
            throws HostFailure, InterruptedException {
        var sent = new HostHttp.Sent(asked.method(), asked.target(), asked.headers(), asked.body(), Optional.of(login));
        var answer = http.send(sent, atMost, mostBytes);
        return new Answer(answer.getStatus(), answer.getHeaders(), answer.getContent());
    }

    @Override
    public void close() {
        sockets.close();
        http.close();
    }
}
