package dev.countersign.connector.microsoft;

import dev.countersign.connector.SearchService;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.FileText;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches mail, events and files; a part that the account was not linked for holds nothing. */
final class MicrosoftSearch implements SearchService {
    private static final int MAX_SNIPPET = 300;
    private static final int MOST_EVENTS = 100;
    private static final String MAIL = "mail/";
    private static final String EVENT = "event/";
    private static final String FILE = "file/";

    private final MicrosoftMail mail;
    private final MicrosoftCalendar calendar;
    private final OneDrive drive;

    MicrosoftSearch(Upstream upstream) {
        this.mail = new MicrosoftMail(upstream);
        this.calendar = new MicrosoftCalendar(upstream);
        this.drive = new OneDrive(upstream);
    }

    /** Files, mail and events in turn, so that none crowds the others out. */
    @Override
    public List<Hit> search(String query, int limit) {
        var parts = Stream.<Supplier<List<Hit>>>of(
                        () -> files(query, limit), () -> mails(query, limit), () -> events(query, limit))
                .map(part -> Absent.unless(Absent.NOT_OFFERED, part).orElse(List.of()))
                .toList();
        var hits = new ArrayList<Hit>();
        for (var i = 0; i < limit; i++) {
            for (var part : parts) {
                part.stream().skip(i).findFirst().ifPresent(hits::add);
            }
        }
        return hits.subList(0, Math.min(limit, hits.size()));
    }

    private List<Hit> files(String query, int limit) {
        return drive.search(query, limit, Optional.empty()).items().stream()
                .map(file -> new Hit(
                        FILE + file.id(), file.name(), file.mediaType(), file.url(), file.modifiedAt(), file.owner()))
                .toList();
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
                        Optional.of(url(message)),
                        Optional.of(message.date().toInstant()),
                        message.from().address()))
                .toList();
    }

    private static String url(Message message) {
        return "https://outlook.office.com/mail/deeplink/read/"
                + URLEncoder.encode(message.id(), StandardCharsets.UTF_8);
    }

    /** Graph finds events by their titles only. Each series once; the latest start first. */
    private List<Hit> events(String query, int limit) {
        var words = Stream.of(query.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(word -> "contains(subject," + Graph.quoted(word) + ")")
                .collect(Collectors.joining(" and "));
        return calendar.found(words, MOST_EVENTS).stream()
                .sorted(Comparator.comparing(MicrosoftSearch::start).reversed())
                .limit(limit)
                .map(MicrosoftSearch::hit)
                .toList();
    }

    private static Instant start(Event event) {
        return event.when().window(ZoneOffset.UTC).from();
    }

    private static Hit hit(Event event) {
        var text = (when(event.when()) + " " + event.location() + " " + event.description()).strip();
        return new Hit(
                EVENT + event.calendarId() + "/" + event.id(),
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
        if (id.startsWith(FILE)) {
            return drive.read(id.substring(FILE.length())).map(MicrosoftSearch::file);
        }
        var parts = id.split("/", 3);
        return parts.length == 3 && id.startsWith(EVENT)
                ? calendar.event(parts[1], parts[2]).map(event -> event(id, event))
                : Optional.empty();
    }

    private static Document file(FileText read) {
        var file = read.file();
        var text = read.text().or(read::note).orElse("");
        return new Document(FILE + file.id(), file.name(), text, file.url(), file.modifiedAt(), file.owner());
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
                Optional.of(url(message)),
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
