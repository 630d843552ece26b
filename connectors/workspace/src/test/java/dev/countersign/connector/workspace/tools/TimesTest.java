package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.When;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void localTime_isInTheZone() {
        assertThat(Times.when("2026-07-01T10:00", "2026-07-01T11:00", BERLIN))
                .isEqualTo(new When.Timed(
                        OffsetDateTime.parse("2026-07-01T10:00+02:00"),
                        OffsetDateTime.parse("2026-07-01T11:00+02:00"),
                        BERLIN));
    }

    @Test
    void offset_decidesTheMomentAndTheZoneTheForm() {
        assertThat(Times.when("2026-07-01T08:00Z", "2026-07-01T05:00-04:00", BERLIN))
                .isEqualTo(Times.when("2026-07-01T10:00", "2026-07-01T11:00", BERLIN));
    }

    @Test
    void dates_coverTheLastDay() {
        assertThat(Times.when("2026-12-24", "2026-12-26", BERLIN))
                .isEqualTo(new When.AllDay(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-27")));
    }

    @Test
    void timeThatDoesNotExist_isRefused() {
        assertThatThrownBy(() -> Times.when("2026-03-29T02:30", "2026-03-29T04:00", BERLIN))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void timeThatHappensTwice_needsAnOffset() {
        assertThatThrownBy(() -> Times.when("2026-10-25T02:30", "2026-10-25T04:00", BERLIN))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("+02:00 or +01:00");
        var later = Times.when("2026-10-25T02:30+01:00", "2026-10-25T04:00", BERLIN);
        assertThat(later.window(BERLIN).from()).hasToString("2026-10-25T01:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2026-13-01", "2026-11-24 10:00", "2026-11-24T25:00", ""})
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Times.point("start", text, BERLIN))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("2026-11-24T15:00");
    }

    @Test
    void yearFarAway_isRefused() {
        assertThatThrownBy(() -> Times.point("start", "+999999999-12-31", BERLIN))
                .hasMessageContaining("2200");
        assertThatThrownBy(() -> Times.point("start", "0001-01-01T00:00Z", BERLIN))
                .hasMessageContaining("1970");
    }

    @Test
    void endBeforeStart_isRefused() {
        assertThatThrownBy(() -> Times.when("2026-07-01T10:00", "2026-07-01T10:00", BERLIN))
                .hasMessageContaining("'end' is not after 'start'");
        assertThatThrownBy(() -> Times.when("2026-07-02", "2026-07-01", BERLIN))
                .hasMessageContaining("'end' is before 'start'");
        assertThatThrownBy(() -> Times.when("2026-07-01", "2026-07-01T10:00", BERLIN))
                .hasMessageContaining("two dates, or two times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Atlantis", "+02:00", "CESTX", "", "europe/berlin"})
    void unknownZone_isRefused(String zone) {
        assertThatThrownBy(() -> Times.zone(zone))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("IANA");
    }
}
