package dev.countersign.connector.microsoft;

import com.ibm.icu.util.TimeZone;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Time zones: Outlook names them as Windows does, we by IANA. Several of ours are one of Windows', so what comes back may be
 * another zone of the same rules. Unicode CLDR, windowsZones.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/datetimetimezone">dateTimeTimeZone</a>
 */
final class Zones {
    static final String UTC = "UTC";

    private static final int SECONDS_IN_HOUR = 3600;

    private Zones() {}

    /** Empty for a name that nobody knows, such as {@code tzone://Microsoft/Custom}. */
    static Optional<ZoneId> zone(String name) {
        if (name.equals(UTC) || name.equals("tzone://Microsoft/Utc")) {
            return Optional.of(ZoneId.of(UTC));
        }
        return Optional.ofNullable(TimeZone.getIDForWindowsID(name, "001"))
                .or(() -> Optional.of(name))
                .flatMap(Zones::known);
    }

    private static Optional<ZoneId> known(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Empty for a zone that Windows has no name for. */
    static Optional<String> name(ZoneId zone) {
        if (zone.normalized() instanceof ZoneOffset offset && !zone.getId().contains("/")) {
            return name(offset);
        }
        return Optional.ofNullable(TimeZone.getWindowsID(zone.getId()));
    }

    private static Optional<String> name(ZoneOffset offset) {
        var seconds = offset.getTotalSeconds();
        if (seconds == 0) {
            return Optional.of(UTC);
        }
        // the sign of these names is the other way round
        return seconds % SECONDS_IN_HOUR == 0
                ? Optional.ofNullable(TimeZone.getWindowsID("Etc/GMT%+d".formatted(-seconds / SECONDS_IN_HOUR)))
                : Optional.empty();
    }
}
