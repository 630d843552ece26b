package dev.countersign.connector.standards;

import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;

/** Stored events as ours. */
final class EventReading {
    private static final String MAILTO = "mailto:";
    private static final List<String> RECURRENCE = List.of("RRULE", "RDATE", "EXRULE", "EXDATE");

    private final String calendarId;
    private final Set<String> own;

    /** @param own addresses of the account, in lower case */
    EventReading(String calendarId, Set<String> own) {
        this.calendarId = calendarId;
        this.own = own;
    }

    /** One time at which an event happens. */
    Event event(CalendarObject object, Occurrences.Occurrence occurrence) {
        var id = new EventId(object.name(), occurrence.instance().map(Moment::key));
        var series = occurrence.instance().isPresent() && object.master().isPresent()
                ? Optional.of(object.name())
                : Optional.<String>empty();
        return event(object, occurrence.event(), id, series, occurrence.when(), List.of());
    }

    /** The event, or the series as such. */
    Event whole(CalendarObject object, VEvent event, When when) {
        var lines = RECURRENCE.stream()
                .flatMap(name -> event.<Property>getProperties(name).stream())
                .map(property -> property.toString().strip())
                .toList();
        return event(object, event, new EventId(object.name(), Optional.empty()), Optional.empty(), when, lines);
    }

    private Event event(
            CalendarObject object,
            VEvent event,
            EventId id,
            Optional<String> series,
            When when,
            List<String> recurrence) {
        var attendees = attendees(event);
        return new Event(
                id.text(),
                calendarId,
                series,
                text(event, "SUMMARY").orElse(""),
                when,
                text(event, "LOCATION").orElse(""),
                text(event, "DESCRIPTION").map(EventReading::plain).orElse(""),
                status(event),
                organizer(event).filter(organizer -> !attendees.isEmpty() || !own(event)),
                own(event),
                attendees,
                recurrence,
                !text(event, "TRANSP").orElse("").equalsIgnoreCase("TRANSPARENT"),
                text(event, "URL").filter(url -> url.matches("(?i)https?://.*")),
                object.version());
    }

    private static String plain(String description) {
        return HtmlText.ifMarkup(description.replace("\r\n", "\n"));
    }

    static Optional<String> text(VEvent event, String name) {
        return event.<Property>getProperty(name).map(Property::getValue).filter(value -> value != null);
    }

    private static Event.Status status(VEvent event) {
        return switch (text(event, "STATUS").orElse("").toUpperCase(Locale.ROOT)) {
            case "TENTATIVE" -> Event.Status.TENTATIVE;
            case "CANCELLED" -> Event.Status.CANCELLED;
            default -> Event.Status.CONFIRMED;
        };
    }

    private static Optional<Mailbox> organizer(VEvent event) {
        return event.<Property>getProperty("ORGANIZER").map(EventReading::box);
    }

    boolean own(VEvent event) {
        return organizer(event).map(box -> isOwn(box.address())).orElse(true);
    }

    private boolean isOwn(String address) {
        return own.contains(address.toLowerCase(Locale.ROOT));
    }

    List<Attendee> attendees(VEvent event) {
        return event.<Property>getProperties("ATTENDEE").stream()
                .map(this::attendee)
                .toList();
    }

    private Attendee attendee(Property property) {
        var box = box(property);
        return new Attendee(
                box.address(),
                box.name(),
                answer(parameter(property, "PARTSTAT").orElse("")),
                parameter(property, "ROLE").orElse("").equalsIgnoreCase("OPT-PARTICIPANT"),
                isOwn(box.address()));
    }

    /** Some hosts put the address beside a name of their own, RFC 7986 section 6.2. */
    private static Mailbox box(Property property) {
        var address = address(property);
        return new Mailbox(address, parameter(property, "CN").filter(name -> !name.isBlank() && !name.equals(address)));
    }

    static String address(Property property) {
        var value = Optional.ofNullable(property.getValue()).orElse("");
        return value.regionMatches(true, 0, MAILTO, 0, MAILTO.length())
                ? value.substring(MAILTO.length())
                : parameter(property, "EMAIL").orElse(value);
    }

    private static Optional<String> parameter(Property property, String name) {
        return property.<net.fortuna.ical4j.model.Parameter>getParameter(name).map(one -> one.getValue());
    }

    private static Attendee.Answer answer(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "ACCEPTED" -> Attendee.Answer.ACCEPTED;
            case "TENTATIVE" -> Attendee.Answer.TENTATIVE;
            case "DECLINED" -> Attendee.Answer.DECLINED;
            default -> Attendee.Answer.NONE;
        };
    }
}
