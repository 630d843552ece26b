package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * How a message hangs on another one.
 *
 * @param answeredId the other message's {@link Message#id()}; of a draft that changes and keeps its thread: its own
 * @param threadId the conversation to stay in; empty for a forward, which starts one
 * @param inReplyTo {@code In-Reply-To}; empty for a forward
 * @param references {@code References}, oldest first, the other message last
 */
public record Threading(
        String answeredId, Optional<String> threadId, Optional<String> inReplyTo, List<String> references) {
    public Threading {
        references = List.copyOf(references);
    }
}
