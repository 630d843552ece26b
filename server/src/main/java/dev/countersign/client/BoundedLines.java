package dev.countersign.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Lines of a stream, none longer than a bound: of a longer one the rest is read and forgotten. */
final class BoundedLines {
    private final InputStream in;
    private final int mostBytes;

    BoundedLines(InputStream in, int mostBytes) {
        this.in = new BufferedInputStream(in);
        this.mostBytes = mostBytes;
    }

    /**
     * Reads to the end of the stream.
     *
     * @param line is given each line without its end
     * @param tooLong is run for each line that is too long
     */
    void read(Consumer<byte[]> line, Runnable tooLong) throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean over = false;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                hand(bytes, over, line, tooLong);
                over = false;
            } else if (bytes.size() < mostBytes) {
                bytes.write(next);
            } else {
                over = true;
            }
        }
        if (bytes.size() > 0) {
            hand(bytes, over, line, tooLong);
        }
    }

    private static void hand(ByteArrayOutputStream bytes, boolean over, Consumer<byte[]> line, Runnable tooLong) {
        var whole = bytes.toByteArray();
        bytes.reset();
        if (over) {
            tooLong.run();
        } else if (whole.length > 0 && whole[whole.length - 1] == '\r') {
            line.accept(java.util.Arrays.copyOf(whole, whole.length - 1));
        } else {
            line.accept(whole);
        }
    }
}
