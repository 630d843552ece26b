package dev.countersign.connector.microsoft;

import dev.countersign.connector.Setup;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** How an application is registered in the Microsoft Entra admin center, and how Microsoft says that one is not good. */
final class MicrosoftSetup {
    private static final String CENTER = "https://entra.microsoft.com/";

    /** Stands on the page that a browser gets instead of the sign-in page. */
    private static final Pattern ERROR = Pattern.compile("AADSTS[0-9]{4,8}");

    private MicrosoftSetup() {}

    static Setup steps(URI redirect) {
        return Setup.of(
                        "Open " + CENTER
                                + " as somebody who may register applications, then Entra ID, App registrations, and"
                                + " press New registration.",
                        "Give a name such as Countersign. Under Supported account types choose who will link accounts:"
                                + " one organisation, any organisation, or those and personal accounts.",
                        "Under Redirect URI choose the platform Web, enter, character by character:\n" + redirect
                                + "\nand press Register.",
                        "Open API permissions, press Add a permission, Microsoft Graph, Delegated permissions, tick"
                                + " the scopes below and press Add permissions.",
                        "Copy the Application (client) ID from Overview.",
                        "Open Certificates & secrets, press New client secret, and copy its Value at once: it is shown"
                                + " only there. The Secret ID is not it.")
                .withNotes(
                        "Set tenant to the Directory (tenant) ID where only one organisation was chosen, to"
                                + " organizations or consumers for those alone; common takes everybody and needs the"
                                + " widest choice.",
                        "A client secret ends, after two years at the latest: make a new one before, and put it in"
                                + " place.",
                        "An organisation may let its people consent only to apps that an administrator has approved;"
                                + " they then see “Need admin approval”, and an administrator grants it under API"
                                + " permissions.")
                .withReader(MicrosoftSetup::problem);
    }

    /** A client that Microsoft knows gets the sign-in page, one that it does not know a page with an AADSTS code. */
    static Optional<String> problem(int status, String location, String page) {
        var code = ERROR.matcher(location + " " + page);
        if (code.find()) {
            return Optional.of("it answers " + code.group() + reason(code.group()));
        }
        return status >= 400 ? Optional.of("it answers " + status) : Optional.empty();
    }

    private static String reason(String code) {
        return switch (code) {
            case "AADSTS700016" -> ": the client id is not one of this tenant";
            case "AADSTS50011" -> ": the redirect address is not registered";
            case "AADSTS90002" -> ": there is no such tenant";
            case "AADSTS50194" -> ": the application takes one tenant only, so set tenant to it";
            default -> "";
        };
    }
}
