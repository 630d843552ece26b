package dev.countersign.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The inputs that fuzzing starts from, and those that it once found something with: each holds. {@code src/test/fuzz/run} goes
 * on from them.
 */
final class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src", "test", "fuzz", "seeds");
    private static final Path SOURCES = Path.of("src", "test", "java");

    static Stream<Path> seeds() throws IOException {
        return files(SEEDS, Files::isRegularFile);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(300)
    void seed_holds(Path seed) throws Throwable {
        give(target(seed), Files.readAllBytes(seed));
    }

    /** What is cut off anywhere, and what has one byte changed; whole requests would take too long. */
    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(300)
    void neighboursOfSeed_hold(Path seed) throws Throwable {
        var target = target(seed);
        if (target.endsWith("WireFuzz")) {
            return;
        }
        var bytes = Files.readAllBytes(seed);
        for (var i : IntStream.range(0, bytes.length).toArray()) {
            give(target, Arrays.copyOf(bytes, i));
            var changed = bytes.clone();
            changed[i] ^= 1;
            give(target, changed);
        }
    }

    @Test
    void everyTarget_hasSeeds() throws IOException {
        var targets = files(SOURCES, path -> path.toString().endsWith("Fuzz.java"))
                .map(path -> SOURCES.relativize(path).toString())
                .map(path -> path.substring(0, path.length() - ".java".length()).replace('/', '.'))
                .toList();
        assertThat(seeds().map(FuzzSeedsTest::target).distinct()).containsExactlyInAnyOrderElementsOf(targets);
    }

    private static String target(Path seed) {
        return seed.getParent().getFileName().toString();
    }

    private static void give(String target, byte[] input) throws Throwable {
        try {
            Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Stream<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
        try (var all = Files.walk(folder)) {
            return List.copyOf(all.filter(wanted).sorted().toList()).stream();
        }
    }
}
