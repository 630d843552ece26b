package dev.countersign.connector.google;

import dev.countersign.connector.Setup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a client is made in the Google Cloud console, and how Google says that one is not good. */
final class GoogleSetup {
    private static final String CONSOLE = "https://console.cloud.google.com/";

    /** Where the browser is sent instead of the sign-in page; the reason is in base64 of a binary message. */
    private static final Pattern ERROR = Pattern.compile("/signin/oauth/error\\?.*?authError=([A-Za-z0-9_%+/=-]+)");

    private static final List<String> REASONS = List.of(
            "redirect_uri_mismatch",
            "invalid_client",
            "deleted_client",
            "disabled_client",
            "unauthorized_client",
            "invalid_scope",
            "admin_policy_enforced",
            "org_internal",
            "invalid_request",
            "access_denied");

    private GoogleSetup() {}

    static Setup steps(URI redirect) {
        return Setup.of(
                        "Open " + CONSOLE
                                + "projectcreate, give the project a name such as Countersign and press Create."
                                + " A project that is there already will do.",
                        "Enable four APIs in it, each with the button Enable:"
                                + library("calendar-json", "Google Calendar API")
                                + library("gmail", "Gmail API")
                                + library("people", "People API")
                                + library("drive", "Google Drive API"),
                        "Open " + CONSOLE
                                + "auth/branding, press Get started, and give an app name and your mail address."
                                + "\nAudience: Internal where all people are in your Google Workspace, else External.",
                        "Where it is External, open " + CONSOLE + "auth/audience and add every person who will link an"
                                + " account under Test users.",
                        "Open " + CONSOLE
                                + "auth/scopes, press Add or remove scopes, paste the scopes below, one a line,"
                                + " then Update and Save.",
                        "Open " + CONSOLE + "auth/clients, press Create client and choose the type Web application.",
                        "Under Authorized redirect URIs press Add URI and enter, character by character:\n" + redirect
                                + "\nAuthorized JavaScript origins stay empty. Press Create.",
                        "Copy the client ID and the client secret at once: the secret is shown only there.")
                .withNotes(
                        "While the app's publishing status is Testing, Google ends each link 7 days after consent, and"
                                + " only test users can link. The page of connections then asks them to link again."
                                + " Internal apps have no such end.",
                        "Publish app on " + CONSOLE
                                + "auth/audience ends the 7 days. Gmail and Drive scopes are restricted:"
                                + " Google then shows a warning until it has verified the app, and lets in at most 100"
                                + " people before that.",
                        "Google gives a refresh token at the first consent only. When none came and none is held,"
                                + " Countersign asks once more with prompt=consent by itself.",
                        "Changes in the Google Cloud console may take some minutes to work.")
                .withReader(GoogleSetup::problem);
    }

    private static String library(String api, String name) {
        return "\n" + CONSOLE + "apis/library/" + api + ".googleapis.com  (" + name + ")";
    }

    /** The sign-in page, or a way to it, is what a client that Google knows gets. */
    static Optional<String> problem(int status, String location, String page) {
        var error = ERROR.matcher(location);
        if (error.find()) {
            return Optional.of(reason(error.group(1)));
        }
        return status >= 400 ? Optional.of(reasonIn(page).orElse("it answers " + status)) : Optional.empty();
    }

    private static String reason(String authError) {
        try {
            var bytes = Base64.getUrlDecoder()
                    .decode(authError
                            .replaceAll("(%3D|=)+$", "")
                            .replace('+', '-')
                            .replace('/', '_'));
            return reasonIn(new String(bytes, StandardCharsets.ISO_8859_1)).orElse("it answers with an error page");
        } catch (IllegalArgumentException e) {
            return "it answers with an error page";
        }
    }

    private static Optional<String> reasonIn(String text) {
        return REASONS.stream().filter(text::contains).findFirst();
    }
}
