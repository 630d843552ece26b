package dev.countersign.connector.workspace;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** When an event is: whole days, or from one moment to another in a zone. */
public sealed interface When {
    /** The time it covers; whole days begin at midnight of {@code zone}. */
    Window window(ZoneId zone);

    /**
     * Whole days, wherever one is.
     *
     * @param until the day after the last one (as RFC 5545 section 3.6.1 has it)
     */
    record AllDay(LocalDate from, LocalDate until) implements When {
        public AllDay {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("the day after the last day comes after the first one");
            }
        }

        @Override
        public Window window(ZoneId zone) {
            return new Window(
                    from.atStartOfDay(zone).toInstant(),
                    until.atStartOfDay(zone).toInstant());
        }
    }

    /**
     * From one moment to another; they may be the same one.
     *
     * @param zone the IANA zone that the event lives by: a series keeps its local time there. Its offset need not be the one
     *     of {@code start}, which decides the moment.
     */
    record Timed(OffsetDateTime start, OffsetDateTime end, ZoneId zone) implements When {
        public Timed {
            if (end.isBefore(start)) {
                throw new IllegalArgumentException("an event does not end before it starts");
            }
        }

        @Override
        public Window window(ZoneId anywhere) {
            var from = start.toInstant();
            var until = end.toInstant();
            return new Window(from, from.equals(until) ? from.plusMillis(1) : until);
        }
    }
}
