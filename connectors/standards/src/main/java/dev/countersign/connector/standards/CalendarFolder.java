package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Window;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.fortuna.ical4j.model.Calendar;

/**
 * One calendar collection of the host.
 *
 * @param path percent-encoded, ends with a slash
 * @param zone for times that name none
 * @param busy whether its events count for the account's free time, RFC 6638 section 9.1
 */
record CalendarFolder(Dav dav, String path, String id, String name, boolean writable, boolean busy, ZoneId zone) {
    private static final String DATA = "<D:prop><D:getetag/><C:schedule-tag/><C:calendar-data/></D:prop>";

    /** Every event that reaches into the window. RFC 4791 section 7.8. */
    List<CalendarObject> within(Window window) {
        return query("<C:time-range start=\"%s\" end=\"%s\"/>"
                .formatted(
                        Moment.UTC.format(window.from()),
                        Moment.UTC.format(window.until().plusSeconds(1))));
    }

    List<CalendarObject> all() {
        return query("");
    }

    private List<CalendarObject> query(String filter) {
        var body = "<C:calendar-query " + Dav.NAMESPACES + ">" + DATA + "<C:filter><C:comp-filter name=\"VCALENDAR\">"
                + "<C:comp-filter name=\"VEVENT\">" + filter + "</C:comp-filter></C:comp-filter></C:filter>"
                + "</C:calendar-query>";
        return dav.report(path, 1, body).stream()
                .flatMap(item -> object(item).stream())
                .toList();
    }

    /** RFC 4791 section 7.9: a GET would not give the version. */
    Optional<CalendarObject> object(String resource) {
        if (resource.isEmpty() || resource.equals(".") || resource.equals("..")) {
            return Optional.empty();
        }
        var body = "<C:calendar-multiget " + Dav.NAMESPACES + ">" + DATA + "<D:href>" + Xml.escaped(address(resource))
                + "</D:href></C:calendar-multiget>";
        return dav.report(path, 1, body).stream()
                .flatMap(item -> object(item).stream())
                .findFirst();
    }

    private static Optional<CalendarObject> object(Dav.Item item) {
        return item.text("calendar-data")
                .map(text -> new CalendarObject(
                        last(item.path()), item.text("getetag"), item.text("schedule-tag"), CalendarObject.parse(text)))
                .filter(object -> !object.events().isEmpty());
    }

    /** The last segment of a path, decoded. */
    static String last(String path) {
        var whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return URLDecoder.decode(
                whole.substring(whole.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private String address(String resource) {
        return path + URLEncoder.encode(resource, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Stores a new event; {@code CONFLICT} when there is one of this name. RFC 4791 section 5.3.2. */
    void add(String resource, Calendar calendar) {
        put(resource, calendar, "If-None-Match", "*");
    }

    void replace(CalendarObject object, Optional<String> version) {
        var expected = version.or(object::version).orElse("*");
        put(object.name(), object.calendar(), CalendarObject.condition(expected), CalendarObject.tag(expected));
    }

    private void put(String resource, Calendar calendar, String condition, String tag) {
        writable(() -> dav.request("PUT", address(resource))
                .header(condition, tag)
                .body(calendar.toString().getBytes(StandardCharsets.UTF_8), "text/calendar; charset=utf-8")
                .send());
    }

    void delete(CalendarObject object, Optional<String> version) {
        var expected = version.or(object::version).orElse("*");
        writable(() -> dav.request("DELETE", address(object.name()))
                .header(CalendarObject.condition(expected), CalendarObject.tag(expected))
                .send());
    }

    private static void writable(Runnable change) {
        try {
            change.run();
        } catch (UpstreamException e) {
            if (e.kind() == Kind.CONFLICT) {
                throw new UpstreamException(
                        Kind.CONFLICT,
                        "The event has changed meanwhile, or exists already. Read it again, then decide.",
                        Optional.empty(),
                        Optional.of(e));
            }
            throw e;
        }
    }
}
