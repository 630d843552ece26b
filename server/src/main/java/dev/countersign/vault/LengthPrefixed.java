package dev.countersign.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts as bytes, each behind its length, so that no two lists of texts give the same bytes. */
public final class LengthPrefixed {
    private LengthPrefixed() {}

    /** The UTF-8 of each text behind its length in four bytes. */
    public static byte[] of(String... texts) {
        var encoded = new byte[texts.length][];
        int size = 0;
        for (int i = 0; i < texts.length; i++) {
            encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            size += Integer.BYTES + encoded[i].length;
        }
        var all = ByteBuffer.allocate(size);
        for (var text : encoded) {
            all.putInt(text.length).put(text);
        }
        return all.array();
    }
}
