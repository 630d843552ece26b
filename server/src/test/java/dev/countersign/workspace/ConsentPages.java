package dev.countersign.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.testkit.PlayedSignIn;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way over the consent page of a played OAuth provider. */
final class ConsentPages {
    private ConsentPages() {}

    /** The client that an operator registered there. */
    static Map<String, String> settings(String connector, String origin) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("connectors." + connector + ".client-id", PlayedSignIn.CLIENT_ID);
        settings.put("connectors." + connector + ".client-secret", PlayedSignIn.CLIENT_SECRET);
        settings.put("connectors." + connector + ".url", origin);
        return settings;
    }

    static void link(Desk desk, String connector, String name, String address) {
        var surfer = desk.surfer();
        var choice = surfer.press(surfer.open("/connect/" + connector), "Connect " + name);
        var linked = surfer.press(choice, "Continue as " + address);
        // a second account of the same address has a number
        assertThat(linked.text()).containsPattern("\\Q" + address + "\\E( \\d)? is linked");
    }
}
