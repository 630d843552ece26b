package dev.countersign.connector.workspace;

import java.util.Optional;

/**
 * What a message says.
 *
 * @param text as plain text: the message's own plain text, or made from {@code html}
 * @param html the original, where there is one
 */
public record Body(String text, Optional<String> html) {}
