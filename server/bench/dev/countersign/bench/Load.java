package dev.countersign.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Calls from another process: wrk with 32 connections, every answer looked at. */
final class Load {
    private static final Pattern RESULT =
            Pattern.compile("RESULT calls=(\\d+) micros=(\\d+) p99=([0-9.]+) longest=(\\d+) bad=(\\d+) errors=(\\d+)");

    private Load() {}

    /**
     * A server under one kind of call.
     *
     * @param requests one for each client that takes part, in turn; {@code %d} in a body becomes a number that is not used again
     */
    record Target(Subject subject, String url, ServerProcess server, List<Request> requests) {}

    record Request(List<String> headers, String body) {
        /** As it is sent. */
        byte[] http(int port, long number) {
            var numbered = body.replace("%d", Long.toString(number));
            return ("POST /mcp HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                            + headers.stream().map(header -> header + "\r\n").collect(Collectors.joining())
                            + "Content-Length: " + numbered.length() + "\r\n\r\n" + numbered)
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** @param cpuMicros of the server, a call */
    record Measured(long calls, double callsPerSecond, double cpuMicros, double p99Millis, double longestMillis) {}

    static Measured run(Bench.Setup setup, Target target, int seconds) throws IOException, InterruptedException {
        var script = Files.writeString(setup.work().resolve(target.subject() + ".lua"), script(target));
        double before = target.server().cpuSeconds();
        var wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c32",
                        "--timeout",
                        "20s",
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        target.url())
                .redirectErrorStream(true)
                .start();
        var said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        double cpu = target.server().cpuSeconds() - before;
        var result = RESULT.matcher(said);
        if (!result.find()) {
            throw new IllegalStateException("wrk said no result for " + target.subject() + ": " + said);
        }
        long calls = Long.parseLong(result.group(1));
        if (calls == 0 || !result.group(5).equals("0") || !result.group(6).equals("0")) {
            throw new IllegalStateException("wrong answers of " + target.subject() + ": " + said);
        }
        return new Measured(
                calls,
                calls * 1e6 / Long.parseLong(result.group(2)),
                cpu * 1e6 / calls,
                Double.parseDouble(result.group(3)) / 1000,
                Long.parseLong(result.group(4)) / 1000.0);
    }

    private static String script(Target target) throws IOException {
        var lua = new StringBuilder("local requests = {}\n");
        for (var request : target.requests()) {
            lua.append("requests[#requests + 1] = {headers = {");
            request.headers().forEach(header -> {
                var parts = header.split(": ", 2);
                lua.append("[")
                        .append(quoted(parts[0]))
                        .append("] = ")
                        .append(quoted(parts[1]))
                        .append(", ");
            });
            lua.append("}, body = ").append(quoted(request.body())).append("}\n");
        }
        return lua.append("local words = ")
                .append(quoted(BenchTools.WORDS))
                .append("""

                    local threads = {}
                    bad, made, example = 0, %d, ""
                    function setup(thread) threads[#threads + 1] = thread end
                    function request()
                      made = made + 1
                      local next = requests[made %% #requests + 1]
                      return wrk.format("POST", nil, next.headers, (next.body:gsub("%%%%d", made)))
                    end
                    function response(status, headers, body)
                      if status ~= 200 or not body:find(words, 1, true) then
                        bad = bad + 1
                        example = status .. " " .. body
                      end
                    end
                    function done(summary, latency)
                      local wrong, last = 0, ""
                      for _, thread in ipairs(threads) do
                        wrong = wrong + thread:get("bad")
                        last = thread:get("example")
                      end
                      local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
                      print(string.format("RESULT calls=%%d micros=%%d p99=%%.1f longest=%%d bad=%%d errors=%%d %%s",
                        summary.requests, summary.duration, latency:percentile(99), latency.max, wrong, errors, last))
                    end
                    """.formatted(System.nanoTime() % 1_000_000_000L * 1000))
                .toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
