package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * A message that left.
 *
 * @param messageId its {@code Message-ID} header
 * @param id of the copy among the sent mail, where it is known
 * @param refused recipients that the upstream would not take while it took the others
 */
public record Sent(String messageId, Optional<String> id, Optional<String> threadId, List<String> refused) {
    public Sent {
        refused = List.copyOf(refused);
    }
}
