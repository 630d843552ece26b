package dev.countersign;

import java.nio.ByteBuffer;

/** Changes a genuine text as bytes say, so that a fuzzer comes close to what it could never guess. */
public final class Edits {
    private static final int BYTES_OF_AN_EDIT = 4;

    private Edits() {}

    /** Each four bytes are one edit: what to do, where (two bytes), and with which character. */
    public static String of(String genuine, byte[] edits) {
        var text = new StringBuilder(genuine);
        var read = ByteBuffer.wrap(edits);
        while (read.remaining() >= BYTES_OF_AN_EDIT && !text.isEmpty()) {
            var what = read.get() & 3;
            var at = Short.toUnsignedInt(read.getShort()) % text.length();
            edit(text, what, at, (char) (read.get() & 0x7f));
        }
        return text.toString();
    }

    private static void edit(StringBuilder text, int what, int at, char with) {
        switch (what) {
            case 0 -> text.setCharAt(at, with);
            case 1 -> text.insert(at, with);
            case 2 -> text.deleteCharAt(at);
            default -> text.setLength(at);
        }
    }
}
