package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.connections.ClientProbe;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Setup;
import dev.countersign.oauth.Scope;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an operator does at one provider, in words, and how far it is done. */
final class SetupGuide {
    private static final String INDENT = "   ";

    private final Connector connector;
    private final Config.ConnectorConfig setting;
    private final URI redirect;

    SetupGuide(Config config, Connector connector) {
        this.connector = connector;
        this.setting = ConnectorCheck.setting(config, connector);
        this.redirect = URI.create(config.publicUrl() + "/connect/" + connector.id() + "/callback");
    }

    String text() {
        if (connector.embedded().isPresent()) {
            return connector.name() + " runs inside Countersign: there is nothing to register.\n\n";
        }
        var setup = connector.setup(redirect);
        if (setup.steps().isEmpty()) {
            return connector.name() + ": no registration is needed anywhere.\n\n" + notes(setup);
        }
        return "How to let people link accounts of " + connector.name() + "\n\n" + steps(setup) + scopes() + settings()
                + notes(setup);
    }

    private static String steps(Setup setup) {
        var text = new StringBuilder();
        for (int i = 0; i < setup.steps().size(); i++) {
            text.append("%2d. %s%n".formatted(i + 1, setup.steps().get(i).replace("\n", "\n    ")));
        }
        return text.append('\n').toString();
    }

    private String scopes() {
        var provider = provider();
        var text = new StringBuilder(
                "Scopes of " + connector.name() + " that Countersign asks for, each when it is needed\n");
        if (!provider.identityScopes().isEmpty()) {
            text.append(INDENT)
                    .append("always: ")
                    .append(String.join(" ", provider.identityScopes()))
                    .append('\n');
        }
        provider.scopes().keySet().stream()
                .sorted(Scope.ORDER)
                .forEach(scope -> text.append(INDENT)
                        .append(scope)
                        .append(": ")
                        .append(String.join(" ", provider.scopes().getOrDefault(scope, List.of())))
                        .append('\n'));
        return text.append('\n').toString();
    }

    private String settings() {
        var key = "connectors." + connector.id() + ".";
        var variable = "COUNTERSIGN_CONNECTORS_"
                + connector.id().toUpperCase(Locale.ROOT).replace('-', '_');
        return """
            Where to put the client's id and secret
               the id in config/countersign.yaml: %1$sclient-id
               the secret in a file of its own, whose path stands in the environment: %2$s_CLIENT_SECRET_FILE
               or the secret beside the id, where nobody commits that file: %1$sclient-secret

            """.formatted(key, variable);
    }

    private static String notes(Setup setup) {
        return setup.notes().isEmpty()
                ? ""
                : "Good to know\n"
                        + String.join(
                                "",
                                setup.notes().stream()
                                        .map(note -> " - " + note.replace("\n", "\n   ") + "\n")
                                        .toList())
                        + "\n";
    }

    private Provider provider() {
        try {
            return connector.provider(new Settings(setting.other()));
        } catch (IllegalArgumentException e) {
            throw new CommandException("connectors." + connector.id() + ": " + e.getMessage() + ".", e);
        }
    }

    List<Finding> checks() {
        var findings = new ArrayList<Finding>();
        findings.add(enabled());
        if (connector.embedded().isPresent()
                || connector.setup(redirect).steps().isEmpty()) {
            return findings;
        }
        findings.add(address());
        if (setting.clientId().isEmpty()) {
            findings.add(Finding.notice(
                    "the client's id and secret are not set, so the provider was not asked",
                    "Set both, then run this again."));
            return findings;
        }
        findings.add(Finding.good("the client's id and secret are set"));
        findings.addAll(asked());
        return findings;
    }

    private Finding enabled() {
        return setting.enabled().equals("false")
                ? Finding.notice(
                        "connectors." + connector.id() + ".enabled is false, so people cannot link it",
                        "Set it to true.")
                : Finding.good("connectors." + connector.id() + " is not switched off");
    }

    private Finding address() {
        var words = "the redirect address is " + redirect + ", from public-url";
        boolean local = List.of("localhost", "127.0.0.1").contains(redirect.getHost());
        return local
                ? Finding.notice(
                        words + ", which works for browsers on this computer only",
                        "For others set public-url to the https address that they use, and enter the new redirect"
                                + " address.")
                : Finding.good(words);
    }

    private List<Finding> asked() {
        var linkable = new LinkableProvider(
                connector,
                provider(),
                setting.clientId().orElseThrow(),
                Secret.of(setting.clientSecret().orElseThrow()));
        try (var probe = new ClientProbe(linkable, redirect)) {
            return List.of(
                    finding(
                            probe.authorization(),
                            "Compare the client's id and the redirect address with the steps above."),
                    finding(probe.token(), "Compare the client's id and secret with what the provider shows."));
        }
    }

    private static Finding finding(ClientProbe.Answer answer, String mend) {
        return switch (answer.verdict()) {
            case ACCEPTED -> Finding.good(answer.sentence());
            case UNKNOWN -> Finding.notice(answer.sentence(), "Run this again where the provider can be reached.");
            case REFUSED -> Finding.bad(answer.sentence(), mend);
        };
    }
}
