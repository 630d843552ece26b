package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.TestUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A calendar host that sends invitations itself, with one calendar of one event: its answers have the shapes of RFC 6638
 * appendix B. It stands in for a real one because no server that can be installed here schedules: Radicale does not.
 */
final class SchedulingHost extends Dispatcher implements AutoCloseable {
    static final String ALICE = "alice@example.com";

    private static final String CALENDAR = "/calendars/alice/main/";
    private static final String OUTBOX = "/calendars/alice/outbox/";

    private final MockWebServer server = new MockWebServer();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private String name = "";
    private String event = "";
    private int etag;
    private int scheduleTag;
    private MockResponse times = status(403);

    SchedulingHost() {
        server.setDispatcher(this);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An account that has no mail. */
    StandardsCalendar calendar() {
        var provider = MailHost.provider()
                .withApi(CalendarFolders.SERVER, server.url("/").uri());
        Function<String, Socket> none = name -> {
            throw new IllegalStateException("no server " + name);
        };
        return new StandardsCalendar(new TestUpstream(provider, ALICE, MailHost.PASSWORD, none));
    }

    /** The headers and bodies of what changed something or asked the outbox. */
    List<String> said() {
        return said;
    }

    synchronized String event() {
        return event;
    }

    synchronized void store(String text) {
        name = "invitation.ics";
        event = text.replace("\n", "\r\n");
        etag++;
        scheduleTag++;
    }

    /** An attendee has answered: section 3.2.10 leaves the schedule tag as it is. */
    synchronized void accepted() {
        event = event.replace("NEEDS-ACTION", "ACCEPTED");
        etag++;
    }

    /** Somebody has changed the event in another program. */
    synchronized void changed() {
        event = event.replace("SUMMARY:", "SUMMARY:Other ");
        etag++;
        scheduleTag++;
    }

    /** What the outbox answers from now on. */
    synchronized void times(String answer) {
        times = status(200).newBuilder().body(answer).build();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        var path = request.getUrl().encodedPath();
        return switch (request.getMethod()) {
            case "PROPFIND" -> found(path);
            case "REPORT" -> multistatus(event.isEmpty() ? "" : object());
            case "PUT", "DELETE" -> changed(request, path.substring(path.lastIndexOf('/') + 1));
            case "POST" -> path.equals(OUTBOX) ? asked(request) : status(404);
            default -> status(405);
        };
    }

    private static MockResponse found(String path) {
        return switch (path) {
            case "/" ->
                multistatus(response(
                        "/",
                        "<D:current-user-principal><D:href>/principals/alice/</D:href></D:current-user-principal>"));
            case "/principals/alice/" -> multistatus(response(path, """
                <C:calendar-home-set><D:href>/calendars/alice/</D:href></C:calendar-home-set>
                <C:calendar-user-address-set><D:href>mailto:alice@example.com</D:href>
                <D:href>/principals/alice/</D:href></C:calendar-user-address-set>
                <C:schedule-outbox-URL><D:href>/calendars/alice/outbox/</D:href></C:schedule-outbox-URL>
                """));
            default ->
                multistatus(response(CALENDAR, "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>")
                        + response(OUTBOX, "<D:resourcetype><D:collection/><C:schedule-outbox/></D:resourcetype>"));
        };
    }

    private String object() {
        return response(CALENDAR + name, """
            <D:getetag>"%d"</D:getetag><C:schedule-tag>"s%d"</C:schedule-tag>
            <C:calendar-data>%s</C:calendar-data>
            """.formatted(etag, scheduleTag, Xml.escaped(event)));
    }

    private MockResponse changed(RecordedRequest request, String resource) {
        var headers = request.getHeaders();
        said.add(request.getMethod() + " " + headers);
        boolean there = resource.equals(name) && !event.isEmpty();
        boolean holds = there
                ? Optional.ofNullable(headers.get("If-Schedule-Tag-Match"))
                                .map(tag -> tag.equals("\"s" + scheduleTag + "\""))
                                .orElse(true)
                        && Optional.ofNullable(headers.get("If-Match"))
                                .map(tag -> tag.equals("\"" + etag + "\""))
                                .orElse(true)
                        && headers.get("If-None-Match") == null
                : headers.get("If-None-Match") != null;
        if (!holds) {
            return status(412);
        }
        name = resource;
        event = request.getMethod().equals("DELETE") ? "" : body(request);
        etag++;
        scheduleTag++;
        return status(204);
    }

    private MockResponse asked(RecordedRequest request) {
        said.add(request.getHeaders().get("Content-Type") + "\n" + body(request));
        return times;
    }

    private static String body(RecordedRequest request) {
        var body = request.getBody();
        return body == null ? "" : body.utf8();
    }

    private static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    private static MockResponse multistatus(String responses) {
        return status(207)
                .newBuilder()
                .body("<D:multistatus " + Dav.NAMESPACES + ">" + responses + "</D:multistatus>")
                .build();
    }

    private static String response(String path, String properties) {
        return "<D:response><D:href>" + path + "</D:href><D:propstat><D:prop>" + properties
                + "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";
    }

    @Override
    public void close() {
        server.close();
    }
}
