package dev.countersign.cli;

import dev.countersign.cli.Finding.Mark;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what stands in the way of a start, and how to mend it. */
@Command(
        name = "doctor",
        description = {
            "Check Java, clock, settings, addresses, ports, keys, database and connectors, and say how to mend each.",
            "Changes nothing. Ends with status 0 when nothing stands in the way, else with 1."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of config/countersign.yaml, as start would get it. May stand more than once.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var findings =
                new Doctor(Cli.home(), System.getenv(), settings, Clock.system(ZoneId.systemDefault())).examine();
        findings.forEach(finding -> out.println(finding.line()));
        long bad =
                findings.stream().filter(finding -> finding.mark() == Mark.BAD).count();
        out.println(bad == 0 ? "Nothing stands in the way." : bad + (bad == 1 ? " thing" : " things") + " to mend.");
        out.flush();
        return bad == 0 ? 0 : 1;
    }
}
