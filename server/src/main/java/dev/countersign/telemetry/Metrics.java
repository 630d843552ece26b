package dev.countersign.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What is counted and timed. Names follow OpenTelemetry's conventions for MCP where there are some; labels have few values,
 * and none names a person.
 */
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram calls = Histogram.builder()
            .name("mcp_server_operation_duration_seconds")
            .help("Time of tools/call, by tool and outcome")
            .labelNames("gen_ai_tool_name", "outcome")
            .classicOnly()
            .classicUpperBounds(0.005, 0.02, 0.1, 0.5, 2, 10, 60)
            .register(registry);

    /** One call of a tool came to its end. */
    public void called(String tool, String outcome, Duration duration) {
        calls.labelValues(tool, outcome).observe(duration.toNanos() / 1e9);
    }

    /** Adds a figure that is read when it is asked for. */
    public void gauge(String name, String help, DoubleSupplier figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(figure.getAsDouble()))
                .register(registry);
    }

    /** Everything in Prometheus' text format. */
    public byte[] text() {
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder()
                    .build()
                    .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
