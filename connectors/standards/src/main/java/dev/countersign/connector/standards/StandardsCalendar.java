package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.fortuna.ical4j.model.component.VEvent;

/**
 * Calendars over CalDAV. A new event's name and UID are made from the call's key, so that it is made once; changes carry the
 * event's ETag. Attendees are told by the host where it schedules (RFC 6638), by mail of the account otherwise.
 */
final class StandardsCalendar implements CalendarService {
    private final Upstream upstream;
    private final Clock clock;

    StandardsCalendar(Upstream upstream) {
        this(upstream, Clock.systemUTC());
    }

    StandardsCalendar(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    private CalendarFolders folders() {
        return CalendarFolders.of(upstream);
    }

    @Override
    public List<Calendar> calendars() {
        var folders = folders();
        return folders.all().stream()
                .map(one -> new Calendar(one.id(), one.name(), folders.isMain(one), one.writable(), one.zone()))
                .toList();
    }

    @Override
    public Page<Event> events(
            String calendarId, Window window, Optional<String> text, int limit, Optional<String> page) {
        var folders = folders();
        var folder = folders.named(calendarId);
        var all = events(folder, new EventReading(calendarId, folders.own()), window).stream()
                .filter(event -> text.isEmpty() || holds(event, text.get()))
                .filter(event -> page.isEmpty() || place(event).compareTo(page.get()) > 0)
                .sorted(Comparator.comparing(StandardsCalendar::place))
                .toList();
        var items = all.subList(0, Math.min(limit, all.size()));
        return new Page<>(items, items.size() < all.size() ? Optional.of(place(items.getLast())) : Optional.empty());
    }

    static List<Event> events(CalendarFolder folder, EventReading reading, Window window) {
        return folder.within(window).stream()
                .flatMap(object -> new Occurrences(object, folder.zone())
                        .within(window).stream().map(one -> reading.event(object, one)))
                .filter(event -> event.status() != Event.Status.CANCELLED)
                .toList();
    }

    /** Where an event stands in a list: by its start, then by its id. */
    private static String place(Event event) {
        return Moment.UTC.format(start(event)) + " " + event.id();
    }

    private static Instant start(Event event) {
        return event.when().window(ZoneOffset.UTC).from();
    }

    static boolean holds(Event event, String words) {
        var people = event.attendees().stream()
                .map(one -> one.address() + " " + one.name().orElse(""))
                .toList();
        var all = (event.title() + " " + event.description() + " " + event.location() + " " + people)
                .toLowerCase(Locale.ROOT);
        return List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
                .allMatch(all::contains);
    }

    @Override
    public Optional<Event> event(String calendarId, String eventId) {
        var folders = folders();
        return event(folders, folders.named(calendarId), calendarId, eventId)
                .filter(event -> event.status() != Event.Status.CANCELLED);
    }

    private static Optional<Event> event(
            CalendarFolders folders, CalendarFolder folder, String calendarId, String eventId) {
        var id = EventId.parse(eventId);
        var reading = new EventReading(calendarId, folders.own());
        return folder.object(id.name()).flatMap(object -> {
            var occurrences = new Occurrences(object, folder.zone());
            return id.instance().isPresent()
                    ? occurrences.instance(id.instance().get()).map(one -> reading.event(object, one))
                    : object.master()
                            .map(master -> reading.whole(object, master, Occurrences.when(master, folder.zone())));
        });
    }

    /** An event whose invitations have not left yet is not made yet: made again, it stays and they leave. */
    @Override
    public Optional<Event> created(String calendarId, String key) {
        var folders = folders();
        var made = event(folders, folders.named(calendarId), calendarId, new CallKey(key).eventName());
        return made.filter(event -> folders.schedules()
                || others(event.attendees()).isEmpty()
                || new Outbox(upstream, Own.address(upstream))
                        .sent(new CallKey(key))
                        .isPresent());
    }

    private static List<Attendee> others(List<Attendee> attendees) {
        return attendees.stream().filter(attendee -> !attendee.self()).toList();
    }

    @Override
    public List<Busy> busy(List<String> addresses, Window window) {
        var folders = folders();
        var others =
                addresses.stream().filter(address -> !isOwn(folders, address)).toList();
        var told = folders.others()
                .map(times -> times.busy(others, window, clock.instant()))
                .orElseGet(() -> others.stream().map(OthersTimes::unknown).toList());
        var next = told.iterator();
        return addresses.stream()
                .map(address -> isOwn(folders, address)
                        ? new Busy(address, busy(folders, window), Optional.empty())
                        : next.next())
                .toList();
    }

    private static boolean isOwn(CalendarFolders folders, String address) {
        return folders.own().contains(address.toLowerCase(Locale.ROOT));
    }

    /** What the account has declined leaves it free. */
    private static List<Window> busy(CalendarFolders folders, Window window) {
        var times = new ArrayList<Window>();
        for (var folder : folders.all()) {
            if (folder.busy()) {
                events(folder, new EventReading(folder.id(), folders.own()), window).stream()
                        .filter(Event::busy)
                        .filter(event -> event.attendees().stream()
                                .noneMatch(one -> one.self() && one.answer() == Attendee.Answer.DECLINED))
                        .map(event -> event.when().window(folder.zone()))
                        .forEach(times::add);
            }
        }
        return times;
    }

    @Override
    public Event create(String calendarId, EventDraft draft, boolean notify, String key) {
        var call = new CallKey(key);
        var folders = folders();
        var folder = folders.named(calendarId);
        var invitations = invitations(folders, notify && !draft.attendees().isEmpty());
        var calendar = EventWriting.event(draft, call.eventUid(), owner(draft), clock.instant());
        try {
            folder.add(call.eventName(), calendar);
        } catch (UpstreamException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            // the name is of this call: an earlier run of it has made the event
        }
        var made = event(folders, folder, calendarId, call.eventName()).orElseThrow(StandardsCalendar::missing);
        invitations.ifPresent(mails -> mails.invite(made, calendar, call));
        return made;
    }

    private String owner(EventDraft draft) {
        return draft.attendees().isEmpty() ? "" : Own.address(upstream);
    }

    /** Present when others are to be told and the host does not do it. */
    private Optional<Invitations> invitations(CalendarFolders folders, boolean telling) {
        return telling && !folders.schedules() ? Optional.of(Invitations.ready(upstream, clock)) : Optional.empty();
    }

    private static void check(CalendarObject object, Optional<String> version) {
        if (version.isPresent() && !version.equals(object.version())) {
            throw new UpstreamException(Kind.CONFLICT, "The event has changed meanwhile. Read it again, then decide.");
        }
    }

    private static UpstreamException missing() {
        return new UpstreamException(
                Kind.NOT_FOUND, "The event is not there. Call calendar_list_events and use an id from it.");
    }

    /** A stored event that is about to change, and the part of it that is meant. */
    private record Target(
            CalendarFolders folders,
            CalendarFolder folder,
            CalendarObject object,
            Optional<Occurrences.Occurrence> instance,
            Event before) {
        ZoneId zone() {
            return folder.zone();
        }

        SeriesChange change() {
            return new SeriesChange(object, zone());
        }
    }

    private Target target(String calendarId, String eventId, Optional<String> version) {
        var folders = folders();
        var folder = folders.named(calendarId);
        var id = EventId.parse(eventId);
        var object = folder.object(id.name()).orElseThrow(StandardsCalendar::missing);
        check(object, version);
        var reading = new EventReading(calendarId, folders.own());
        var occurrences = new Occurrences(object, folder.zone());
        if (id.instance().isPresent()) {
            var instance = occurrences.instance(id.instance().get()).orElseThrow(StandardsCalendar::missing);
            return new Target(folders, folder, object, Optional.of(instance), reading.event(object, instance));
        }
        var master = object.master().orElseThrow(StandardsCalendar::missing);
        var when = Occurrences.when(master, folder.zone());
        return new Target(folders, folder, object, Optional.empty(), reading.whole(object, master, when));
    }

    @Override
    public Event update(
            String calendarId,
            String eventId,
            EventChange change,
            Optional<String> version,
            boolean notify,
            String key) {
        var target = target(calendarId, eventId, version);
        var people = change.attendees().orElse(target.before().attendees());
        var telling = notify && target.before().own() && !others(people).isEmpty();
        var invitations = invitations(target.folders(), telling);
        var own = upstream.address().orElse("");
        if (target.instance().isPresent()) {
            var apart = target.change().apart(target.instance().get());
            EventWriting.change(apart, change, own, clock.instant());
            change.when().ifPresent(when -> EventWriting.zone(target.object().calendar(), when));
        } else {
            target.change().whole(change, own, clock.instant());
        }
        target.folder().replace(target.object(), version);
        var after =
                event(target.folders(), target.folder(), calendarId, eventId).orElseThrow(StandardsCalendar::missing);
        invitations.ifPresent(mails -> mails.update(target.before(), after, part(target, after), new CallKey(key)));
        return after;
    }

    /** Of an instance that alone; else all that is stored. */
    private static net.fortuna.ical4j.model.Calendar part(Target target, Event event) {
        var instance = EventId.parse(event.id()).instance();
        return instance.flatMap(key -> new Occurrences(target.object(), target.zone()).instance(key))
                .map(one -> only(target, one.event()))
                .orElse(target.object().calendar());
    }

    private static net.fortuna.ical4j.model.Calendar only(Target target, VEvent event) {
        var part = EventWriting.calendar();
        target.object().calendar().getComponents("VTIMEZONE").forEach(part::add);
        part.add(event);
        return part;
    }

    @Override
    public void delete(String calendarId, String eventId, Optional<String> version, boolean notify, String key) {
        var target = target(calendarId, eventId, version);
        var telling = notify
                && target.before().own()
                && !others(target.before().attendees()).isEmpty();
        var invitations = invitations(target.folders(), telling);
        var instance = target.instance();
        var gone = instance.isEmpty()
                ? target.object().calendar()
                : only(
                        target,
                        new SeriesChange(
                                        CalendarObject.unstored(
                                                target.object().calendar().copy()),
                                        target.zone())
                                .apart(instance.get()));
        if (instance.isPresent()) {
            target.change().leaveOut(instance.get());
        }
        if (instance.isEmpty() || target.object().events().isEmpty()) {
            target.folder().delete(target.object(), version);
        } else {
            target.folder().replace(target.object(), version);
        }
        invitations.ifPresent(mails -> mails.cancel(target.before(), gone, new CallKey(key)));
    }

    /** The organizer is told first: an answer that a crash cuts off is then given again, and told once. */
    @Override
    public Event respond(
            String calendarId,
            String eventId,
            Attendee.Answer answer,
            Optional<String> comment,
            Optional<String> version,
            boolean notify,
            String key) {
        var target = target(calendarId, eventId, Optional.empty());
        var self = target.before().attendees().stream()
                .filter(Attendee::self)
                .findFirst()
                .orElseThrow(() -> new ToolException("This account is not invited to the event itself, so it cannot"
                        + " answer. Use the account that was invited."));
        if (self.answer() == answer) {
            return target.before();
        }
        check(target.object(), version);
        var answered = target.instance()
                .map(one -> target.change().apart(one))
                .map(List::of)
                .orElseGet(target.object()::events);
        answered.forEach(event -> EventWriting.answer(event, self.address(), answer, comment));
        answered.forEach(event -> EventWriting.touch(event, clock.instant()));
        invitations(target.folders(), notify)
                .ifPresent(mails -> mails.reply(
                        target.before(),
                        self.address(),
                        answer,
                        only(target, answered.getFirst()),
                        comment,
                        new CallKey(key)));
        target.folder().replace(target.object(), version);
        return event(target.folders(), target.folder(), calendarId, eventId).orElseThrow(StandardsCalendar::missing);
    }

    /** A host that schedules tells attendees of every change by itself. */
    @Override
    public boolean alwaysNotifies() {
        return folders().schedules();
    }
}
