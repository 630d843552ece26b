package dev.countersign.connector.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Hands one message to a mail store. RFC 2033. */
final class LmtpTalk implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    LmtpTalk(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        answered("220");
    }

    void deliver(String user, byte[] message) throws IOException {
        say("LHLO localhost", "250");
        say("MAIL FROM:<>", "250");
        say("RCPT TO:<" + user + ">", "250");
        say("DATA", "354");
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var stuffed = ("\r\n" + text).replace("\r\n.", "\r\n..").substring(2);
        say(stuffed + (stuffed.endsWith("\r\n") ? "." : "\r\n."), "250");
    }

    private void say(String text, String expected) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        answered(expected);
    }

    private void answered(String expected) throws IOException {
        for (var line = in.readLine(); ; line = in.readLine()) {
            if (line == null || !line.startsWith(expected)) {
                throw new IOException("the mail store answered " + line);
            }
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
