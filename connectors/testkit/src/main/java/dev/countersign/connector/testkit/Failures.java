package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a service fails, and keys for what it does. */
final class Failures {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Failures() {}

    static void failsWith(UpstreamException.Kind kind, ThrowingCallable act) {
        var failure = catchThrowableOfType(UpstreamException.class, act);
        assertThat(failure).as("a failure of kind " + kind).isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
    }

    /** A key of the form of {@link dev.countersign.connector.Call#id()}. */
    static String key() {
        return RANDOM.ints(26, 0, 36)
                .mapToObj(digit -> Character.toString(Character.forDigit(digit, 36)))
                .reduce("", String::concat);
    }
}
