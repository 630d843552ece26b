package dev.countersign.console;

import java.util.List;
import java.util.Optional;

/** What the pages show that need no sign-in. */
public final class EntryViews {
    private EntryViews() {}

    /** @param nobodyYet whether the server still waits for its first person */
    public record Start(boolean nobodyYet) {}

    /**
     * @param next where to go afterwards: a path of this server
     * @param purpose why it is asked, when the person came from elsewhere
     */
    public record SignIn(Optional<Notice> notice, Refusal refusal, String email, String next, Optional<String> purpose)
            implements FormView {}

    /** @param token of the one-time link */
    public record Welcome(
            String token, Refusal refusal, String email, String name, int minPasswordCharacters, List<ZoneGroup> zones)
            implements FormView {
        public Welcome {
            zones = List.copyOf(zones);
        }
    }

    /** Time zones of one part of the world. */
    public record ZoneGroup(String region, List<Zone> zones) {
        public ZoneGroup {
            zones = List.copyOf(zones);
        }
    }

    public record Zone(String id, String words, boolean chosen) {}

    /**
     * @param address the MCP endpoint
     * @param linked whether the person has an account linked already
     */
    public record Attach(String address, boolean linked, List<Way> ways) {
        public Attach {
            ways = List.copyOf(ways);
        }
    }

    /**
     * How one client is attached.
     *
     * @param text what to copy: a command or a piece of settings
     */
    public record Way(String client, String instruction, String text) {}

    /** @param errorId what the log names this failure by; absent for expected answers */
    public record Failure(int status, String title, String sentence, Optional<String> errorId, Link link) {}

    /** A way on. */
    public record Link(String words, String href) {}
}
