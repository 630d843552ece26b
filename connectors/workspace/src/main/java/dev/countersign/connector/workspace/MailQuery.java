package dev.countersign.connector.workspace;

import java.time.Instant;
import java.util.Optional;

/**
 * What mail is looked for; what is empty is not asked. Everything given must hold. Comparison ignores case.
 *
 * @param text words that subject, body or addresses hold, all of them
 * @param from part of the sender's address or name
 * @param to part of an address or name in To or Cc
 * @param folder id of a folder; empty for all but trash and spam
 * @param after received at this moment or later
 * @param before received before this moment
 */
public record MailQuery(
        Optional<String> text,
        Optional<String> from,
        Optional<String> to,
        Optional<String> subject,
        Optional<String> folder,
        Optional<Instant> after,
        Optional<Instant> before,
        Optional<Boolean> unread,
        Optional<Boolean> attachment) {

    /** All mail of one folder. */
    public static MailQuery in(String folder) {
        return new MailQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
