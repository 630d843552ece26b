package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.Entry.Guest;
import dev.countersign.connector.sandbox.People.Person;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The stored calendars. An event is one row, shared by its organizer and the guests who are people of the organisation:
 * what the organizer changes, all see at once.
 */
final class CalendarBook {
    /** Every event that somebody sees: on their own calendars, or as a guest who has not taken it out. */
    private static final String VISIBLE = """
        (calendar IN (SELECT id FROM calendar WHERE person = ?)
         OR id IN (SELECT event FROM attendee WHERE address = ? AND removed = 0))\
        """;

    private static final Comparator<Entry> BY_START =
            Comparator.comparing(Entry::from).thenComparing(Entry::id);

    private final Store store;
    private final Clock clock;

    record Calendar(String id, String person, String name, ZoneId zone, boolean main) {}

    CalendarBook(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Calendar> calendars(Person person) {
        return store.read(db -> calendars(db, person));
    }

    private static List<Calendar> calendars(Store.Session db, Person person) throws SQLException {
        return db.list(
                "SELECT * FROM calendar WHERE person = ? ORDER BY main DESC, name",
                row -> new Calendar(
                        row.getString("id"),
                        row.getString("person"),
                        row.getString("name"),
                        ZoneId.of(row.getString("zone")),
                        row.getInt("main") == 1),
                person.id());
    }

    /** The calendar of that id, or the main one for {@code primary}. */
    Calendar calendar(Person person, String id) {
        return calendars(person).stream()
                .filter(calendar -> calendar.id().equals(id) || (calendar.main() && id.equals("primary")))
                .findFirst()
                .orElseThrow(
                        () -> Refusal.notFound("No calendar with this id. List the calendars and use an id of them."));
    }

    /** Events that touch the window, with series as their occurrences, in the order of their start. */
    List<Entry> between(Person person, Calendar calendar, Instant from, Instant until) {
        return store.read(db -> between(db, person, Optional.of(calendar), from, until));
    }

    /** The same over all of somebody's calendars. */
    List<Entry> between(Person person, Instant from, Instant until) {
        return store.read(db -> between(db, person, Optional.empty(), from, until));
    }

    private static List<Entry> between(
            Store.Session db, Person person, Optional<Calendar> calendar, Instant from, Instant until)
            throws SQLException {
        var rows = entries(db, "SELECT * FROM event WHERE " + VISIBLE, person.id(), person.address());
        var moved = new HashSet<String>();
        // of everybody: an occurrence that a guest took out, or that was called off, must not come back from its series
        moved.addAll(db.list("SELECT id FROM event WHERE master IS NOT NULL", row -> row.getString(1)));
        var found = new ArrayList<Entry>();
        for (var row : rows) {
            var entry = row.seenFrom(person.zone());
            if (entry.status().equals(Entry.CANCELLED) || !onCalendar(db, person, calendar, entry)) {
                continue;
            }
            var shown = entry.recurs() ? occurrences(entry, until) : List.of(entry);
            shown.stream()
                    .filter(one -> row.series().isPresent() || !moved.contains(one.id()))
                    .filter(one -> one.overlaps(from, until))
                    .forEach(found::add);
        }
        found.sort(BY_START);
        return found;
    }

    private static boolean onCalendar(Store.Session db, Person person, Optional<Calendar> calendar, Entry entry)
            throws SQLException {
        return calendar.isEmpty() || calendar.get().id().equals(shownOn(db, person, entry));
    }

    /** The calendar on which this person sees it: its own, or a guest's main one. */
    private static String shownOn(Store.Session db, Person person, Entry entry) throws SQLException {
        var own = calendars(db, person);
        return own.stream()
                .map(Calendar::id)
                .filter(entry.calendar()::equals)
                .findFirst()
                .orElseGet(() -> own.stream()
                        .filter(Calendar::main)
                        .map(Calendar::id)
                        .findFirst()
                        .orElse(""));
    }

    String shownOn(Person person, Entry entry) {
        return store.read(db -> shownOn(db, person, entry));
    }

    private static List<Entry> occurrences(Entry series, Instant until) {
        var to = until.atZone(series.zone()).toLocalDateTime();
        return Recurrence.parse(series.rule(), series.zone()).startsBefore(series.starts(), to).stream()
                .map(series::occurrence)
                .toList();
    }

    /** One event, series or occurrence that this person sees. */
    Optional<Entry> find(Person person, String id) {
        return store.read(db -> find(db, person, id));
    }

    static Optional<Entry> find(Store.Session db, Person person, String id) throws SQLException {
        var row =
                entries(db, "SELECT * FROM event WHERE id = ? AND " + VISIBLE, id, person.id(), person.address())
                        .stream()
                        .findFirst();
        if (row.isPresent()) {
            return row.filter(entry -> !entry.status().equals(Entry.CANCELLED))
                    .map(entry -> entry.seenFrom(person.zone()));
        }
        // an occurrence that was changed has its own row: one that is not visible or cancelled stays so
        var named = Entry.occurrenceNamed(id);
        if (named.isEmpty() || db.count("SELECT COUNT(*) FROM event WHERE id = ?", id) > 0) {
            return Optional.empty();
        }
        return find(db, person, named.get().series())
                .filter(Entry::recurs)
                .filter(series -> Recurrence.parse(series.rule(), series.zone())
                        .startsBefore(series.starts(), named.get().start().plusSeconds(1))
                        .contains(named.get().start()))
                .map(series -> series.occurrence(named.get().start()))
                .filter(occurrence -> occurrence.id().equals(id));
    }

    static List<Entry> entries(Store.Session db, String sql, Object... values) throws SQLException {
        return db.list(sql, row -> Entry.of(row, guests(db, row.getString("id"))), values);
    }

    private static List<Guest> guests(Store.Session db, String event) throws SQLException {
        return db.list("SELECT * FROM attendee WHERE event = ? ORDER BY position", Guest::of, event);
    }

    /**
     * Keeps a new event. A second one with the same id and content is the first one; with other content it is a conflict.
     *
     * @param digest of what was asked
     */
    Entry create(Person person, Entry entry, String digest) {
        return store.write(db -> {
            var before = db.one("SELECT creation_digest FROM event WHERE id = ?", row -> row.getString(1), entry.id());
            if (before.isPresent()) {
                if (!before.get().equals(digest)) {
                    throw Refusal.conflict("Another event has this id already.");
                }
                return find(db, person, entry.id()).orElseThrow(() -> Refusal.conflict("This event was deleted."));
            }
            insert(db, entry, digest, clock.instant());
            return find(db, person, entry.id()).orElseThrow();
        });
    }

    static void insert(Store.Session db, Entry entry, String digest, Instant now) throws SQLException {
        db.run(
                "INSERT INTO event (id, calendar, title, description, location, starts, ends, zone, all_day, from_at,"
                        + " until_at, rule, master, original_start, status, busy, organizer, meeting_url, version,"
                        + " creation_digest, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, 1, ?, ?, ?)",
                entry.id(),
                entry.calendar(),
                entry.title(),
                entry.description(),
                entry.location(),
                entry.starts(),
                entry.ends(),
                entry.zone().getId(),
                entry.allDay(),
                entry.from(),
                entry.until(),
                entry.rule(),
                entry.series(),
                entry.originalStart(),
                entry.status(),
                entry.busy(),
                entry.organizer(),
                entry.meetingUrl(),
                digest,
                entry.createdAt(),
                now);
        replaceGuests(db, entry);
    }

    private static void replaceGuests(Store.Session db, Entry entry) throws SQLException {
        db.run("DELETE FROM attendee WHERE event = ?", entry.id());
        var position = 0;
        for (var guest : entry.guests()) {
            db.run(
                    "INSERT INTO attendee (event, position, address, name, response, optional, removed) VALUES (?, ?,"
                            + " ?, ?, ?, ?, ?)",
                    entry.id(),
                    position++,
                    guest.address(),
                    guest.name(),
                    guest.response(),
                    guest.optional(),
                    guest.removed());
        }
    }

    /** What an event becomes. */
    @FunctionalInterface
    interface Edit {
        Entry of(Entry before);
    }

    /**
     * Changes an event that is as the caller knows it. Changing an occurrence gives it a row of its own.
     *
     * @param ifMatch the etag that it must still have
     */
    Entry change(Person person, String id, Optional<String> ifMatch, Edit edit) {
        return store.write(db -> {
            var before = find(db, person, id).orElseThrow(CalendarBook::unknown);
            if (ifMatch.filter(tag -> !tag.equals(before.etag()) && !tag.equals("*"))
                    .isPresent()) {
                throw Refusal.changed();
            }
            var after = edit.of(before);
            if (db.count("SELECT COUNT(*) FROM event WHERE id = ?", id) == 0) {
                insert(db, after, "", clock.instant());
            } else {
                update(db, after);
                followSeries(db, person, after);
            }
            return after.status().equals(Entry.CANCELLED)
                            || after.guest(person.address())
                                    .filter(Guest::removed)
                                    .isPresent()
                    ? after
                    : find(db, person, id).orElseThrow();
        });
    }

    private void update(Store.Session db, Entry entry) throws SQLException {
        db.run(
                "UPDATE event SET calendar = ?, title = ?, description = ?, location = ?, starts = ?, ends = ?, zone ="
                    + " ?, all_day = ?, from_at = ?, until_at = ?, rule = ?, status = ?, busy = ?, version = version +"
                    + " 1, updated_at = ? WHERE id = ?",
                entry.calendar(),
                entry.title(),
                entry.description(),
                entry.location(),
                entry.starts(),
                entry.ends(),
                entry.zone().getId(),
                entry.allDay(),
                entry.from(),
                entry.until(),
                entry.rule(),
                entry.status(),
                entry.busy(),
                clock.instant(),
                entry.id());
        replaceGuests(db, entry);
    }

    /** What ends a series ends its changed occurrences too. */
    private static void followSeries(Store.Session db, Person person, Entry after) throws SQLException {
        if (after.status().equals(Entry.CANCELLED)) {
            db.run("UPDATE event SET status = ?, version = version + 1 WHERE master = ?", Entry.CANCELLED, after.id());
        }
        if (after.guest(person.address()).filter(Guest::removed).isPresent()) {
            db.run(
                    "UPDATE attendee SET removed = 1 WHERE address = ? AND event IN (SELECT id FROM event WHERE master"
                            + " = ?)",
                    person.address(),
                    after.id());
        }
    }

    static Refusal unknown() {
        return Refusal.notFound("No event with this id. List the events and use an id of them.");
    }
}
