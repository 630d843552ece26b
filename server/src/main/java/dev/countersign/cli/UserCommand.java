package dev.countersign.cli;

import dev.countersign.identity.IdentityException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everybody who can sign in. */
@Command(
        name = "user",
        description = "Add and list people, and give them new passwords. Works while the server runs.",
        mixinStandardHelpOptions = true)
final class UserCommand extends Group {
    @Command(
            name = "add",
            description = "Add a person. The password is asked for, or read as the first line of standard input.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "EMAIL", description = "The mail address to sign in with.") String email,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "The name that is shown.")
                    String name,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            defaultValue = "UTC",
                            description = "The zone to live by, e.g. Europe/Berlin. Default: ${DEFAULT-VALUE}.")
                    String zone,
            @Option(names = "--administrator", description = "Let the person administer this server.")
                    boolean administrator)
            throws IOException {
        var livesBy = zone(zone);
        try (var rooms = Rooms.open()) {
            var person = rooms.people().create(email, name, PasswordEntry.read(), livesBy, administrator);
            out().println("Added " + person.email() + ".");
            return 0;
        } catch (IdentityException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(
            name = "list",
            description = "List everybody, in the order in which they came.",
            mixinStandardHelpOptions = true)
    int list() {
        try (var rooms = Rooms.open()) {
            for (var person : rooms.people().all()) {
                out().println(person.email() + "  " + person.name() + "  " + person.zone()
                        + (person.administrator() ? "  administrator" : ""));
            }
            return 0;
        }
    }

    @Command(
            name = "password",
            description = "Give a person a new password and sign them out of all browsers.",
            mixinStandardHelpOptions = true)
    int password(@Parameters(paramLabel = "EMAIL", description = "Whose password.") String email) throws IOException {
        try (var rooms = Rooms.open()) {
            var person = rooms.person(email);
            int ended = rooms.people().changePassword(person, PasswordEntry.read());
            out().println("Changed the password of " + person.email() + ". Browser sessions ended: " + ended + ".");
            out().println("Apps that the person allowed keep their access. The person revokes them on the page"
                    + " /clients.");
            return 0;
        } catch (IdentityException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new CommandException("'" + id + "' is no time zone. Give one like Europe/Berlin or UTC.", e);
        }
    }
}
