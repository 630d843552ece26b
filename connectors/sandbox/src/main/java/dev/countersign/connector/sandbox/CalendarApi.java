package dev.countersign.connector.sandbox;

import static dev.countersign.connector.sandbox.Operation.CALENDAR_READ;
import static dev.countersign.connector.sandbox.Operation.CALENDAR_WRITE;

import dev.countersign.connector.sandbox.CalendarJson.Busy;
import dev.countersign.connector.sandbox.CalendarJson.Change;
import dev.countersign.connector.sandbox.CalendarJson.FreeBusy;
import dev.countersign.connector.sandbox.CalendarJson.FreeBusyQuery;
import dev.countersign.connector.sandbox.CalendarJson.Span;
import dev.countersign.connector.sandbox.Entry.Guest;
import dev.countersign.connector.sandbox.People.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The calendar half of the API. */
final class CalendarApi {
    /** A window that is wider has no honest use and makes series endless. */
    private static final Duration MAX_WINDOW = Duration.ofDays(800);

    /** What a request looks at that names no window. */
    private static final Duration USUAL_PAST = Duration.ofDays(90);

    private static final Duration USUAL_FUTURE = Duration.ofDays(180);

    private static final Set<String> RESPONSES = Set.of("accepted", "declined", "tentative");

    private final CalendarBook book;
    private final People people;
    private final Invitations invitations;
    private final CalendarMapping mapping;
    private final Clock clock;

    CalendarApi(CalendarBook book, People people, Invitations invitations, Clock clock, String issuer) {
        this.book = book;
        this.people = people;
        this.invitations = invitations;
        this.clock = clock;
        this.mapping = new CalendarMapping(book, people, clock, issuer);
    }

    List<Route> routes(Api api) {
        var read = Scope.CALENDAR_READ;
        var write = Scope.CALENDAR_WRITE;
        return List.of(
                api.route("GET", "calendars", CALENDAR_READ, read, this::calendars),
                api.route("GET", "calendars/{calendar}/events", CALENDAR_READ, read, this::events),
                api.route("GET", "calendars/{calendar}/events/{id}", CALENDAR_READ, read, this::event),
                api.route("POST", "free-busy", CALENDAR_READ, read, this::freeBusy),
                api.route("POST", "calendars/{calendar}/events", CALENDAR_WRITE, write, this::create),
                api.route("PATCH", "calendars/{calendar}/events/{id}", CALENDAR_WRITE, write, this::change),
                api.route("DELETE", "calendars/{calendar}/events/{id}", CALENDAR_WRITE, write, this::delete),
                api.route("POST", "calendars/{calendar}/events/{id}/respond", CALENDAR_WRITE, write, this::respond));
    }

    private Answer calendars(Person person, Incoming request) {
        return Answer.json(
                200,
                new CalendarJson.Calendars(book.calendars(person).stream()
                        .map(one -> new CalendarJson.Calendar(
                                one.id(), one.name(), one.zone().getId(), one.main()))
                        .toList()));
    }

    private Answer events(Person person, Incoming request) {
        var calendar = book.calendar(person, request.value("calendar"));
        var from = Api.instant(request, "from").orElseGet(() -> clock.instant().minus(USUAL_PAST));
        var until = Api.instant(request, "until")
                .orElseGet(() -> from.plus(USUAL_PAST).plus(USUAL_FUTURE));
        checkWindow(from, until);
        var words = request.parameter("text")
                .map(text -> text.toLowerCase(Locale.ROOT).split("\\s+"))
                .orElse(new String[0]);
        var after = Api.position(request);
        var found = book.between(person, calendar, from, until).stream()
                .filter(entry -> holds(entry, words))
                .filter(entry -> after.map(last -> isAfter(entry, last)).orElse(true))
                .toList();
        var limit = Api.limit(request);
        var page = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit
                ? Optional.of(Api.cursor(
                        page.getLast().from().toEpochMilli(), page.getLast().id()))
                : Optional.<String>empty();
        return Answer.json(
                200,
                new CalendarJson.Events(
                        page.stream().map(entry -> mapping.json(person, entry)).toList(), next));
    }

    private static boolean isAfter(Entry entry, Api.Position last) {
        var at = entry.from().toEpochMilli();
        return at > last.at() || (at == last.at() && entry.id().compareTo(last.id()) > 0);
    }

