package dev.countersign.connector.sandbox;

import dev.countersign.connector.SearchService;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.FileText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches files, mail and events; a part that the account was not linked for holds nothing. */
final class SandboxSearch implements SearchService {
    private static final int MAX_SNIPPET_LENGTH = 300;

    private final Upstream upstream;
    private final SandboxFiles files;

    SandboxSearch(Upstream upstream) {
        this.upstream = upstream;
        this.files = new SandboxFiles(upstream);
    }

    /** Files, mail and events in turn, so that none crowds the others out. */
    @Override
    public List<Hit> search(String query, int limit) {
        var parts = Stream.<Supplier<List<Hit>>>of(
                        () -> files(query, limit), () -> mails(query, limit), () -> events(query, limit))
                .map(part -> Absent.unless(Kind.FORBIDDEN, part).orElse(List.of()))
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
        return upstream
                .get("files")
                .query("text", query)
                .query("limit", limit)
                .as(FilesJson.Files.class)
                .items()
                .stream()
                .map(file -> new Hit(
                        "file/" + file.id(),
                        file.name(),
                        file.snippet(),
                        Optional.of(file.link()),
                        Optional.of(Instant.parse(file.updated())),
                        file.owner().address()))
                .toList();
    }

    private List<Hit> mails(String query, int limit) {
        return upstream
                .get("mail/messages")
                .query("q", query)
                .query("limit", limit)
                .as(MailJson.Messages.class)
                .items()
                .stream()
                .map(mail -> new Hit(
                        "mail/" + mail.id(),
                        mail.subject(),
                        mail.snippet(),
                        Optional.of(mail.link()),
                        Optional.of(Instant.parse(mail.date())),
                        mail.from().address()))
                .toList();
    }

    /** One hit for each series. */
    private List<Hit> events(String query, int limit) {
        var found = upstream.get("calendars/{calendar}/events", CalendarService.PRIMARY)
                .query("text", query)
                .query("limit", 250)
                .as(CalendarJson.Events.class);
        var once = new LinkedHashMap<String, Hit>();
        for (var event : found.items()) {
            once.putIfAbsent(
                    event.series().orElse(event.id()),
                    new Hit(
                            "event/" + event.calendar() + "/" + event.id(),
                            event.title(),
                            snippet(event),
                            Optional.of(event.link()),
                            at(event),
                            event.organizer().address()));
        }
        return once.values().stream().limit(limit).toList();
    }

    private static String snippet(CalendarJson.Event event) {
        var text = when(event.start()) + " " + event.location() + " " + event.description();
        return text.substring(0, Math.min(MAX_SNIPPET_LENGTH, text.length())).strip();
    }

    private static String when(CalendarJson.Time time) {
        return time.time().or(time::date).orElse("");
    }

    private static Optional<Instant> at(CalendarJson.Event event) {
        return event.start().time().map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    @Override
    public Optional<Document> fetch(String id) {
        var parts = id.split("/", 3);
        if (parts.length == 2 && parts[0].equals("mail")) {
            return Absent.ifNotFound(() -> mail(id, parts[1]));
        }
        if (parts.length == 2 && parts[0].equals("file")) {
            return files.read(parts[1]).map(SandboxSearch::file);
        }
        return parts.length == 3 && parts[0].equals("event")
                ? Absent.ifNotFound(() -> event(id, parts[1], parts[2]))
                : Optional.empty();
    }

    private static Document file(FileText read) {
        var file = read.file();
        var text = read.text().or(read::note).orElse("");
        return new Document("file/" + file.id(), file.name(), text, file.url(), file.modifiedAt(), file.owner());
    }

    private Document mail(String id, String message) {
        var mail = upstream.get("mail/messages/{id}", message).as(MailJson.Message.class);
        var text = "From: " + party(mail.from()) + "\nTo: "
                + mail.to().stream().map(SandboxSearch::party).collect(Collectors.joining(", ")) + "\nDate: "
                + mail.date()
                + "\n\n" + mail.text().orElse("");
        return new Document(
                id,
                mail.subject(),
                text,
                Optional.of(mail.link()),
                Optional.of(Instant.parse(mail.date())),
                mail.from().address());
    }

    private Document event(String id, String calendar, String eventId) {
        var event = upstream.get("calendars/{calendar}/events/{id}", calendar, eventId)
                .as(CalendarJson.Event.class);
        var guests =
                event.attendees().stream().map(CalendarJson.Attendee::address).collect(Collectors.joining(", "));
        var text = "Start: " + when(event.start()) + "\nEnd: " + when(event.end()) + "\nLocation: " + event.location()
                + "\nAttendees: " + guests + "\n\n" + event.description();
        return new Document(
                id,
                event.title(),
                text,
                Optional.of(event.link()),
                at(event),
                event.organizer().address());
    }

    private static String party(MailJson.Party party) {
        return party.name().isEmpty() ? party.address() : party.name() + " <" + party.address() + ">";
    }
}
