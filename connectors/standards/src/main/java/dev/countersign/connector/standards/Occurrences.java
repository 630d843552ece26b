package dev.countersign.connector.standards;

import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.ExDate;
import net.fortuna.ical4j.model.property.RDate;

/** When an event happens. Rules are counted out on the clock of the event's own zone, so that a series keeps its hour. */
final class Occurrences {
    /** More in one window is no calendar. */
    private static final int MOST = 5000;

    /** An invitation is anybody's; a rule by the second is an attack. */
    private static final Pattern TOO_OFTEN = Pattern.compile("FREQ=(SECONDLY|MINUTELY)", Pattern.CASE_INSENSITIVE);

    private static final Pattern UNTIL = Pattern.compile("UNTIL=(\\d{8})(T\\d{6})?(Z)?", Pattern.CASE_INSENSITIVE);

    /**
     * One time at which an event happens.
     *
     * @param event what is said of it: the series, or the instance that differs
     * @param instance which one of a series it is
     */
    record Occurrence(VEvent event, When when, Optional<Moment> instance) {}

    private final CalendarObject object;
    private final ZoneId floating;

    /** @param floating the calendar's zone, for times that name none */
    Occurrences(CalendarObject object, ZoneId floating) {
        this.object = object;
        this.floating = floating;
    }

    static Moment start(VEvent event, ZoneId floating) {
        return event.<DateProperty<?>>getProperty("DTSTART")
                .map(start -> Moment.of(start, floating))
                .orElseThrow(() -> new java.time.DateTimeException("an event without a start"));
    }

    /** As the event's own properties say it. */
    static When when(VEvent event, ZoneId floating) {
        return when(event, start(event, floating), floating);
    }

    /** The same event, were it to start then. */
    private static When when(VEvent event, Moment start, ZoneId floating) {
        var end = end(event, start, floating);
        if (start.wholeDay()) {
            var first = start.local().toLocalDate();
            var last = end.local().toLocalDate();
            return new When.AllDay(first, last.isAfter(first) ? last : first.plusDays(1));
        }
        var from = start.instant();
        var until = end.instant().isBefore(from) ? from : end.instant();
        var zone = Zones.shown(start.zone(), from);
        return new When.Timed(
                from.atZone(zone).toOffsetDateTime(), until.atZone(zone).toOffsetDateTime(), zone);
    }

    /** RFC 5545 section 3.8.5.3: with DTEND the exact length stays, with DURATION the nominal one. */
    private static Moment end(VEvent event, Moment start, ZoneId floating) {
        var first = start(event, floating);
        var end = event.<DateProperty<?>>getProperty("DTEND").map(one -> Moment.of(one, floating));
        if (end.isPresent() && start.wholeDay()) {
            return start.plus(Period.ofDays(
                    (int) ChronoUnit.DAYS.between(first.local(), end.get().local())));
        }
        if (end.isPresent()) {
            var until = start.instant()
                    .plus(Duration.between(first.instant(), end.get().instant()));
            return new Moment(LocalDateTime.ofInstant(until, start.zone()), false, start.zone());
        }
        var amount = event.<net.fortuna.ical4j.model.property.Duration>getProperty("DURATION")
                .map(net.fortuna.ical4j.model.property.Duration::getDuration);
        return amount.map(start::plus).orElse(start);
    }

    List<Occurrence> within(Window window) {
        var found = new ArrayList<Occurrence>();
        var changed = new TreeMap<String, VEvent>();
        for (var override : object.overrides()) {
            instance(override).ifPresent(moment -> changed.put(moment.key(), override));
        }
        object.master()
                .ifPresent(master -> starts(master, window).stream()
                        .filter(start -> !changed.containsKey(start.key()))
                        .map(start -> new Occurrence(
                                master,
                                when(master, start, floating),
                                object.recurs() ? Optional.of(start) : Optional.empty()))
                        .forEach(found::add));
        changed.values().stream()
                .map(override -> new Occurrence(override, when(override, floating), instance(override)))
                .forEach(found::add);
        return found.stream()
                .filter(one -> one.when().window(floating).overlaps(window))
                .toList();
    }

