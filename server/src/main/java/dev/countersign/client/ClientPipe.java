package dev.countersign.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** The way back to the client: messages on one stream, a line each, and words for people on another. */
final class ClientPipe {
    private final OutputStream messages;
    private final PrintStream words;
    private final ReentrantLock lock = new ReentrantLock();

    ClientPipe(OutputStream messages, PrintStream words) {
        this.messages = messages;
        this.words = words;
    }

    /** Writes a message, whole. Once the client has closed its end nobody is there to be told. */
    void send(byte[] line) {
        var ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        lock.lock();
        try {
            messages.write(ended);
            messages.flush();
        } catch (IOException e) {
            say("The client reads no more messages.");
        } finally {
            lock.unlock();
        }
    }

    void say(String sentence) {
        words.println("countersign: " + sentence);
        words.flush();
    }
}
