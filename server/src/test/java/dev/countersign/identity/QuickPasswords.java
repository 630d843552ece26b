package dev.countersign.identity;

/** Passwords that cost next to nothing to hash, for tests that are about something else. */
public final class QuickPasswords {
    private static final int MEMORY_KIB = 64;

    private QuickPasswords() {}

    public static Passwords make() {
        return new Passwords(MEMORY_KIB);
    }
}
