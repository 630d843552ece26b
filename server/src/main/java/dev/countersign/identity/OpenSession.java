package dev.countersign.identity;

import java.time.Instant;

/** A person's session as the person sees it in a list. */
public record OpenSession(String id, Instant signedInAt, Instant lastSeenAt, String address, String userAgent) {}
