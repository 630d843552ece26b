package dev.countersign.cli;

/** A step of the tour came to something else than it must. */
final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String expected;
    private final String came;

    Unmet(String expected, String came) {
        super("expected " + expected + ", and what came is: " + came);
        this.expected = expected;
        this.came = came;
    }

    String expected() {
        return expected;
    }

    String came() {
        return came;
    }

    /** Goes on when it holds. */
    static void unless(boolean holds, String expected, String came) {
        if (!holds) {
            throw new Unmet(expected, came);
        }
    }
}
