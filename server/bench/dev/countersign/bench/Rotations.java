package dev.countersign.bench;

import dev.countersign.bench.Attached.Client;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refresh tokens rotated at the token endpoint, from another process: each client on a connection of its own, one rotation
 * after the other, all at once. wrk ends in the middle of a request, so a run may begin with the token whose answer the run
 * before it lost; the server gives the same successor again.
 */
final class Rotations {
    private static final Pattern RESULT = Pattern.compile("RESULT calls=(\\d+) micros=(\\d+) bad=(\\d+) errors=(\\d+)");
    private static final Pattern TOKEN = Pattern.compile("TOKEN (\\S+)");

    private final Bench.Setup setup;
    private final URI server;
    private final List<Client> clients;
    private List<String> tokens;

    Rotations(Bench.Setup setup, Attached attached) {
        this.setup = setup;
        this.server = attached.url();
        this.clients = attached.clients();
        this.tokens = clients.stream().map(client -> client.tokens().refreshToken()).toList();
    }

    double perSecond(int seconds) throws IOException, InterruptedException {
        var script = Files.writeString(setup.work().resolve("rotation.lua"), script());
        var each = Integer.toString(clients.size());
        var wrk = new ProcessBuilder(
                        "wrk",
                        "-t" + each,
                        "-c" + each,
                        "--timeout",
                        "20s",
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        server.resolve("/token").toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        var result = RESULT.matcher(said);
        if (!result.find() || !result.group(3).equals("0") || !result.group(4).equals("0")) {
            throw new IllegalStateException("wrong answers of the token endpoint: " + said);
        }
        tokens = TOKEN.matcher(said).results().map(found -> found.group(1)).toList();
        return Long.parseLong(result.group(1)) * 1e6 / Long.parseLong(result.group(2));
    }

    private String script() {
        var forms = new ArrayList<String>();
        for (var client : clients) {
            forms.add("\"grant_type=refresh_token&client_id=" + encoded(client.login().clientId()) + "&resource="
                    + encoded(server.resolve("/mcp").toString()) + "&refresh_token=\"");
        }
        var held = tokens.stream().map(token -> '"' + token + '"').toList();
        return "local forms = {" + String.join(", ", forms) + "}\nlocal tokens = {" + String.join(", ", held) + "}\n"
                + """

                local threads = {}
                bad, example = 0, ""
                function setup(thread)
                  threads[#threads + 1] = thread
                  thread:set("form", forms[#threads])
                  thread:set("token", tokens[#threads])
                end
                local headers = {["Content-Type"] = "application/x-www-form-urlencoded"}
                function request()
                  return wrk.format("POST", nil, headers, form .. token)
                end
                function response(status, headers, body)
                  local next = body:match('"refresh_token"%s*:%s*"([^"]+)"')
                  if status == 200 and next and next ~= token then
                    token = next
                  else
                    bad = bad + 1
                    example = status .. " " .. body
                  end
                end
                function done(summary, latency)
                  local wrong, last = 0, ""
                  for _, thread in ipairs(threads) do
                    wrong = wrong + thread:get("bad")
                    last = thread:get("example")
                    print("TOKEN " .. thread:get("token"))
                  end
                  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
                  print(string.format("RESULT calls=%d micros=%d bad=%d errors=%d %s",
                    summary.requests, summary.duration, wrong, errors, last))
                end
                """;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
