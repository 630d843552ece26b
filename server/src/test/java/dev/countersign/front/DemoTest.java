package dev.countersign.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code demo}: the whole job in both revisions, by real clients. */
class DemoTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream before = System.out;

    @BeforeEach
    void catchOutput() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void letItGo() {
        System.setOut(before);
    }

    private int demo(String... more) {
        var arguments = new ArrayList<>(List.of("demo", "--exit", "--port", Integer.toString(FreePorts.threeInARow())));
        arguments.addAll(List.of("--data", folder.resolve("demo").toString()));
        arguments.addAll(List.of(more));
        return Main.run(arguments.toArray(String[]::new));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void tour_holdsInEveryStep() {
        int status = demo();

        assertThat(lines()).last().isEqualTo("Every step held.");
        assertThat(status).isZero();
        assertThat(lines()).filteredOn(line -> line.matches("  . +\\d+ ms  .*")).hasSizeGreaterThan(25);
    }

    @Test
    void providerThatRefusesToSend_endsTheTourAndIsNamedInTheLastLine() {
        int status = demo("--fault", "mail-send=403");

        assertThat(status).isEqualTo(1);
        assertThat(lines()).last().asString().contains("it was not sent", "Sandbox does not allow this");
    }
}
