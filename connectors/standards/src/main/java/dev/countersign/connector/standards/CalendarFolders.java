package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.CalendarService;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.model.Property;
import org.w3c.dom.Element;

/** The account's calendars, as its host lists them. */
final class CalendarFolders {
    static final String SERVER = "caldav";

    private static final String[] PROPERTIES = {
        "D:resourcetype",
        "D:displayname",
        "D:current-user-privilege-set",
        "C:supported-calendar-component-set",
        "C:calendar-timezone",
        "C:schedule-calendar-transp"
    };

    private static final Set<String> WRITING = Set.of("all", "write", "write-content", "bind");

    private final Dav dav;
    private final DavHome home;
    private final Optional<String> linked;
    private final List<CalendarFolder> folders;
    private final Set<String> own;

    private CalendarFolders(
            Dav dav, DavHome home, Optional<String> linked, List<CalendarFolder> folders, Set<String> own) {
        this.dav = dav;
        this.home = home;
        this.linked = linked;
        this.folders = folders;
        this.own = own;
    }

    static CalendarFolders of(Upstream upstream) {
        var dav = new Dav(upstream.at(SERVER));
        var home = DavHome.calendars(dav);
        var folders = home.homes().stream()
                .flatMap(path -> dav.propfind(path, 1, PROPERTIES).stream())
                .filter(item -> item.holds("resourcetype", Dav.CALDAV, "calendar"))
                .filter(CalendarFolders::takesEvents)
                .map(item -> folder(dav, item))
                .toList();
        var own = new HashSet<>(home.addresses());
        var linked = upstream.address().map(address -> address.toLowerCase(Locale.ROOT));
        linked.ifPresent(own::add);
        return new CalendarFolders(dav, home, linked, folders, own);
    }

    /** RFC 4791 section 5.2.3: without the property all kinds are taken. */
    private static boolean takesEvents(Dav.Item item) {
        return item.property("supported-calendar-component-set")
                .map(set -> Xml.children(set, Dav.CALDAV, "comp").stream()
                        .anyMatch(comp -> comp.getAttribute("name").equalsIgnoreCase("VEVENT")))
                .orElse(true);
    }

    private static CalendarFolder folder(Dav dav, Dav.Item item) {
        var path = item.path().endsWith("/") ? item.path() : item.path() + "/";
        var id = CalendarFolder.last(path);
        return new CalendarFolder(
                dav,
                path,
                id,
                item.text("displayname").orElse(id),
                writable(item),
                !item.holds("schedule-calendar-transp", Dav.CALDAV, "transparent"),
                item.text("calendar-timezone").flatMap(CalendarFolders::zone).orElse(ZoneOffset.UTC));
    }

    /** RFC 3744 section 5.4; a host that says nothing is asked by doing. */
    private static boolean writable(Dav.Item item) {
        return item.property("current-user-privilege-set")
                .map(set -> Xml.children(set, Dav.DAV, "privilege").stream()
                        .flatMap(privilege -> Xml.children(privilege).stream())
                        .map(Element::getLocalName)
                        .anyMatch(WRITING::contains))
                .orElse(true);
    }

    private static Optional<ZoneId> zone(String definition) {
        try {
            return CalendarObject.parse(definition).getComponents("VTIMEZONE").stream()
                    .flatMap(zone -> zone.<Property>getProperty("TZID").stream())
                    .findFirst()
                    .flatMap(id -> Zones.named(id.getValue()));
        } catch (UpstreamException e) {
            return Optional.empty();
        }
    }

    /** The main one first. */
    List<CalendarFolder> all() {
        return folders.stream()
                .sorted(java.util.Comparator.comparing(folder -> !isMain(folder)))
                .toList();
    }

    boolean isMain(CalendarFolder folder) {
        return main().filter(folder::equals).isPresent();
    }

    /** The first that takes changes: no property that hosts have says which it is. */
    private Optional<CalendarFolder> main() {
        return folders.stream()
                .filter(CalendarFolder::writable)
                .findFirst()
                .or(() -> folders.stream().findFirst());
    }

    CalendarFolder named(String id) {
        return folders.stream()
                .filter(folder -> folder.id().equals(id))
                .findFirst()
                .or(() -> id.equals(CalendarService.PRIMARY) ? main() : Optional.empty())
                .orElseThrow(() -> new UpstreamException(
                        Kind.NOT_FOUND,
                        "There is no such calendar. Call calendar_list_calendars and use an id from it; an account"
                                + " without any needs one made in a calendar program first."));
    }

    /** The account's addresses, in lower case. */
    Set<String> own() {
        return own;
    }

    /** How other people's times are asked for, where the host says them. */
    Optional<OthersTimes> others() {
        return home.outbox().flatMap(outbox -> address().map(own -> new OthersTimes(dav, outbox, own)));
    }

    /** One that the host knows the account by; the account's own where it is among them. */
    private Optional<String> address() {
        return linked.filter(one -> home.addresses().contains(one))
                .or(() -> home.addresses().stream().sorted().findFirst())
                .or(() -> linked);
    }

    /** Whether the host itself tells attendees, RFC 6638. */
    boolean schedules() {
        return home.outbox().isPresent();
    }
}
