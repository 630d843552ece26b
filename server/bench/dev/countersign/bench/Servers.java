package dev.countersign.bench;

import dev.countersign.bench.Bench.Settings;
import dev.countersign.bench.Bench.Setup;
import dev.countersign.bench.Load.Target;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The servers that are compared, each in its process, started when it is first asked for and up until the end. */
final class Servers implements AutoCloseable {
    /** Each may call so often a minute as policy allows at most; together they are enough. */
    private static final int CLIENTS = 32;

    private static final Pattern LINK = Pattern.compile("http://\\S+/welcome\\?\\S+");

    private final Setup setup;
    private final Settings settings;
    private final Deque<ServerProcess> open = new ArrayDeque<>();
    private final Map<String, Simple> simple = new HashMap<>();
    private @Nullable ServerProcess product;
    private @Nullable Attached attached;
    private @Nullable Holders holders;

    /** A server that takes its port as an argument. */
    record Simple(ServerProcess process, int port) {
        String mcp() {
            return "http://localhost:" + port + "/mcp";
        }
    }

    Servers(Setup setup) throws IOException {
        this.setup = setup;
        this.settings = Settings.of(setup.work().resolve("data"));
    }

    /** Ready, and not used yet when this is the first time. */
    ServerProcess product() throws Exception {
        if (product == null) {
            product = ServerProcess.start(setup, List.of(), Map.of(), settings.command(setup));
            open.push(product);
            product.ready(settings.ready());
        }
        return product;
    }

    Attached attached() throws Exception {
        if (attached == null) {
            var link = LINK.matcher(product().output());
            if (!link.find()) {
                throw new IllegalStateException(
                        "no first-run link: " + product().output());
            }
            attached = Attached.make(URI.create(link.group()), CLIENTS);
        }
        return attached;
    }

    /** All are sent the same requests as the product, with its tokens, whether or not they look at them. */
    Target target(Subject subject) throws Exception {
        return switch (subject) {
            case BARE -> target(subject, bare(), attached().modern("bench_read"));
            case ECHO -> target(subject, echo(), attached().modern("bench_echo"));
            case READ, BLOCKED -> product(subject, attached().modern("bench_read"));
            case WRITE -> product(subject, attached().modern("bench_write"));
            case LEGACY -> product(subject, attached().legacy("bench_read"));
            case SDK -> target(subject, java("bench.SdkServer"), attached().withoutSession("bench_read"));
            case TYPESCRIPT -> target(subject, typeScript(), attached().modern("bench_read"));
        };
    }

    private Target product(Subject subject, List<Load.Request> requests) throws Exception {
        return new Target(subject, settings.mcp(), product(), requests);
    }

    private static Target target(Subject subject, Simple server, List<Load.Request> requests) {
        return new Target(subject, server.mcp(), server.process(), requests);
    }

    Ledger ledger() {
        return new Ledger(settings.data());
    }

    /** Others at the product, whose calls hold. */
    Holders holders() throws Exception {
        if (holders == null) {
            attached();
            holders = Holders.make(settings.data(), settings.port());
        }
        return holders;
    }

    private Simple bare() throws Exception {
        return java("bench.BareServer");
    }

    Simple echo() throws Exception {
        return java("mcp.EchoServer");
    }

    private Simple java(String name) throws Exception {
        return simple(
                name,
                port -> ServerProcess.start(
                        setup, List.of(), Map.of(), List.of("dev.countersign." + name, Integer.toString(port))));
    }

    private Simple typeScript() throws Exception {
        var folder = setup.typeScript();
        return simple(
                "TypeScript",
                port -> ServerProcess.start(
                        setup,
                        Map.of(),
                        List.of(
                                folder.resolve("node_modules/node/bin/node").toString(),
                                folder.resolve("server.mjs").toString(),
                                Integer.toString(port))));
    }

    private interface Starting {
        ServerProcess at(int port) throws IOException;
    }

    private Simple simple(String name, Starting starting) throws Exception {
        var running = simple.get(name);
        if (running == null) {
            int port = ServerProcess.freePort();
            running = new Simple(starting.at(port), port);
            open.push(running.process());
            simple.put(name, running);
            running.process().listening(port);
        }
        return running;
    }

    @Override
    public void close() {
        open.forEach(ServerProcess::close);
    }
}
