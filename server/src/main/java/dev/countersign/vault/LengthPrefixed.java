package dev.countersign.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts as bytes, each behind its length, so that no two lists of texts give the same bytes. */
public final class LengthPrefixed {
    private LengthPrefixed() {}

    /** The UTF-8 of each text behind its length in four bytes. */
    public static byte[] of(String... texts) {
        var out = new ByteArrayOutputStream();
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
