package dev.countersign.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Walks a list of steps, prints each with the time it took, and stops at the first that does not hold. */
final class Tour {
    private static final int MOST_CHARACTERS = 400;

    private final PrintWriter out;

    /** What a step does; gives what came of it in a few words, or nothing. */
    @FunctionalInterface
    interface Act {
        String run() throws Exception;
    }

    /** @param words what happens, for somebody who sees it for the first time */
    record Step(String words, Act act) {}

    /** Steps that belong together. */
    record Chapter(String title, List<Step> steps) {
        Chapter {
            steps = List.copyOf(steps);
        }
    }

    Tour(PrintWriter out) {
        this.out = out;
    }

    /** Gives why it ended early, or nothing when every step held. */
    Optional<String> walk(List<Chapter> chapters) {
        for (var chapter : chapters) {
            out.println();
            out.println(chapter.title());
            for (var step : chapter.steps()) {
                var failure = walk(step);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> walk(Step step) {
        long began = System.nanoTime();
        try {
            var result = step.act().run();
            print("✓", began, step.words() + (result.isEmpty() ? "" : ": " + result));
            return Optional.empty();
        } catch (Unmet e) {
            return failed(step, began, e.expected(), e.came());
        } catch (Exception e) {
            return failed(
                    step,
                    began,
                    "no failure",
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        }
    }

    private Optional<String> failed(Step step, long began, String expected, String came) {
        print("✗", began, step.words());
        out.println("            expected: " + expected);
        out.println("            came:     " + oneLine(came));
        return Optional.of("“" + step.words() + "” did not hold: " + oneLine(came));
    }

    private void print(String mark, long began, String words) {
        var took = Duration.ofNanos(System.nanoTime() - began);
        out.printf(Locale.ROOT, "  %s %5d ms  %s%n", mark, took.toMillis(), words);
        out.flush();
    }

    private static String oneLine(String text) {
        return shortened(text.replaceAll("\\s+", " ").strip());
    }

    static String shortened(String text) {
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    }
}
