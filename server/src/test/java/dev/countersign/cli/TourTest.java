package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TourTest {
    private final StringWriter printed = new StringWriter();
    private final Tour tour = new Tour(new PrintWriter(printed, true));

    @Test
    void everyStepHolds_printsEachWithItsTime() {
        var chapter = new Chapter("Begin", List.of(new Step("One", () -> "3 events"), new Step("Two", () -> "")));

        assertThat(tour.walk(List.of(chapter))).isEmpty();

        assertThat(printed.toString().lines().filter(line -> !line.isEmpty()))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Begin"),
                        line -> assertThat(line).matches("  ✓ +\\d+ ms  One: 3 events"),
                        line -> assertThat(line).matches("  ✓ +\\d+ ms  Two"));
    }

    @Test
    void stepThatDoesNotHold_endsTheTourAndSaysWhy() {
        var later = new AtomicInteger();
        var chapter = new Chapter(
                "Begin",
                List.of(
                        new Step("Send", () -> {
                            throw new Unmet("the mail is sent", "The provider\nrefused.");
                        }),
                        new Step("Later", () -> "ran " + later.incrementAndGet())));

        var failure = tour.walk(List.of(chapter));

        assertThat(failure).hasValueSatisfying(why -> assertThat(why).contains("Send", "The provider refused."));
        assertThat(printed.toString()).contains("✗", "expected: the mail is sent", "came:     The provider refused.");
        assertThat(later).hasValue(0);
    }

    @Test
    void stepThatThrows_doesNotHold() {
        var chapter = new Chapter("Begin", List.of(new Step("Send", () -> {
            throw new IllegalStateException("no answer");
        })));

        assertThat(tour.walk(List.of(chapter)))
                .hasValueSatisfying(why -> assertThat(why).contains("no answer"));
    }
}
