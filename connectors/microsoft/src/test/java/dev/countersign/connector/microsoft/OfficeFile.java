package dev.countersign.connector.microsoft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes Office files of their parts. */
final class OfficeFile {
    static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private OfficeFile() {}

    static byte[] of(Map<String, String> parts) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A document with a paragraph for each text. */
    static byte[] document(String... paragraphs) {
        var body = new StringBuilder();
        for (var text : paragraphs) {
            body.append("<w:p><w:r><w:t>").append(text).append("</w:t></w:r></w:p>");
        }
        return of(Map.of("word/document.xml", "<w:document xmlns:w='w'><w:body>" + body + "</w:body></w:document>"));
    }
}
