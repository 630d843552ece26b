package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
    @ParameterizedTest
    @CsvSource({
        "W. Europe Standard Time, Europe/Berlin",
        "Pacific Standard Time, America/Los_Angeles",
        "India Standard Time, Asia/Calcutta",
        "Europe/Madrid, Europe/Madrid",
        "tzone://Microsoft/Utc, UTC",
        "UTC, UTC"
    })
    void nameOfOutlook_isAZone(String name, String zone) {
        assertThat(Zones.zone(name)).contains(ZoneId.of(zone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tzone://Microsoft/Custom", "Customized Time Zone", ""})
    void nameOfNobody_isNone(String name) {
        assertThat(Zones.zone(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, W. Europe Standard Time",
        "Asia/Kolkata, India Standard Time",
        "America/New_York, Eastern Standard Time",
        "UTC, UTC",
        "Z, UTC",
        "+05:00, West Asia Standard Time"
    })
    void zone_isNamedAsOutlookKnowsIt(String zone, String name) {
        assertThat(Zones.name(ZoneId.of(zone))).contains(name);
    }

    @Test
    void zoneThatWindowsLacks_hasNoName() {
        assertThat(Zones.name(ZoneId.of("+05:17"))).isEmpty();
        assertThat(Zones.name(ZoneId.of("Antarctica/Troll"))).isEmpty();
    }
}
