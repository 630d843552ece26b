package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Window;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VFreeBusy;
import net.fortuna.ical4j.model.parameter.FbType;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import org.w3c.dom.Element;

/** Asks a host that schedules when other people are busy. RFC 6638 section 5, RFC 5546 section 3.3.2. */
final class OthersTimes {
    private static final String NOTHING = "the calendar's host says nothing about the times of this person";

    private final Dav dav;
    private final String outbox;
    private final String own;

    /**
     * @param outbox path of the account's scheduling outbox
     * @param own an address that the host knows the account by
     */
    OthersTimes(Dav dav, String outbox, String own) {
        this.dav = dav;
        this.outbox = outbox;
        this.own = own;
    }

    /** One answer for each address, in their order. */
    List<Busy> busy(List<String> addresses, Window window, Instant now) {
        var answers = addresses.isEmpty() ? List.<Element>of() : asked(addresses, window, now);
        return addresses.stream()
                .map(address -> answers.stream()
                        .filter(answer -> names(answer, address))
                        .findFirst()
                        .map(answer -> busy(address, answer))
                        .orElseGet(() -> unknown(address)))
                .toList();
    }

    static Busy unknown(String address) {
        return new Busy(address, List.of(), Optional.of(NOTHING));
    }

    private List<Element> asked(List<String> addresses, Window window, Instant now) {
        try {
            var answer = dav.request("POST", outbox)
                    .body(
                            question(addresses, window, now).getBytes(StandardCharsets.UTF_8),
                            "text/calendar; charset=utf-8; component=VFREEBUSY; method=REQUEST")
                    .bytes();
            return Xml.children(Xml.root(answer), Dav.CALDAV, "response");
        } catch (UpstreamException e) {
            // section 5.2: it may allow nobody, or not this one, to ask
            if (e.kind() == Kind.FORBIDDEN || e.kind() == Kind.NOT_FOUND || e.kind() == Kind.INVALID) {
                return List.of();
            }
            throw e;
        }
    }

    private String question(List<String> addresses, Window window, Instant now) {
        var times = new VFreeBusy(false);
        times.add(new Uid(UUID.randomUUID().toString()));
        times.add(new DtStamp(now));
        times.add(new DtStart<>(window.from()));
        times.add(new DtEnd<>(window.until()));
        times.add(new Organizer(URI.create("mailto:" + own)));
        addresses.forEach(address -> times.add(new Attendee(EventWriting.address(address))));
        var calendar = EventWriting.calendar();
        calendar.add(ImmutableMethod.REQUEST);
        calendar.add(times);
        return calendar.toString();
    }

    private static boolean names(Element answer, String address) {
        return Xml.children(answer, Dav.CALDAV, "recipient").stream()
                .flatMap(recipient -> Xml.children(recipient, Dav.DAV, "href").stream())
                .map(Xml::text)
                .anyMatch(href -> href.toLowerCase(Locale.ROOT).equals("mailto:" + address.toLowerCase(Locale.ROOT)));
    }

    /** Section 10.2: what begins with 2 is an answer, all else says why there is none. */
    private static Busy busy(String address, Element answer) {
        var succeeded = Xml.children(answer, Dav.CALDAV, "request-status").stream()
                .map(Xml::text)
                .anyMatch(status -> status.startsWith("2."));
        var data = Xml.children(answer, Dav.CALDAV, "calendar-data").stream().findFirst();
        return succeeded && data.isPresent()
                ? new Busy(address, times(Xml.text(data.get())), Optional.empty())
                : unknown(address);
    }

    private static List<Window> times(String calendar) {
        return CalendarObject.parse(calendar).getComponents("VFREEBUSY").stream()
                .flatMap(component -> component.<Property>getProperties("FREEBUSY").stream())
                .filter(property -> property.<FbType>getParameter("FBTYPE")
                        .filter(FbType.FREE::equals)
                        .isEmpty())
                .flatMap(property -> Stream.of(property.getValue().split(",")))
                .map(OthersTimes::period)
                .toList();
    }

    /** In UTC, with an end or a length. RFC 5545 sections 3.3.9 and 3.8.2.6. */
    private static Window period(String text) {
        try {
            var parts = text.strip().split("/", 2);
            var start = instant(parts[0]);
            return new Window(start, parts[1].startsWith("P") ? start.plus(length(parts[1])) : instant(parts[1]));
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UpstreamException(
                    Kind.BROKEN,
                    "The calendar's host gave times that cannot be read. Ask without the other attendees.",
                    Optional.empty(),
                    Optional.of(e));
        }
    }

    private static Instant instant(String text) {
        return LocalDateTime.parse(text.replaceFirst("Z$", ""), Moment.LOCAL).toInstant(ZoneOffset.UTC);
    }

    private static Duration length(String text) {
        return text.endsWith("W")
                ? Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)))
                : Duration.parse(text);
    }
}
