package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Parameter;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.parameter.TzId;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Transp;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Our events as iCalendar. RFC 5545. */
final class EventWriting {
    private static final Pattern UNTIL = Pattern.compile("UNTIL=(\\d{8})(T\\d{6})?(?!Z)(?=;|$)");

    private EventWriting() {}

    static Calendar calendar() {
        var calendar = new Calendar();
        calendar.add(new ProdId("-//Countersign//standards//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        return calendar;
    }

    static Calendar event(EventDraft draft, String uid, String own, Instant now) {
        var event = new VEvent(false);
        event.add(new Uid(uid));
        event.add(new DtStamp(now));
        event.add(new Sequence(0));
        event.add(new Summary(draft.title()));
        text(event, new Location(draft.location()));
        text(event, new Description(draft.description()));
        times(event, draft.when());
        event.add(new Transp(draft.busy() ? "OPAQUE" : "TRANSPARENT"));
        draft.recurrence().forEach(line -> event.add(rule(line, draft.when())));
        if (!draft.attendees().isEmpty()) {
            people(event, draft.attendees(), own);
        }
        var calendar = calendar();
        zone(calendar, draft.when());
        calendar.add(event);
        return calendar;
    }

    private static void text(VEvent event, Property property) {
        event.removeAll(property.getName());
        if (!property.getValue().isEmpty()) {
            event.add(property);
        }
    }

    static void times(VEvent event, When when) {
        event.removeAll("DTSTART", "DTEND", "DURATION");
        switch (when) {
            case When.AllDay days -> {
                event.add(new DtStart<>(date(), Moment.DATE.format(days.from())));
                event.add(new DtEnd<>(date(), Moment.DATE.format(days.until())));
            }
            case When.Timed timed -> {
                var start = Moment.at(timed.start(), timed.zone());
                var end = Moment.at(timed.end(), timed.zone());
                event.add(new DtStart<>(zoned(start), text(start)));
                event.add(new DtEnd<>(zoned(end), text(end)));
            }
        }
    }

    private static ParameterList date() {
        return new ParameterList(List.of(Value.DATE));
    }

    /** The parameters that a value of this form has. */
    static ParameterList zoned(Moment moment) {
        if (moment.wholeDay()) {
            return date();
        }
        return Zones.isFixed(moment.zone())
                ? new ParameterList()
                : new ParameterList(List.of(new TzId(moment.zone().getId())));
    }

    static String text(Moment moment) {
        if (moment.wholeDay()) {
            return Moment.DATE.format(moment.local());
        }
        return Zones.isFixed(moment.zone()) ? Moment.UTC.format(moment.instant()) : Moment.LOCAL.format(moment.local());
    }

    /** A calendar that names a zone says what it is. */
    static void zone(Calendar calendar, When when) {
        if (when instanceof When.Timed timed && !Zones.isFixed(timed.zone())) {
            var there = calendar.getComponents("VTIMEZONE").stream()
                    .anyMatch(one -> one.getProperty("TZID")
                            .filter(id -> id.getValue().equals(timed.zone().getId()))
                            .isPresent());
            if (!there) {
                Zones.definition(timed.zone()).ifPresent(calendar::add);
            }
        }
    }

    /** RFC 5545 section 3.3.10: the end of a rule has the form of the start, in UTC where that has a zone. */
    private static Property rule(String line, When when) {
        var rule = UNTIL.matcher(line.substring(line.indexOf(':') + 1)).replaceAll(found -> {
            if (!(when instanceof When.Timed timed)) {
                return "UNTIL=" + found.group(1);
            }
            var time = Optional.ofNullable(found.group(2)).orElse("T235959");
            return "UNTIL="
                    + Moment.UTC.format(LocalDateTime.parse(found.group(1) + time, Moment.LOCAL)
                            .atZone(timed.zone()));
        });
        try {
            if (!line.startsWith("RRULE:")) {
                throw new IllegalArgumentException(line);
            }
            return new RRule<>(rule);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new ToolException(
                    "'recurrence' is no rule that calendars know. Give one such as" + " RRULE:FREQ=WEEKLY;COUNT=8.");
        }
    }

    private static void people(VEvent event, List<Attendee> attendees, String own) {
        if (event.getProperty("ORGANIZER").isEmpty()) {
            event.add(new Organizer(address(own)));
        }
        var there = event.<Property>getProperties("ATTENDEE");
        event.removeAll("ATTENDEE");
        for (var attendee : attendees) {
            // those who stay keep all that is said of them
            event.add(there.stream()
                    .filter(one -> EventReading.address(one).equalsIgnoreCase(attendee.address()))
                    .findFirst()
                    .orElseGet(() -> attendee(attendee)));
        }
    }

    private static Property attendee(Attendee attendee) {
        var parameters = new ArrayList<Parameter>();
        attendee.name().ifPresent(name -> parameters.add(new Cn(name)));
        parameters.add(new PartStat(partStat(attendee.answer())));
        parameters.add(attendee.optional() ? Role.OPT_PARTICIPANT : Role.REQ_PARTICIPANT);
        parameters.add(Rsvp.TRUE);
        return new net.fortuna.ical4j.model.property.Attendee(
                new ParameterList(parameters), address(attendee.address()));
    }

    static URI address(String address) {
        try {
            return new URI("mailto", address, null);
        } catch (URISyntaxException e) {
            throw new ToolException("An address must be like name@example.com. Correct it and call again.");
        }
    }

    static String partStat(Attendee.Answer answer) {
        return switch (answer) {
            case NONE -> "NEEDS-ACTION";
            case ACCEPTED -> "ACCEPTED";
            case TENTATIVE -> "TENTATIVE";
            case DECLINED -> "DECLINED";
        };
    }

    static void change(VEvent event, EventChange change, String own, Instant now) {
        change.title().ifPresent(title -> text(event, new Summary(title)));
        change.location().ifPresent(place -> text(event, new Location(place)));
        change.description().ifPresent(words -> text(event, new Description(words)));
        change.when().ifPresent(when -> times(event, when));
        change.busy().ifPresent(busy -> text(event, new Transp(busy ? "OPAQUE" : "TRANSPARENT")));
        change.attendees().ifPresent(attendees -> people(event, attendees, own));
        touch(event, now);
        var sequence = EventReading.text(event, "SEQUENCE")
                .filter(text -> text.matches("\\d{1,8}"))
                .map(Integer::parseInt)
                .orElse(0);
        event.removeAll("SEQUENCE");
        event.add(new Sequence(sequence + 1));
    }

    static void touch(VEvent event, Instant now) {
        event.removeAll("DTSTAMP", "LAST-MODIFIED");
        event.add(new DtStamp(now));
        event.add(new LastModified(now));
    }

    static void answer(VEvent event, String own, Attendee.Answer answer, Optional<String> comment) {
        event.<Property>getProperties("ATTENDEE").stream()
                .filter(one -> EventReading.address(one).equalsIgnoreCase(own))
                .forEach(one -> {
                    one.removeAll("PARTSTAT", "RSVP");
                    one.add(new PartStat(partStat(answer)));
                });
        comment.ifPresent(words -> {
            event.removeAll("COMMENT");
            event.add(new net.fortuna.ical4j.model.property.Comment(words));
        });
    }
}
