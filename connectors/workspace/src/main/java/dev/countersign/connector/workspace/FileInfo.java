package dev.countersign.connector.workspace;

import java.time.Instant;
import java.util.Optional;

/**
 * A file without its content.
 *
 * @param mediaType e.g. {@code application/pdf}, or what the provider calls documents of its own
 * @param bytes its size, where the provider gives one
 * @param owner who owns it or wrote it last: a mail address, or another name for whom
 * @param url where the person can open it
 */
public record FileInfo(
        String id,
        String name,
        String mediaType,
        Optional<Long> bytes,
        String owner,
        Optional<Instant> modifiedAt,
        Optional<String> url) {}
