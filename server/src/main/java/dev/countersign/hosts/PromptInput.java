package dev.countersign.hosts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Has what arrives acknowledged at once. Mail hosts write an answer in pieces, and many hold each piece back until the one before is
 * acknowledged (RFC 896), which a system that waits for something to send along does 40 ms later: for each command.
 */
final class PromptInput extends FilterInputStream {
    private final Socket bottom;
    private final boolean able;

    /** @param bottom the connection that {@code in} comes from, under TLS */
    PromptInput(InputStream in, Socket bottom) {
        super(in);
        this.bottom = bottom;
        this.able = bottom.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    }

    @Override
    public int read() throws IOException {
        acknowledge();
        return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        acknowledge();
        return in.read(buffer, offset, length);
    }

    /** The system takes the wish back by itself. */
    private void acknowledge() throws IOException {
        if (able) {
            bottom.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }
}
