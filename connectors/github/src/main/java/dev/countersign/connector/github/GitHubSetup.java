package dev.countersign.connector.github;

import dev.countersign.connector.Setup;
import java.net.URI;

/** How a GitHub App is registered. */
final class GitHubSetup {
    private GitHubSetup() {}

    static Setup steps(URI redirect) {
        return Setup.of(
                        "Open https://github.com/settings/apps/new, or the same page among the developer settings of an"
                                + " organisation.",
                        "Give a name such as Countersign and any homepage address. Under Callback URL enter, character"
                                + " by character:\n" + redirect,
                        "Leave Expire user authorization tokens ticked, and Request user authorization (OAuth) during"
                                + " installation not. Under Webhook take away the tick at Active.",
                        "Under Repository permissions set Metadata and Contents to Read-only, Issues and Pull requests"
                                + " to Read and write; Contents to Read and write where pull requests are to be merged."
                                + " Under Account permissions set Email addresses to Read-only.",
                        "Under Where can this GitHub App be installed choose Any account where others than you link"
                                + " accounts, and press Create GitHub App.",
                        "Copy the Client ID (not the App ID), press Generate a new client secret, and copy it at once:"
                                + " it is shown only there.",
                        "Press Install App and choose the repositories: what it is not installed on stays out of"
                                + " reach, except for reading what is public.")
                .withNotes(
                        "GitHub sends a browser that is signed in nowhere to its sign-in page whatever the client, so"
                                + " the check below cannot tell a wrong client id; the first link will.",
                        "Each person who links an account sees only repositories that both the app and they may see.",
                        "An OAuth app works too, with app: oauth-app; its tokens do not expire and may write wherever"
                                + " they read.");
    }
}
