package dev.countersign.client;

import java.net.URI;
import java.util.Optional;

/** There is no token, and why, in a sentence that says what to do. */
final class SignInException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<URI> page;

    SignInException(String sentence, Optional<URI> page) {
        super(sentence);
        this.page = page;
    }

    SignInException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.page = Optional.empty();
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /** Where the person signs in, while that is open. */
    Optional<URI> page() {
        return page;
    }
}
