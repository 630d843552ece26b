package dev.countersign.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Says points in time in words, in one person's zone. */
final class Times {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.UK);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss zzz", Locale.UK);

    private final Clock clock;
    private final ZoneId zone;

    Times(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** For what was: {@code 4 minutes ago}, {@code today at 14:05}, {@code 12 March at 09:00}. */
    Moment ago(Instant at) {
        var passed = Duration.between(at, clock.instant());
        if (passed.compareTo(Duration.ofMinutes(1)) < 0) {
            return moment(at, "just now");
        }
        if (passed.compareTo(Duration.ofHours(1)) < 0) {
            return moment(at, count(passed.toMinutes(), "minute") + " ago");
        }
        return moment(at, day(at) + " at " + CLOCK.format(at.atZone(zone)));
    }

    /** For what will be: {@code in 9 minutes}, {@code in 3 hours}, {@code on 12 March at 09:00}. */
    Moment until(Instant at) {
        var left = Duration.between(clock.instant(), at);
        if (left.isNegative() || left.isZero()) {
            return moment(at, "now");
        }
        if (left.compareTo(Duration.ofMinutes(1)) < 0) {
            return moment(at, "in less than a minute");
        }
        if (left.compareTo(Duration.ofMinutes(90)) < 0) {
            return moment(at, "in " + count(left.toMinutes(), "minute"));
        }
        if (left.compareTo(Duration.ofHours(36)) < 0) {
            return moment(at, "in " + count(left.toHours(), "hour"));
        }
        return moment(at, "on " + day(at) + " at " + CLOCK.format(at.atZone(zone)));
    }

    /** The time of day, e.g. {@code 14:05}. */
    String clock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    /** The day as a heading, e.g. {@code Today}. */
    String dayOf(Instant at) {
        var day = day(at);
        return day.substring(0, 1).toUpperCase(Locale.ROOT) + day.substring(1);
    }

    private String day(Instant at) {
        ZonedDateTime then = at.atZone(zone);
        ZonedDateTime now = clock.instant().atZone(zone);
        var days = ChronoUnit.DAYS.between(then.toLocalDate(), now.toLocalDate());
        if (days == 0) {
            return "today";
        }
        if (days == 1) {
            return "yesterday";
        }
        return (then.getYear() == now.getYear() ? DAY : DAY_OF_YEAR).format(then);
    }

    private Moment moment(Instant at, String words) {
        var exact = EXACT.format(at.atZone(zone));
        return new Moment(at, at.truncatedTo(ChronoUnit.SECONDS).toString(), words, exact);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
