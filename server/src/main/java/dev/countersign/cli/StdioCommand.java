package dev.countersign.cli;

import dev.countersign.client.BridgeSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@link Stdio} for the command-line library: its help, and what is wrong with its arguments. */
@Command(
        name = "stdio",
        description = {
            "Bridge for clients that only speak stdio: carries MCP between standard input and output and the server.",
            "Signs you in by itself, in your browser. Tokens are kept in $XDG_STATE_HOME/countersign or"
                    + " ~/.local/state/countersign, or where COUNTERSIGN_STDIO_STATE says."
        },
        mixinStandardHelpOptions = true)
final class StdioCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's MCP address: https, or http on this machine. Default: ${DEFAULT-VALUE}.",
            defaultValue = BridgeSettings.DEFAULT_URL)
    private String url = BridgeSettings.DEFAULT_URL;

    @Option(
            names = "--no-browser",
            description = "Open no browser; the sign-in's address is printed on standard error.")
    private boolean noBrowser;

    @Option(names = "--sign-out", description = "Take the tokens back, delete them, and end.")
    private boolean signsOut;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new Stdio(url, !noBrowser, signsOut).run();
    }
}
