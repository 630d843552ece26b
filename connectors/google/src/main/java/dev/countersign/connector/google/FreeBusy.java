package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Window;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When people are busy, by {@code freeBusy.query}. The account's own address stands for every calendar that it owns.
 *
 * @see <a href="https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query">freeBusy.query</a>
 */
final class FreeBusy {
    /** {@code calendarExpansionMax}. */
    private static final int CALENDARS_A_QUERY = 50;

    private final Upstream upstream;

    FreeBusy(Upstream upstream) {
        this.upstream = upstream;
    }

    List<Busy> busy(List<String> addresses, Window window) {
        var entries = GoogleCalendar.entries(upstream);
        var asked = new HashMap<String, List<String>>();
        addresses.forEach(address -> asked.put(address, calendarsOf(address, entries)));
        var found =
                found(asked.values().stream().flatMap(List::stream).distinct().toList(), window);
        return addresses.stream()
                .map(address -> busy(address, asked.getOrDefault(address, List.of()), found))
                .toList();
    }

    /** The id of a person's main calendar is their address. */
    private static List<String> calendarsOf(String address, List<CalendarJson.Entry> entries) {
        var own = entries.stream()
                .filter(entry -> entry.primary().orElse(false))
                .anyMatch(entry -> entry.id().equalsIgnoreCase(address));
        var ids = new LinkedHashSet<String>();
        ids.add(address);
        if (own) {
            entries.stream()
                    .filter(entry -> entry.accessRole().equals("owner"))
                    .map(CalendarJson.Entry::id)
                    .filter(id -> !id.equalsIgnoreCase(address))
                    .forEach(ids::add);
        }
        return List.copyOf(ids);
    }

    private Map<String, CalendarJson.FreeBusyCalendar> found(List<String> calendars, Window window) {
        var found = new HashMap<String, CalendarJson.FreeBusyCalendar>();
        for (var from = 0; from < calendars.size(); from += CALENDARS_A_QUERY) {
            var part = calendars.subList(from, Math.min(calendars.size(), from + CALENDARS_A_QUERY));
            var query = new CalendarJson.FreeBusyQuery(
                    window.from().toString(),
                    window.until().toString(),
                    part.stream().map(CalendarJson.Item::new).toList());
            found.putAll(upstream.post("calendar/v3/freeBusy")
                    .body(query)
                    .as(CalendarJson.FreeBusy.class)
                    .calendars());
        }
        return found;
    }

    private static Busy busy(String address, List<String> ids, Map<String, CalendarJson.FreeBusyCalendar> found) {
        var times = new ArrayList<Window>();
        var problem = Optional.<String>empty();
        for (var id : ids) {
            var calendar = Optional.ofNullable(found.get(id));
            calendar.stream()
                    .flatMap(one -> one.busy().stream())
                    .map(FreeBusy::window)
                    .forEach(times::add);
            problem = problem.or(() -> problem(calendar));
        }
        return new Busy(address, times, problem);
    }

    private static Optional<String> problem(Optional<CalendarJson.FreeBusyCalendar> calendar) {
        return calendar.map(one -> one.errors().stream()
                        .findFirst()
                        .map(error -> words(error.reason().orElse(""))))
                .orElse(Optional.of("Google said nothing about this calendar"));
    }

    private static String words(String reason) {
        return switch (reason) {
            case "notFound" -> "no such calendar, or it is not shared with this account";
            case "groupTooBig" -> "this group has too many members to ask";
            default -> "Google could not say; try again later";
        };
    }

    private static Window window(CalendarJson.Span span) {
        return new Window(
                OffsetDateTime.parse(span.start()).toInstant(),
                OffsetDateTime.parse(span.end()).toInstant());
    }
}
