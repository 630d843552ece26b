package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.When;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Works out when an event shall be that is moved or made longer. */
final class EventTimes {
    /** Rules that name days: the first event of such a series cannot move to another day alone. */
    private static final List<String> DAY_RULES = List.of("BYDAY=", "BYMONTHDAY=", "BYYEARDAY=", "BYWEEKNO=");

    private EventTimes() {}

    /**
     * The new time of {@code target}, or empty when none was asked.
     *
     * @param named the event that the call names: {@code target} itself, or one instance of the series {@code target},
     *     which then moves by as much as this instance would
     */
    static Optional<When> change(
            Event named, Event target, Optional<String> start, Optional<String> end, Optional<String> zone, Call call) {
        if (start.isEmpty() && end.isEmpty()) {
            if (zone.isPresent()) {
                throw new ToolException("'zone' says where 'start' and 'end' are. Give them too.");
            }
            return Optional.empty();
        }
        var wanted = wanted(named.when(), start, end, zone.map(Times::zone).orElseGet(() -> zone(named.when(), call)));
        return Optional.of(named.id().equals(target.id()) ? wanted : shifted(named.when(), wanted, target));
    }

    private static ZoneId zone(When when, Call call) {
        return switch (when) {
            case When.AllDay days -> call.zone();
            case When.Timed timed -> timed.zone();
        };
    }

    private static When wanted(When now, Optional<String> start, Optional<String> end, ZoneId zone) {
        if (start.isPresent() && end.isPresent()) {
            return Times.when(start.get(), end.get(), zone);
        }
        var first = start.map(text -> Times.point("start", text, zone)).orElseGet(() -> startOf(now));
        var last = end.map(text -> Times.point("end", text, zone)).orElseGet(() -> keepingLength(now, first));
        return Times.when(first, last, zone);
    }

    private static Times.Point startOf(When when) {
        return switch (when) {
            case When.AllDay days -> new Times.Point.Day(days.from());
            case When.Timed timed -> new Times.Point.Moment(timed.start());
        };
    }

    private static Times.Point keepingLength(When now, Times.Point start) {
        return switch (start) {
            case Times.Point.Day day
            when now instanceof When.AllDay days ->
                new Times.Point.Day(day.date().plusDays(ChronoUnit.DAYS.between(days.from(), days.until()) - 1));
            case Times.Point.Moment moment
            when now instanceof When.Timed timed ->
                new Times.Point.Moment(moment.time().plus(Duration.between(timed.start(), timed.end())));
            case Times.Point.Day day ->
                throw new ToolException("The event has a time of day. Give 'end' as a date too.");
            case Times.Point.Moment moment ->
                throw new ToolException("The event lasts whole days. Give 'end' as a time too.");
        };
    }

    private static When shifted(When instance, When wanted, Event series) {
        var moved = switch (wanted) {
            case When.AllDay to
            when instance instanceof When.AllDay from && series.when() instanceof When.AllDay first ->
                shifted(from, to, first);
            case When.Timed to
            when instance instanceof When.Timed from && series.when() instanceof When.Timed first ->
                shifted(from, to, first);
            case When.AllDay to -> throw otherKind();
            case When.Timed to -> throw otherKind();
        };
        if (!day(moved).equals(day(series.when())) && namesDays(series)) {
            throw new ToolException("The rule of this series names its days. To move it to other days,"
                    + " create a new series and delete this one; or say applyTo instance.");
        }
        return moved;
    }

    private static ToolException otherKind() {
        return new ToolException("A series cannot change between whole days and times."
                + " Create a new one and delete this one; or say applyTo instance.");
    }

    private static When shifted(When.AllDay instance, When.AllDay wanted, When.AllDay first) {
        var from = first.from().plusDays(ChronoUnit.DAYS.between(instance.from(), wanted.from()));
        return new When.AllDay(from, from.plusDays(ChronoUnit.DAYS.between(wanted.from(), wanted.until())));
    }

    /** Moves by local time, so that a series across a change of clocks keeps its hour. */
    private static When shifted(When.Timed instance, When.Timed wanted, When.Timed first) {
        var by = Duration.between(local(instance), local(wanted));
        var start = ZonedDateTime.of(local(first).plus(by), wanted.zone()).toOffsetDateTime();
        return new When.Timed(start, start.plus(Duration.between(wanted.start(), wanted.end())), wanted.zone());
    }

    private static LocalDateTime local(When.Timed when) {
        return when.start().atZoneSameInstant(when.zone()).toLocalDateTime();
    }

    private static LocalDate day(When when) {
        return switch (when) {
            case When.AllDay days -> days.from();
            case When.Timed timed -> local(timed).toLocalDate();
        };
    }

    private static boolean namesDays(Event series) {
        return series.recurrence().stream().anyMatch(rule -> DAY_RULES.stream().anyMatch(rule::contains));
    }

    /** Whether both are the same time, in whatever offset they are written. */
    static boolean same(When one, When other) {
        return one instanceof When.AllDay == other instanceof When.AllDay
                && one.window(ZoneOffset.UTC).equals(other.window(ZoneOffset.UTC));
    }
}
