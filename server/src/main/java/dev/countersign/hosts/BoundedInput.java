package dev.countersign.hosts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a host says once a person is signed in, bounded before anybody makes room for it: a host that announces a literal or sends a
 * line larger than any mail that we take is cut off. RFC 3501 section 4.3.
 */
final class BoundedInput extends FilterInputStream {
    static final long MOST_OF_A_LITERAL = 32L * 1024 * 1024;
    static final int MOST_OF_A_LINE = 1024 * 1024;
    private static final long MOST = 512L * 1024 * 1024;
    private static final long NONE = -1;

    private long total;
    private long literalLeft;
    private int line;

    /** The number that stands in braces so far. */
    private long number = NONE;

    /** The number whose braces have just closed: at the end of a line it is the size of what follows. */
    private long announced = NONE;

    BoundedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        if (next >= 0) {
            look((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = 0; i < count; i++) {
            look(buffer[offset + i]);
        }
        return count;
    }

    private void look(byte next) throws IOException {
        if (++total > MOST) {
            throw new IOException("the host said too much");
        }
        if (literalLeft > 0) {
            literalLeft--;
        } else if (next == '\n') {
            endLine();
        } else if (next != '\r') {
            lookInLine(next);
        }
    }

    private void endLine() throws IOException {
        if (announced > MOST_OF_A_LITERAL) {
            throw new IOException("the host announced too large a literal");
        }
        literalLeft = Math.max(announced, 0);
        line = 0;
        number = NONE;
        announced = NONE;
    }

    private void lookInLine(byte next) throws IOException {
        if (++line > MOST_OF_A_LINE) {
            throw new IOException("the host sent too long a line");
        }
        announced = NONE;
        if (next == '{') {
            number = 0;
        } else if (number != NONE && next >= '0' && next <= '9') {
            number = Math.min(number * 10 + (next - '0'), MOST_OF_A_LITERAL + 1);
        } else {
            announced = next == '}' ? number : NONE;
            number = NONE;
        }
    }
}
