package dev.countersign.connector.standards;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import net.fortuna.ical4j.model.TimeZoneRegistry;
import net.fortuna.ical4j.model.TimeZoneRegistryFactory;
import net.fortuna.ical4j.model.component.VTimeZone;

/** Zones of calendars: IANA's by name, Windows' by what they stand for, and others by what their file says of them. */
final class Zones {
    private Zones() {}

    /** The IANA zone that a TZID means, where it means one; some programs put words before its name. */
    static Optional<ZoneId> named(String tzid) {
        for (var name = tzid; !name.isEmpty(); name = rest(name)) {
            try {
                return Optional.of(ZoneId.of(name, TimeZoneRegistry.ZONE_ALIASES));
            } catch (DateTimeException e) {
                // then what comes after the next slash
            }
        }
        return Optional.empty();
    }

    private static String rest(String name) {
        var slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(slash + 1);
    }

    /** Whether times of this zone are written in UTC: an offset alone is no zone that a series could live by. */
    static boolean isFixed(ZoneId zone) {
        return zone.normalized() instanceof ZoneOffset || definition(zone).isEmpty();
    }

    /** RFC 5545 section 3.6.5: a calendar says what its zones are. */
    static Optional<VTimeZone> definition(ZoneId zone) {
        var registry = TimeZoneRegistryFactory.getInstance().createRegistry();
        return Optional.ofNullable(registry.getTimeZone(zone.getId())).map(known -> known.getVTimeZone());
    }

    /** What the zone is called; one that only a file knows by its offset then. */
    static ZoneId shown(ZoneId zone, java.time.Instant at) {
        var known = zone instanceof ZoneOffset
                || (ZoneId.getAvailableZoneIds().contains(zone.getId())
                        && !zone.getId().startsWith("ical4j"));
        return known ? zone : zone.getRules().getOffset(at);
    }
}
