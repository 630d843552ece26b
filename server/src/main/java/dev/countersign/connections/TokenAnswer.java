package dev.countersign.connections;

import dev.countersign.vault.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token endpoint gave. RFC 6749 section 5.1.
 *
 * @param scope the provider's scopes, separated by spaces or commas; absent when they are those that were asked
 */
record TokenAnswer(Secret access, Optional<Secret> refresh, Optional<Duration> lifetime, Optional<String> scope) {
    Set<String> granted(Set<String> asked) {
        return scope.map(words -> Arrays.stream(words.split("[ ,]+"))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(asked);
    }
}
