package dev.countersign.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The way to the person's browser. */
@FunctionalInterface
interface PersonsBrowser {
    /** Opens a page, or leaves that to the person. The address has been checked: it is no file and no script. */
    void open(URI page);

    /** Leaves it to the person, who is told the address in any case. */
    static PersonsBrowser none() {
        return page -> {};
    }

    /** The browser that the desktop has chosen. Where there is none the person opens the address. */
    static PersonsBrowser ofDesktop() {
        return page -> {
            try {
                new ProcessBuilder(command(System.getProperty("os.name", ""), page))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .getOutputStream()
                        .close();
            } catch (IOException e) {
                // no desktop here
            }
        };
    }

    /** No shell reads the address. */
    static List<String> command(String system, URI page) {
        var lower = system.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return List.of("open", page.toString());
        }
        return lower.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", page.toString())
                : List.of("xdg-open", page.toString());
    }
}
