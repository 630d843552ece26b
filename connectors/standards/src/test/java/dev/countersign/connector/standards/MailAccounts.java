package dev.countersign.connector.standards;

import java.net.Socket;
import java.util.function.Function;

/** A mail host at which Alice and Bob have new mailboxes. */
interface MailAccounts extends AutoCloseable {
    StandardsMail mail(String address);

    /** Connections to the servers of an account, signed in already, by what the server is for. */
    Function<String, Socket> sockets(String address);

    @Override
    void close();
}
