package dev.countersign.cli;

import dev.countersign.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The Java that runs this, and the clock that tokens and approvals live by. */
final class MachineCheck implements Examination {
    /** The program was written in it; no honest clock is earlier. */
    private static final Instant EARLIEST = Instant.parse("2026-07-28T00:00:00Z");

    private static final int LEAST_JAVA = 25;
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    private final Config config;
    private final Clock clock;

    MachineCheck(Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    static Finding java() {
        var words = "Java " + Runtime.version() + " of " + System.getProperty("java.vendor");
        return Runtime.version().feature() >= LEAST_JAVA
                ? Finding.good(words)
                : Finding.bad(words, "Install a JDK 25 or set COUNTERSIGN_JAVA_HOME to its folder.");
    }

    @Override
    public List<Finding> look() throws IOException {
        var now = clock.instant();
        var words = "the clock says " + now.truncatedTo(ChronoUnit.SECONDS) + ", in zone " + clock.getZone();
        boolean behind = now.isBefore(EARLIEST) || written().isAfter(now.plus(TOLERATED));
        return List.of(
                behind
                        ? Finding.bad(
                                words + ", which is earlier than what is stored",
                                "Set the clock, on Linux with: timedatectl set-ntp true")
                        : Finding.good(words));
    }

    /** When something was written last, by the clock of then. */
    private Instant written() throws IOException {
        return Files.exists(config.database())
                ? Files.getLastModifiedTime(config.database()).toInstant()
                : Instant.EPOCH;
    }
}
