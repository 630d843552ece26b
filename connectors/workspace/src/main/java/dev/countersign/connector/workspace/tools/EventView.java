package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An event as the calendar tools give it. */
public record EventView(
        String account,
        String calendar,
        String id,
        @Doc("for an instance: id of its series") Optional<String> seriesId,
        String title,
        @Doc("RFC 3339, or a date") String start,
        @Doc("RFC 3339, or the last day") String end,
        Optional<String> zone,
        Optional<String> location,
        @Doc("by calendar_get_event only") Optional<String> description,
        Event.Status status,
        boolean busy,
        @Doc("whether this account organizes it") boolean own,
        Optional<String> organizer,
        List<Guest> attendees,
        List<String> recurrence,
        Optional<String> url) {

    /** Longer descriptions are cut: they are other people's text and rarely about the event. */
    private static final int MAX_DESCRIPTION = 10_000;

    /** Whom an event invites. */
    public record Guest(String address, Attendee.Answer answer) {}

    /** By start, as far as the texts tell: a day sorts before the times in it. */
    static final Comparator<EventView> BY_START = Comparator.comparing(EventView::startInstant);

    static EventView brief(Event event, Account account) {
        return of(event, account, Optional.empty());
    }

    static EventView whole(Event event, Account account) {
        return of(
                event,
                account,
                Optional.of(event.description())
                        .filter(text -> !text.isEmpty())
                        .map(text -> Shown.cut(text, MAX_DESCRIPTION)));
    }

    private static EventView of(Event event, Account account, Optional<String> description) {
        return new EventView(
                account.id(),
                event.calendarId(),
                event.id(),
                event.seriesId(),
                event.title(),
                start(event.when()),
                end(event.when()),
                zone(event.when()),
                Optional.of(event.location()).filter(text -> !text.isEmpty()),
                description,
                event.status(),
                event.busy(),
                event.own(),
                event.organizer().map(Mailbox::address),
                event.attendees().stream()
                        .map(attendee -> new Guest(attendee.address(), attendee.answer()))
                        .toList(),
                event.recurrence(),
                event.url());
    }

    private static String start(When when) {
        return switch (when) {
            case When.AllDay days -> days.from().toString();
            case When.Timed timed ->
                timed.start().atZoneSameInstant(timed.zone()).toOffsetDateTime().toString();
        };
    }

    private static String end(When when) {
        return switch (when) {
            case When.AllDay days -> days.until().minusDays(1).toString();
            case When.Timed timed ->
                timed.end().atZoneSameInstant(timed.zone()).toOffsetDateTime().toString();
        };
    }

    private static Optional<String> zone(When when) {
        return switch (when) {
            case When.AllDay days -> Optional.empty();
            case When.Timed timed -> Optional.of(timed.zone().getId());
        };
    }

    private Instant startInstant() {
        var zone = ZoneOffset.UTC;
        return Times.startOf(Times.point("start", start, zone), zone);
    }

    /** One line, with what a next call needs. */
    String line() {
        var place = location.map(text -> ", " + text).orElse("");
        var with = attendees.isEmpty() ? "" : ", " + attendees.size() + " attendees";
        return "- %s to %s%s: %s%s%s [id %s, calendar %s, account %s]"
                .formatted(
                        start, end, zone.map(text -> " " + text).orElse(""), title, place, with, id, calendar, account);
    }

    String text() {
        var text = new StringBuilder(line()).append('\n');
        text.append("Status: ")
                .append(status)
                .append(own ? ", organized by this account" : "")
                .append('\n');
        organizer.ifPresent(
                address -> text.append("Organizer: ").append(address).append('\n'));
        attendees.forEach(guest -> text.append("Attendee: ")
                .append(guest.address())
                .append(" (")
                .append(guest.answer())
                .append(")\n"));
        recurrence.forEach(rule -> text.append("Recurs: ").append(rule).append('\n'));
        seriesId.ifPresent(series -> text.append("Series id: ").append(series).append('\n'));
        url.ifPresent(address -> text.append("Open: ").append(address).append('\n'));
        description.ifPresent(words -> text.append('\n').append(words).append('\n'));
        return text.toString();
    }

    /** What somebody else wrote of it. */
    List<Foreign> foreign() {
        if (own || organizer.isEmpty()) {
            return List.of();
        }
        var guests = String.join("\n", attendees.stream().map(Guest::address).toList());
        var text = String.join("\n", title, location.orElse(""), description.orElse(""), guests)
                .strip();
        return List.of(new Foreign(organizer.get(), "event “" + title + "” of " + start, text));
    }
}
