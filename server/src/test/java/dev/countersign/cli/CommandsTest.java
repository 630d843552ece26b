package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.audit.AuditLog;
import dev.countersign.cli.Terminal.Result;
import dev.countersign.http.Request;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.People;
import dev.countersign.identity.QuickPasswords;
import dev.countersign.permissions.Permissions;
import dev.countersign.retrieval.Documents;
import dev.countersign.store.Database;
import dev.countersign.store.Sql;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands while another process, here the test, has the same database open. */
class CommandsTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path home;

    private Terminal terminal;
    private Database database;
    private AuditLog audit;
    private People people;

    @BeforeEach
    void open() throws IOException {
        terminal = new Terminal(home);
        database = Database.open(Files.createDirectories(home.resolve("data")).resolve("countersign.db"));
        audit = new AuditLog(database, Clock.systemUTC());
        people = new People(database, QuickPasswords.make(), audit::append, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        audit.close();
        database.close();
    }

    private Result addAlice() {
        return terminal.runWithInput(
                PASSWORD + "\n", "user", "add", "Alice@example.com", "--name", "Alice", "--zone", "Europe/Berlin");
    }

    private void done(String... arguments) {
        var result = terminal.run(arguments);
        assertThat(result.status()).as(result.printed()).isZero();
    }

    private boolean sees(String query) {
        var alice = people.byEmail("alice@example.com").orElseThrow();
        return terminal.run("access", "check", alice.email(), query).status() == 0;
    }

    @Test
    void addedPerson_signsInAndIsListed() {
        assertThat(addAlice()).isEqualTo(new Result(0, "Added alice@example.com.\n"));

        var client = new Request.Client("127.0.0.1", "test");
        assertThat(people.authenticate("alice@example.com", Secret.of(PASSWORD), client))
                .isPresent();
        assertThat(terminal.run("user", "list").printed()).isEqualTo("alice@example.com  Alice  Europe/Berlin\n");
    }

    @Test
    void addressThatIsTaken_saysSo() {
        addAlice();
        assertThat(addAlice()).isEqualTo(new Result(1, "Somebody has this mail address already. Give another.\n"));
    }

    @Test
    void noPassword_saysHowToGiveOne() {
        var result = terminal.run("user", "add", "bob@example.com", "--name", "Bob");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("first line of standard input").doesNotContain("Exception");
        assertThat(people.all()).isEmpty();
    }

    @Test
    void wrongZone_saysWhatAZoneIs() {
        var result = terminal.runWithInput(
                PASSWORD + "\n", "user", "add", "bob@example.com", "--name", "Bob", "--zone", "Mars/Olympus");
        assertThat(result)
                .isEqualTo(new Result(1, "'Mars/Olympus' is no time zone. Give one like Europe/Berlin or UTC.\n"));
    }

    @Test
    void newPassword_replacesTheOldOneAndEndsBrowserSessions() {
        addAlice();
        var alice = people.byEmail("alice@example.com").orElseThrow();
        var client = new Request.Client("127.0.0.1", "test");
        var sessions = new BrowserSessions(database, people, false, audit::append, Clock.systemUTC());
        sessions.start(alice, client);

        var result = terminal.runWithInput("another long password\n", "user", "password", "alice@example.com");

        assertThat(result).isEqualTo(new Result(0, """
            Changed the password of alice@example.com. Browser sessions ended: 1.
            Apps that the person allowed keep their access. The person revokes them on the page /clients.
            """));
        assertThat(sessions.of(alice.id())).isEmpty();
        assertThat(people.authenticate(alice.email(), Secret.of(PASSWORD), client))
                .isEmpty();
        assertThat(people.authenticate(alice.email(), Secret.of("another long password"), client))
                .isPresent();
        assertThat(audit.recent(alice.id(), 10)).anyMatch(event -> event.type().equals("password.changed"));
    }

    @Test
    void weakPassword_changesNothing() {
        addAlice();
        assertThat(terminal.runWithInput("short\n", "user", "password", "alice@example.com"))
                .isEqualTo(new Result(1, "Choose a password of at least 12 characters. Several words are fine.\n"));
        var client = new Request.Client("127.0.0.1", "test");
        assertThat(people.authenticate("alice@example.com", Secret.of(PASSWORD), client))
                .isPresent();
    }

    @Test
    void folderSharedWithAGroup_isSeenUntilUnshared() throws IOException {
        addAlice();
        var files = Files.createDirectories(home.resolve("files"));
        Files.writeString(files.resolve("leave.md"), "# Leave\n\nSixteen weeks.");
        Files.writeString(files.resolve("logo.png"), "no text");
        assertThat(terminal.run("access", "import", "handbook", files.toString()))
                .isEqualTo(new Result(0, """
                    Took in 1 documents and removed 0.
                    Left out, no .md or .txt of at most 2 MiB: logo.png
                    """));
        done("access", "group", "add", "staff", "alice@example.com");
        done("access", "group", "add", "all", "group:staff");
        assertThat(sees("document:handbook/leave")).isFalse();

        done("access", "share", "handbook", "--with", "group:all");
        assertThat(sees("document:handbook/leave")).isTrue();
        assertThat(terminal.run("access", "list").printed()).isEqualTo("folder:handbook  group:all\n");
        assertThat(terminal.run("access", "group", "list").printed())
                .isEqualTo("group:all  group:staff\ngroup:staff  alice@example.com\n");

        done("access", "unshare", "handbook", "--with", "group:all");
        assertThat(sees("document:handbook/leave")).isFalse();
        assertThat(audit.recent("operator", 10))
                .hasSize(4)
                .allMatch(event -> event.type().equals("access.changed"));
    }

    @Test
    void personRemovedFromAGroup_seesNoMore() {
        addAlice();
        done("access", "group", "add", "staff", "alice@example.com");
        done("access", "share", "handbook", "--with", "group:staff");
        assertThat(sees("folder:handbook")).isTrue();

        done("access", "group", "remove", "staff", "alice@example.com");

        assertThat(sees("folder:handbook")).isFalse();
    }

    @Test
    void sharesWithAPersonAndWithEveryone_areApart() {
        addAlice();
        done("access", "share", "one", "--with", "user:alice@example.com");
        done("access", "share", "two", "--with", "everyone");

        assertThat(sees("folder:one")).isTrue();
        assertThat(sees("folder:two")).isTrue();
        assertThat(terminal.run("access", "list").printed())
                .isEqualTo("folder:one  alice@example.com\nfolder:two  everyone\n");
    }

    @Test
    void wrongArgumentsOfAccess_sayWhatToGive() {
        assertThat(terminal.run("access", "share", "handbook", "--with", "staff"))
                .isEqualTo(new Result(1, "'staff' names nobody. Give group:NAME, user:EMAIL or everyone.\n"));
        assertThat(terminal.run("access", "share", "hand book", "--with", "everyone")
                        .printed())
                .contains("letters of a to z");
        assertThat(terminal.run("access", "share", "handbook", "--with", "user:nobody@example.com")
                        .printed())
                .contains("countersign user list");
        assertThat(terminal.run("access", "unshare", "handbook", "--with", "everyone")
                        .printed())
                .contains("is not shared with everyone");
        assertThat(terminal.run("access", "group", "remove", "staff", "group:all")
                        .printed())
                .contains("is not in staff");
        assertThat(terminal.run(
                                "access",
                                "import",
                                "handbook",
                                home.resolve("none").toString())
                        .printed())
                .contains("is no folder");
        assertThat(terminal.run("access", "check", "alice@example.com", "group:staff")
                        .printed())
                .contains("folder:NAME or document:ID");
    }

    @Test
    void intactLog_isVerifiedWithItsHead() {
        addAlice();
        var result = terminal.run("audit", "verify");
        assertThat(result.status()).isZero();
        assertThat(result.printed()).matches("Intact: 1 events\\. Head: [0-9a-f]{64}\\n.*\\n");
    }

    @Test
    void changedLog_namesTheFirstBrokenEvent() {
        addAlice();
        done("access", "share", "one", "--with", "everyone");
        done("access", "share", "two", "--with", "everyone");
        database.write(c -> Sql.update(c, "UPDATE audit_event SET subject = 'other' WHERE sequence = 2"));

        var result = terminal.run("audit", "verify");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).startsWith("Broken at event 2: ");
    }

    @Test
    void exportedLog_hasALineForEachEvent() throws IOException {
        addAlice();
        done("access", "share", "one", "--with", "everyone");
        var file = home.resolve("audit.jsonl");

        done("audit", "export", "--file", file.toString());

        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.startsWith("{\"sequence\":"));
        assertThat(terminal.run("audit", "export").printed()).isEqualTo(Files.readString(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(terminal.run("audit", "export", "--file", file.toString()))
                .isEqualTo(new Result(1, file + " exists already. Give another name.\n"));
    }

    @Test
    void noDatabase_saysWhatToDo() {
        var result = new Terminal(home.resolve("elsewhere")).run("user", "list");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("Run 'countersign start' once");
        assertThat(home.resolve("elsewhere")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit",
                "audit verify",
                "audit export",
                "user",
                "user add",
                "user list",
                "user password",
                "access",
                "access share",
                "access unshare",
                "access list",
                "access import",
                "access check",
                "access group",
                "access group add",
                "access group remove",
                "access group list"
            })
    void everyCommand_hasHelp(String command) {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");
        var result = terminal.run(arguments.toArray(String[]::new));
        assertThat(result.status()).isZero();
        assertThat(result.printed()).contains("Usage: countersign " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "user", "access"})
    void groupOfCommandsAlone_isWrongUsage(String command) {
        var result = terminal.run(command);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.printed()).contains("Say what to do: ");
    }

    @Test
    void seedRunTwice_changesNothing() {
        var permissions = new Permissions(database);
        var documents = new Documents(database, Clock.systemUTC());
        var seed = new DemoSeed(people, permissions, documents);
        seed.run();
        var tuples = permissions.all();

        seed.run();

        assertThat(permissions.all()).isEqualTo(tuples);
        assertThat(people.all()).hasSize(2);
        assertThat(documents.idsIn(DemoSeed.HANDBOOK)).hasSizeGreaterThanOrEqualTo(12);
        assertThat(terminal.run("access", "check", "bob@example.com", "document:handbook/leave")
                        .status())
                .isZero();
        assertThat(terminal.run("access", "check", "alice@example.com", "document:leadership/salary-bands")
                        .status())
                .isEqualTo(1);
        assertThat(terminal.run("access", "check", "bob@example.com", "document:leadership/salary-bands")
                        .status())
                .isZero();
        var client = new Request.Client("127.0.0.1", "test");
        assertThat(people.authenticate("bob@example.com", Secret.of(DemoSeed.PASSWORD), client))
                .isPresent();
    }

    @Test
    void unshareBetweenTwoSeeds_stays() {
        var permissions = new Permissions(database);
        var seed = new DemoSeed(people, permissions, new Documents(database, Clock.systemUTC()));
        seed.run();
        done("access", "unshare", "handbook", "--with", "group:staff");

        seed.run();

        assertThat(terminal.run("access", "check", "bob@example.com", "folder:handbook")
                        .status())
                .isEqualTo(1);
    }
}
