package dev.countersign.connector.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An event as it is stored: a single one, a series, or one occurrence of a series.
 *
 * @param starts local time in {@code zone}; midnight for an all-day event
 * @param ends exclusive
 * @param rule an RRULE line; empty for a single event and for an occurrence
 * @param series the id of the series, for an occurrence
 * @param originalStart when the series has this occurrence
 * @param etag changes with every change
 */
record Entry(
        String id,
        String calendar,
        String title,
        String description,
        String location,
        LocalDateTime starts,
        LocalDateTime ends,
        ZoneId zone,
        boolean allDay,
        String rule,
        Optional<String> series,
        Optional<LocalDateTime> originalStart,
        String status,
        boolean busy,
        String organizer,
        String meetingUrl,
        List<Guest> guests,
        String etag,
        Instant createdAt,
        Instant updatedAt) {

    private static final DateTimeFormatter OCCURRENCE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);

    static final String CANCELLED = "cancelled";

    /** @param removed whether the guest took the event out of their own calendar */
    record Guest(String address, String name, String response, boolean optional, boolean removed) {
        static Guest of(ResultSet row) throws SQLException {
            return new Guest(
                    row.getString("address"),
                    row.getString("name"),
                    row.getString("response"),
                    row.getInt("optional") == 1,
                    row.getInt("removed") == 1);
        }
    }

    Entry {
        guests = List.copyOf(guests);
    }

    static Entry of(ResultSet row, List<Guest> guests) throws SQLException {
        var allDay = row.getInt("all_day") == 1;
        return new Entry(
                row.getString("id"),
                row.getString("calendar"),
                row.getString("title"),
                row.getString("description"),
                row.getString("location"),
                parse(row.getString("starts")),
                parse(row.getString("ends")),
                ZoneId.of(row.getString("zone")),
                allDay,
                row.getString("rule"),
                Store.maybe(row, "master"),
                Store.maybe(row, "original_start").map(Entry::parse),
                row.getString("status"),
                row.getInt("busy") == 1,
                row.getString("organizer"),
                row.getString("meeting_url"),
                guests,
                "\"" + row.getLong("version") + "\"",
                Store.instant(row, "created_at"),
                Store.instant(row, "updated_at"));
    }

    private static LocalDateTime parse(String text) {
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atStartOfDay();
    }

    boolean recurs() {
        return !rule.isEmpty();
    }

    Instant from() {
        return starts.atZone(zone).toInstant();
    }

    Instant until() {
        return ends.atZone(zone).toInstant();
    }

    boolean overlaps(Instant windowFrom, Instant windowUntil) {
        // an event without length counts at its moment
        return from().isBefore(windowUntil)
                && (until().isAfter(windowFrom) || (from().equals(until()) && !from().isBefore(windowFrom)));
    }

    Optional<Guest> guest(String address) {
        return guests.stream().filter(guest -> guest.address().equals(address)).findFirst();
    }

    /** The same at another zone for dates, which belong to the day of whoever looks. */
    Entry seenFrom(ZoneId viewer) {
        return allDay ? at(starts, ends, viewer, true) : this;
    }

    /** One occurrence of this series. */
    Entry occurrence(LocalDateTime start) {
        return new Entry(
                occurrenceId(id, start, allDay),
                calendar,
                title,
                description,
                location,
                start,
                start.plus(java.time.Duration.between(starts, ends)),
                zone,
                allDay,
                "",
                Optional.of(id),
                Optional.of(start),
                status,
                busy,
                organizer,
                meetingUrl,
                guests,
                "\"s" + etag.substring(1),
                createdAt,
                updatedAt);
    }

    Entry at(LocalDateTime newStarts, LocalDateTime newEnds, ZoneId newZone, boolean wholeDays) {
        return new Entry(
                id,
                calendar,
                title,
                description,
                location,
                newStarts,
                newEnds,
                newZone,
                wholeDays,
                rule,
                series,
                originalStart,
                status,
                busy,
                organizer,
                meetingUrl,
                guests,
                etag,
                createdAt,
                updatedAt);
    }

    Entry saying(String newTitle, String newDescription, String newLocation, boolean newBusy) {
        return new Entry(
                id,
                calendar,
                newTitle,
                newDescription,
                newLocation,
                starts,
                ends,
                zone,
                allDay,
                rule,
                series,
                originalStart,
                status,
                newBusy,
                organizer,
                meetingUrl,
                guests,
                etag,
                createdAt,
                updatedAt);
    }

    Entry recurring(String newRule) {
        return new Entry(
                id,
                calendar,
                title,
                description,
                location,
                starts,
                ends,
                zone,
                allDay,
                newRule,
                series,
                originalStart,
                status,
                busy,
                organizer,
                meetingUrl,
                guests,
                etag,
                createdAt,
                updatedAt);
    }

    Entry cancelled() {
        return new Entry(
                id,
                calendar,
                title,
                description,
                location,
                starts,
                ends,
                zone,
                allDay,
                rule,
                series,
                originalStart,
                CANCELLED,
                busy,
                organizer,
                meetingUrl,
                guests,
                etag,
                createdAt,
                updatedAt);
    }

    Entry inviting(List<Guest> newGuests) {
        return new Entry(
                id,
                calendar,
                title,
                description,
                location,
                starts,
                ends,
                zone,
                allDay,
                rule,
                series,
                originalStart,
                status,
                busy,
                organizer,
                meetingUrl,
                newGuests,
                etag,
                createdAt,
                updatedAt);
    }

    /** The same with one guest as they are now. */
    Entry with(Guest changed) {
        return inviting(guests.stream()
                .map(guest -> guest.address().equals(changed.address()) ? changed : guest)
                .toList());
    }

    static String occurrenceId(String series, LocalDateTime start, boolean allDay) {
        return series + "_" + (allDay ? start.format(DateTimeFormatter.BASIC_ISO_DATE) : start.format(OCCURRENCE));
    }

    /** The series and the start that an occurrence's id names. */
    static Optional<Occurrence> occurrenceNamed(String id) {
        var parts = id.split("_", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{8}(T[0-9]{6})?")) {
            return Optional.empty();
        }
        try {
            var start = parts[1].contains("T")
                    ? LocalDateTime.parse(parts[1], OCCURRENCE)
                    : LocalDate.parse(parts[1], DateTimeFormatter.BASIC_ISO_DATE)
                            .atStartOfDay();
            return Optional.of(new Occurrence(parts[0], start));
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    record Occurrence(String series, LocalDateTime start) {}
}
