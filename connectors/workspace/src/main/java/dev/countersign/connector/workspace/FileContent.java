package dev.countersign.connector.workspace;

import java.util.Arrays;

/** A file with its content. */
public final class FileContent {
    private final String name;
    private final String mediaType;
    private final byte[] bytes;

    public FileContent(String name, String mediaType, byte[] bytes) {
        this.name = name;
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    public String name() {
        return name;
    }

    /** E.g. {@code application/pdf}; {@code application/octet-stream} when nobody said. */
    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent that
                && name.equals(that.name)
                && mediaType.equals(that.mediaType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "FileContent(" + bytes.length + " bytes)";
    }
}
