package dev.countersign.connector.standards;

import dev.countersign.connector.SearchService;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.When;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Searches mail and the main calendar; a part that the account was not linked with holds nothing. */
final class StandardsSearch implements SearchService {
    private static final int MAX_SNIPPET = 300;
    private static final String MAIL = "mail/";
    private static final String EVENT = "event/";

    private final Upstream upstream;
    private final StandardsMail mail;
    private final StandardsCalendar calendar;

    StandardsSearch(Upstream upstream) {
        this.upstream = upstream;
        this.mail = new StandardsMail(upstream);
        this.calendar = new StandardsCalendar(upstream);
    }

    /** Mail and events in turn, so that neither crowds the other out. */
    @Override
    public List<Hit> search(String query, int limit) {
        var mails = part(() -> mails(query, limit));
        var events = part(() -> events(query, limit));
        var hits = new ArrayList<Hit>();
        for (var i = 0; i < limit; i++) {
            mails.stream().skip(i).findFirst().ifPresent(hits::add);
            events.stream().skip(i).findFirst().ifPresent(hits::add);
        }
        return hits.subList(0, Math.min(limit, hits.size()));
    }

    private static List<Hit> part(Supplier<List<Hit>> part) {
        try {
            return part.get();
        } catch (IllegalStateException | IllegalArgumentException e) {
            return List.of(); // no such server was linked
        } catch (UpstreamException e) {
            if (e.kind() == Kind.FORBIDDEN || e.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private List<Hit> mails(String query, int limit) {
        var all = new MailQuery(
                Optional.of(query),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return mail.search(all, limit, Optional.empty()).items().stream()
                .map(message -> new Hit(
                        MAIL + message.id(),
                        message.subject(),
                        message.snippet(),
                        Optional.empty(),
                        Optional.of(message.date().toInstant()),
                        message.from().address()))
                .toList();
    }

    /** Each series once; the latest start first. */
    private List<Hit> events(String query, int limit) {
        var folders = CalendarFolders.of(upstream);
        var folder = folders.named(CalendarService.PRIMARY);
        var reading = new EventReading(CalendarService.PRIMARY, folders.own());
        return folder.all().stream()
                .flatMap(object -> object
                        .master()
                        .map(master -> reading.whole(object, master, Occurrences.when(master, folder.zone())))
                        .stream())
                .filter(event -> StandardsCalendar.holds(event, query))
                .sorted(Comparator.comparing(StandardsSearch::start).reversed())
                .limit(limit)
                .map(StandardsSearch::hit)
                .toList();
    }

    private static Instant start(Event event) {
        return event.when().window(ZoneOffset.UTC).from();
    }

    private static Hit hit(Event event) {
        var text = (when(event.when()) + " " + event.location() + " " + event.description()).strip();
        return new Hit(
                EVENT + event.id(),
                event.title(),
                text.substring(0, Math.min(MAX_SNIPPET, text.length())),
                event.url(),
                Optional.of(start(event)),
                author(event));
    }

    private static String author(Event event) {
        return event.organizer().map(Mailbox::address).orElse("the person");
    }

    private static String when(When when) {
        return switch (when) {
            case When.AllDay days -> days.from() + " to " + days.until().minusDays(1);
            case When.Timed timed -> timed.start() + " to " + timed.end();
        };
    }

    @Override
    public Optional<Document> fetch(String id) {
        if (id.startsWith(MAIL)) {
            return mail.message(id.substring(MAIL.length())).map(message -> mail(id, message));
        }
        return id.startsWith(EVENT)
                ? calendar.event(CalendarService.PRIMARY, id.substring(EVENT.length()))
                        .map(event -> event(id, event))
                : Optional.empty();
    }

    private static Document mail(String id, Message message) {
        var text = "From: %s\nTo: %s\nDate: %s\n\n%s"
                .formatted(
                        message.from().shown(),
                        message.to().stream().map(Mailbox::shown).collect(Collectors.joining(", ")),
                        message.date(),
                        message.body().map(body -> body.text()).orElse(""));
        return new Document(
                id,
                message.subject(),
                text,
                Optional.empty(),
                Optional.of(message.date().toInstant()),
                message.from().address());
    }

    private static Document event(String id, Event event) {
        var text = "When: %s\nWhere: %s\nAttendees: %s\n\n%s"
                .formatted(
                        when(event.when()),
                        event.location(),
                        event.attendees().stream().map(Attendee::address).collect(Collectors.joining(", ")),
                        event.description());
        return new Document(id, event.title(), text, event.url(), Optional.of(start(event)), author(event));
    }
}