    private static boolean holds(Entry entry, String[] words) {
        var text = new StringBuilder(entry.title() + "\n" + entry.description() + "\n" + entry.location());
        entry.guests()
                .forEach(guest ->
                        text.append('\n').append(guest.name()).append('\n').append(guest.address()));
        var all = text.toString().toLowerCase(Locale.ROOT);
        for (var word : words) {
            if (!all.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private Answer event(Person person, Incoming request) {
        var entry = found(person, request);
        return Answer.json(200, mapping.json(person, entry)).with("ETag", entry.etag());
    }

    /** The event, when it is on the calendar that the address names. */
    private Entry found(Person person, Incoming request) {
        var calendar = book.calendar(person, request.value("calendar"));
        return book.find(person, request.value("id"))
                .filter(entry -> book.shownOn(person, entry).equals(calendar.id()))
                .orElseThrow(CalendarBook::unknown);
    }

    private Answer freeBusy(Person person, Incoming request) {
        var query = Json.read(request.body(), FreeBusyQuery.class);
        if (query.people() == null
                || query.from() == null
                || query.to() == null
                || query.people().size() > 50) {
            throw Refusal.invalid("Send from, to and the addresses of at most 50 people.");
        }
        var from = Api.instant(query.from(), "from");
        var until = Api.instant(query.to(), "to");
        checkWindow(from, until);
        return Answer.json(
                200,
                new FreeBusy(query.people().stream()
                        .map(address -> busy(address, from, until))
                        .toList()));
    }

    private Busy busy(String address, Instant from, Instant until) {
        var somebody = people.byAddress(address);
        if (somebody.isEmpty()) {
            return new Busy(address, false, List.of());
        }
        var spans = new ArrayList<Span>();
        for (var entry : book.between(somebody.get(), from, until)) {
            var declined = entry.guest(somebody.get().address())
                    .filter(guest -> guest.response().equals("declined"))
                    .isPresent();
            if (entry.busy() && !declined && entry.from().isBefore(entry.until())) {
                spans.add(new Span(entry.from().toString(), entry.until().toString()));
            }
        }
        return new Busy(address, true, spans);
    }

    private Answer create(Person person, Incoming request) {
        var calendar = book.calendar(person, request.value("calendar"));
        var change = Json.read(request.body(), Change.class);
        var entry = mapping.entry(person, calendar, change);
        var fresh = book.find(person, entry.id()).isEmpty();
        var kept = book.create(person, entry, Secrets.sha256(calendar.id() + Json.text(change)));
        if (fresh && told(request)) {
            invitations.send(person, kept, "Invitation");
        }
        return Answer.json(fresh ? 201 : 200, mapping.json(person, kept)).with("ETag", kept.etag());
    }

    private Answer change(Person person, Incoming request) {
        var before = found(person, request);
        mustOrganize(person, before);
        var change = Json.read(request.body(), Change.class);
        var kept = book.change(
                person, before.id(), request.header("if-match"), entry -> mapping.changed(person, entry, change));
        if (told(request)) {
            invitations.send(person, kept, "Updated invitation");
        }
        return Answer.json(200, mapping.json(person, kept)).with("ETag", kept.etag());
    }

    /** The organizer calls it off for everybody; a guest declines and no longer sees it. */
    private Answer delete(Person person, Incoming request) {
        var before = found(person, request);
        var own = organizes(person, before);
        book.change(
                person,
                before.id(),
                request.header("if-match"),
                entry -> own
                        ? entry.cancelled()
                        : entry.with(gone(entry.guest(person.address()).orElseThrow())));
        if (told(request)) {
            if (own) {
                invitations.send(person, before, "Cancelled");
            } else {
                invitations.answer(person, before, "declined", "");
            }
        }
        return Answer.empty();
    }

    private static Guest gone(Guest guest) {
        return new Guest(guest.address(), guest.name(), "declined", guest.optional(), true);
    }

    private Answer respond(Person person, Incoming request) {
        var before = found(person, request);
        var response = Json.read(request.body(), CalendarJson.Response.class);
        if (response.response() == null || !RESPONSES.contains(response.response())) {
            throw Refusal.invalid("response must be accepted, declined or tentative.");
        }
        var self = before.guest(person.address())
                .orElseThrow(
                        () -> Refusal.forbidden("You are not invited to this event, so there is nothing to answer."));
        var answered = new Guest(self.address(), self.name(), response.response(), self.optional(), false);
        var kept = book.change(person, before.id(), request.header("if-match"), entry -> entry.with(answered));
        if (told(request)) {
            invitations.answer(
                    person, kept, response.response(), response.comment().orElse(""));
        }
        return Answer.json(200, mapping.json(person, kept)).with("ETag", kept.etag());
    }

    private void mustOrganize(Person person, Entry entry) {
        if (!organizes(person, entry)) {
            throw Refusal.forbidden("Only the organizer may change this event.");
        }
    }

    private static boolean organizes(Person person, Entry entry) {
        return entry.organizer().equals(person.address());
    }

    private static boolean told(Incoming request) {
        return request.parameter("notify").equals(Optional.of("true"));
    }

    private static void checkWindow(Instant from, Instant until) {
        if (!from.isBefore(until) || Duration.between(from, until).compareTo(MAX_WINDOW) > 0) {
            throw Refusal.invalid("The window must end after it starts and span at most 800 days.");
        }
    }
}
