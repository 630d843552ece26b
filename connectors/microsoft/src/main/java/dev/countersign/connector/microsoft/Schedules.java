package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When people are busy. The account's own times are read from all of its calendars, for {@code getSchedule} knows the main one
 * only and no personal accounts; those of others are asked of {@code getSchedule}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/calendar-getschedule">getSchedule</a>
 */
final class Schedules {
    /** More in one request are refused. */
    private static final int SCHEDULES_A_QUERY = 20;

    /** Well below the longest time that Exchange tells at once, which is 62 days. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private static final int EVENTS_A_PAGE = 200;

    private final Upstream upstream;
    private final MicrosoftCalendar calendar;
    private final Owner owner;

    Schedules(Upstream upstream, MicrosoftCalendar calendar, Owner owner) {
        this.upstream = upstream;
        this.calendar = calendar;
        this.owner = owner;
    }

    List<Busy> busy(List<String> addresses, Window window) {
        var others = addresses.stream().filter(address -> !owner.is(address)).toList();
        var known = others(others, window);
        return addresses.stream()
                .map(address -> owner.is(address)
                        ? new Busy(address, own(window), Optional.empty())
                        : known.getOrDefault(key(address), unknown(address)))
                .toList();
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    private static Busy unknown(String address) {
        return new Busy(address, List.of(), Optional.of("Microsoft said nothing about this calendar"));
    }

    /** Of calendars that are shared with the account the times are their owners'. */
    private List<Window> own(Window window) {
        return calendar.all().stream()
                .filter(one -> one.isDefaultCalendar().orElse(false) || ofOwner(one))
                .flatMap(one -> own(one.id(), window).stream())
                .toList();
    }

    private boolean ofOwner(CalendarJson.Calendar one) {
        return one.owner()
                .flatMap(CalendarJson.Address::address)
                .filter(owner::is)
                .isPresent();
    }

    private List<Window> own(String calendarId, Window window) {
        var times = new ArrayList<Window>();
        var next = Optional.<String>empty();
        do {
            var page = calendar.view(calendarId, window, EVENTS_A_PAGE, next);
            page.value().stream()
                    .filter(event -> !EventReading.cancelled(event) && EventReading.busy(event.showAs()))
                    .map(event -> EventReading.when(event).window(zone(event)))
                    .filter(window::overlaps)
                    .forEach(times::add);
            next = Graph.next(page.nextLink());
        } while (next.isPresent());
        return times;
    }

    private static ZoneId zone(CalendarJson.Event event) {
        return event.originalStartTimeZone().flatMap(Zones::zone).orElse(ZoneOffset.UTC);
    }

    private Map<String, Busy> others(List<String> addresses, Window window) {
        var found = new HashMap<String, Busy>();
        for (var from = 0; from < addresses.size(); from += SCHEDULES_A_QUERY) {
            var part = addresses.subList(from, Math.min(addresses.size(), from + SCHEDULES_A_QUERY));
            Absent.unless(Absent.NOT_OFFERED, () -> schedules(part, window))
                    .ifPresentOrElse(
                            all -> all.forEach(one -> found.merge(key(one.address()), one, Schedules::joined)),
                            () -> part.forEach(address -> found.put(key(address), notOffered(address))));
        }
        return found;
    }

    private static Busy notOffered(String address) {
        return new Busy(
                address,
                List.of(),
                Optional.of(
                        "this account may not ask Microsoft for the times of others, as personal accounts may not"));
    }

    private static Busy joined(Busy one, Busy more) {
        var times = new ArrayList<>(one.times());
        times.addAll(more.times());
        return new Busy(one.address(), times, one.problem().or(more::problem));
    }

    private List<Busy> schedules(List<String> addresses, Window window) {
        var all = new ArrayList<Busy>();
        for (var from = window.from(); from.isBefore(window.until()); from = from.plus(LONGEST)) {
            var end = from.plus(LONGEST);
            var part = new Window(from, end.isBefore(window.until()) ? end : window.until());
            Graph.preferring(upstream.post("me/calendar/getSchedule"))
                    .body(new CalendarJson.ScheduleQuery(addresses, utc(part.from()), utc(part.until())))
                    .as(CalendarJson.Schedules.class)
                    .value()
                    .forEach(schedule -> all.add(busy(schedule)));
        }
        return all;
    }

    private static CalendarJson.Time utc(Instant at) {
        return new CalendarJson.Time(LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString(), Optional.of(Zones.UTC));
    }

    private static Busy busy(CalendarJson.Schedule schedule) {
        var times = schedule.scheduleItems().stream()
                .filter(item -> EventReading.busy(item.status()))
                .map(item -> new Window(
                        EventReading.at(item.start(), ZoneOffset.UTC).toInstant(),
                        EventReading.at(item.end(), ZoneOffset.UTC).toInstant()))
                .toList();
        return new Busy(
                schedule.scheduleId(),
                times,
                schedule.error().map(problem -> "no such mailbox, or it shares no times with this account"));
    }
}
