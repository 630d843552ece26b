package dev.countersign.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.risk.Signal.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SECURITY section 5.2, rate: simulated days with a fixed seed. */
class RateTest {
    private static final int UNREMARKABLE = 200;
    private static final int FIRST_HOUR = 500_000;

    private final Random random = new Random(11);
    private final Rate rate = new Rate(UNREMARKABLE, RiskSettings.DEFAULT);
    private int hour = FIRST_HOUR;

    /** Makes so many calls in the next hour and gives each response that was crossed. */
    private List<Response> hourOf(int calls) {
        hour++;
        var crossed = new ArrayList<Response>();
        for (int i = 0; i < calls; i++) {
            var reading = rate.count("chat", hour);
            if (reading.crossed()) {
                crossed.add(reading.response());
            }
        }
        return crossed;
    }

    private List<Response> days(int days, int callsAnHour, int burstOneHourIn) {
        var crossed = new ArrayList<Response>();
        for (int day = 0; day < days; day++) {
            hour += 16;
            for (int i = 0; i < 8; i++) {
                int usual = (int) Math.max(1, callsAnHour + random.nextGaussian() * Math.sqrt(callsAnHour));
                crossed.addAll(hourOf(random.nextInt(burstOneHourIn) == 0 ? usual * 3 : usual));
            }
        }
        return crossed;
    }

    @Test
    void steadyPersonWithBurstsOfThree_isNeverEnded() {
        for (int usual : new int[] {5, 40, 150, 400}) {
            assertThat(days(60, usual, 12)).as("%s an hour", usual).doesNotContain(Response.END_SESSION);
        }
    }

    @Test
    void quietPersonWithBursts_isNeverRemarkedOn() {
        assertThat(days(60, 30, 6)).isEmpty();
    }

    @Test
    void suddenFiftyfold_raisesThenEnds() {
        assertThat(days(30, 40, 12)).isEmpty();
        assertThat(hourOf(40 * 50)).containsSubsequence(Response.RAISE, Response.END_SESSION);
    }

    @Test
    void raised_isSignalledOnceAnHourAndLastsUntilItsEnd() {
        days(30, 40, 12);
        assertThat(hourOf(900)).containsExactly(Response.RAISE);
        assertThat(rate.raised(hour)).isTrue();
        assertThat(rate.count("chat", hour).response()).isEqualTo(Response.RAISE);
        assertThat(rate.raised(hour + 1)).isFalse();
        assertThat(rate.count("chat", hour + 1).response()).isEqualTo(Response.NOTE);
    }

    @Test
    void newPerson_isNotRemarkedOnForAnEagerFirstHour() {
        assertThat(hourOf(3 * UNREMARKABLE)).isEmpty();
    }

    @Test
    void newPersonsFlood_isEnded() {
        assertThat(hourOf(20 * UNREMARKABLE)).contains(Response.RAISE, Response.END_SESSION);
    }

    @Test
    void quietPersonFiftyfoldUnderTheFloor_isNotRemarkedOn() {
        days(30, 3, 12);
        assertThat(hourOf(150)).isEmpty();
    }

    @Test
    void anotherClientsFlood_endsOnlyThatClient() {
        days(30, 40, 12);
        hour++;
        for (int i = 0; i < 990; i++) {
            rate.count("flood", hour);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(rate.count("chat", hour).response()).isEqualTo(Response.RAISE);
        }
        var responses = new ArrayList<Response>();
        for (int i = 0; i < 200; i++) {
            responses.add(rate.count("flood", hour).response());
        }
        assertThat(responses).contains(Response.END_SESSION);
    }

    @Test
    void floodedHour_teachesLittle() {
        days(30, 40, 12);
        double before = rate.kept().mean();
        hourOf(900);
        hourOf(1);
        assertThat(rate.kept().mean()).isLessThan(before * 1.5);
    }

    @Test
    void clockThatGoesBack_countsOn() {
        hourOf(10);
        rate.count("chat", hour - 3);
        assertThat(rate.kept().calls()).isEqualTo(11);
    }
}
