package dev.countersign.connector.standards;

import dev.countersign.connector.workspace.EventChange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.ExDate;
import net.fortuna.ical4j.model.property.RecurrenceId;

/** Changes of a stored series: of all of it, or of one instance, which then is stored beside it. RFC 5545 section 3.8.4.4. */
final class SeriesChange {
    private final CalendarObject object;
    private final ZoneId floating;

    SeriesChange(CalendarObject object, ZoneId floating) {
        this.object = object;
        this.floating = floating;
    }

    /** The instance as an event of its own, taken out of the series when it is not yet. */
    VEvent apart(Occurrences.Occurrence occurrence) {
        if (occurrence.event().getProperty("RECURRENCE-ID").isPresent()) {
            return occurrence.event();
        }
        var instance = occurrence.instance().orElseThrow();
        var event = occurrence.event().copy();
        event.removeAll("RRULE", "RDATE", "EXRULE", "EXDATE");
        event.add(new RecurrenceId<>(EventWriting.zoned(instance), EventWriting.text(instance)));
        EventWriting.times(event, occurrence.when());
        object.calendar().add(event);
        return event;
    }

    /** Takes one instance out. */
    void leaveOut(Occurrences.Occurrence occurrence) {
        if (occurrence.event().getProperty("RECURRENCE-ID").isPresent()) {
            object.calendar().remove(occurrence.event());
        }
        var instance = occurrence.instance().orElseThrow();
        object.master()
                .ifPresent(
                        master -> master.add(new ExDate<>(EventWriting.zoned(instance), EventWriting.text(instance))));
    }

    /** Instances that were left out or differ stay what they are when the series moves to another hour. */
    void whole(EventChange change, String own, Instant now) {
        var master = object.master().orElseThrow();
        var before = Occurrences.start(master, floating);
        EventWriting.change(master, change, own, now);
        change.when().ifPresent(when -> {
            var after = Occurrences.start(master, floating);
            shift(master, before, after);
            EventWriting.zone(object.calendar(), when);
        });
    }

    private void shift(VEvent master, Moment before, Moment after) {
        var by = Duration.between(before.local(), after.local());
        var excluded = master.<ExDate<?>>getProperties("EXDATE").stream()
                .flatMap(dates -> Moment.of(dates, floating).stream())
                .toList();
        master.removeAll("EXDATE");
        if (before.wholeDay() != after.wholeDay()) {
            List.copyOf(object.overrides()).forEach(object.calendar()::remove);
            return;
        }
        excluded.stream()
                .map(moment -> moved(moment, by, after))
                .forEach(moment -> master.add(new ExDate<>(EventWriting.zoned(moment), EventWriting.text(moment))));
        for (var override : object.overrides()) {
            var id = override.<DateProperty<?>>getProperty("RECURRENCE-ID").orElseThrow();
            var moment = moved(Moment.of(id, floating), by, after);
            override.remove((Property) id);
            override.add(new RecurrenceId<>(EventWriting.zoned(moment), EventWriting.text(moment)));
        }
    }

    private static Moment moved(Moment moment, Duration by, Moment after) {
        return new Moment(moment.local().plus(by), after.wholeDay(), after.zone());
    }
}
