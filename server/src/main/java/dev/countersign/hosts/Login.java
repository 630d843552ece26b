package dev.countersign.hosts;

import dev.countersign.vault.Secret;
import java.util.regex.Pattern;

/** What an account is signed in to its servers with. */
public sealed interface Login {
    /** The name to sign in with, mostly the address. */
    String user();

    record Password(String user, Secret password) implements Login {
        /** Without whose it is. */
        @Override
        public String toString() {
            return "Login.Password(…)";
        }
    }

    /** An access token. RFC 6750, RFC 7628. A name or token in which a message could be hidden is refused. */
    record Bearer(String user, Secret token) implements Login {
        private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

        /** Fails with {@link IllegalArgumentException}, which shows neither. */
        public Bearer {
            // fields of the message end with 0x01: RFC 7628 section 3.1
            if (user.isEmpty() || user.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a name to sign in with has control characters");
            }
            if (!TOKEN.matcher(token.reveal(Secret.Purpose.UPSTREAM)).matches()) {
                throw new IllegalArgumentException("an access token has characters that none may have");
            }
        }

        @Override
        public String toString() {
            return "Login.Bearer(…)";
        }
    }
}
