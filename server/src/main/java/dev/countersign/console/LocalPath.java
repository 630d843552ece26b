package dev.countersign.console;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a person goes after they signed in: a path of this server and nothing else, so that no link leads elsewhere. */
final class LocalPath {
    private static final int MOST_CHARACTERS = 4096;

    private LocalPath() {}

    /** The path when it is one of ours; empty otherwise. */
    static Optional<String> of(String asked) {
        var local = asked.length() <= MOST_CHARACTERS
                && asked.startsWith("/")
                && !asked.startsWith("//")
                && asked.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')
                && hasNoHost(asked);
        return local ? Optional.of(asked) : Optional.empty();
    }

    /** The address of the sign-in page that leads back to this path. */
    static String signInThen(String path) {
        return "/sign-in?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private static boolean hasNoHost(String path) {
        try {
            var uri = URI.create("http://here.invalid").resolve(path);
            return "here.invalid".equals(uri.getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