    private Optional<Moment> instance(VEvent override) {
        return override.<DateProperty<?>>getProperty("RECURRENCE-ID").map(id -> Moment.of(id, floating));
    }

    /** The instance that a key names, whether it differs from the series or not. */
    Optional<Occurrence> instance(String key) {
        for (var override : object.overrides()) {
            if (instance(override).map(Moment::key).equals(Optional.of(key))) {
                return Optional.of(new Occurrence(override, when(override, floating), instance(override)));
            }
        }
        return object.master()
                .filter(master -> object.recurs())
                .flatMap(master -> around(key)
                        .flatMap(window -> starts(master, window).stream()
                                .filter(start -> start.key().equals(key))
                                .findFirst())
                        .map(start -> new Occurrence(master, when(master, start, floating), Optional.of(start))));
    }

    private Optional<Window> around(String key) {
        try {
            var at = key.endsWith("Z")
                    ? LocalDateTime.parse(key, Moment.UTC.withZone(null)).toInstant(ZoneOffset.UTC)
                    : LocalDate.parse(key, Moment.DATE).atStartOfDay(floating).toInstant();
            return Optional.of(new Window(at, at.plusSeconds(1)));
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Every start that may reach into the window, by time, each once. */
    private List<Moment> starts(VEvent master, Window window) {
        var first = start(master, floating);
        if (!object.recurs()) {
            return List.of(first);
        }
        var length =
                Duration.between(first.instant(), end(master, first, floating).instant());
        var from = LocalDateTime.ofInstant(window.from().minus(length).minus(Duration.ofDays(1)), first.zone());
        var until = LocalDateTime.ofInstant(window.until().plus(Duration.ofDays(1)), first.zone());
        var starts = new TreeMap<String, Moment>();
        Stream.of(
                        Stream.of(first),
                        master.<Property>getProperties("RRULE").stream()
                                .flatMap(rule -> counted(rule.getValue(), first, from, until)),
                        master.<RDate<?>>getProperties("RDATE").stream()
                                .flatMap(dates -> Moment.of(dates, floating).stream()))
                .flatMap(moments -> moments)
                .forEach(moment -> starts.putIfAbsent(moment.key(), moment));
        excluded(master).forEach(starts::remove);
        return starts.values().stream().sorted().limit(MOST).toList();
    }

    private Set<String> excluded(VEvent master) {
        return master.<ExDate<?>>getProperties("EXDATE").stream()
                .flatMap(dates -> Moment.of(dates, floating).stream())
                .map(Moment::key)
                .collect(Collectors.toSet());
    }

    private static Stream<Moment> counted(String rule, Moment first, LocalDateTime from, LocalDateTime until) {
        if (TOO_OFTEN.matcher(rule).find()) {
            return Stream.empty();
        }
        if (first.wholeDay()) {
            return new Recur<LocalDate>(localUntil(rule, first), true)
                    .getDates(first.local().toLocalDate(), from.toLocalDate(), until.toLocalDate(), MOST).stream()
                            .map(date -> new Moment(date.atStartOfDay(), true, first.zone()));
        }
        return new Recur<LocalDateTime>(localUntil(rule, first), true)
                .getDates(first.local(), from, until, MOST).stream()
                        .map(local -> new Moment(local, false, first.zone()));
    }

    /** The end of a rule is told in UTC, and counted to on the local clock. */
    private static String localUntil(String rule, Moment first) {
        return UNTIL.matcher(rule).replaceFirst(found -> {
            if (first.wholeDay()) {
                return "UNTIL=" + found.group(1);
            }
            if (found.group(2) == null) {
                return "UNTIL=" + found.group(1) + "T235959";
            }
            var said = LocalDateTime.parse(found.group(1) + found.group(2), Moment.LOCAL);
            var local = found.group(3) == null
                    ? said
                    : LocalDateTime.ofInstant(said.toInstant(ZoneOffset.UTC), first.zone());
            return "UNTIL=" + Moment.LOCAL.format(local);
        });
    }
}
