package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.Finding.Mark;
import dev.countersign.front.FreePorts;
import dev.countersign.store.Database;
import dev.countersign.store.Sql;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.SealedField;
import dev.countersign.vault.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    @TempDir
    Path home;

    private final Map<String, String> settings = new HashMap<>();
    private Path data;

    @BeforeEach
    void useFreePorts() {
        data = home.resolve("data");
        int first = FreePorts.threeInARow();
        settings.put("server.port", Integer.toString(first));
        settings.put("server.private-port", Integer.toString(first + 1));
        settings.put("connectors.sandbox.port", Integer.toString(first + 2));
    }

    private List<Finding> examine() {
        return examine(Clock.systemUTC());
    }

    private List<Finding> examine(Clock clock) {
        return new Doctor(home, Map.of(), settings, clock).examine();
    }

    private static List<Finding> bad(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.mark() == Mark.BAD).toList();
    }

    /** The data folder of a server that ran and sealed something. */
    private void ran() throws IOException {
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(data.resolve("lock"));
        try (var database = Database.open(data.resolve("countersign.db"))) {
            var vault = new Vault(database, KeyRing.open(data.resolve("keys")), Clock.systemUTC());
            vault.seal(new SealedField("alice", "connection/1", "access_token", 1), new byte[] {1});
        }
    }

    private Map<String, Instant> files() throws IOException {
        try (var walk = Files.walk(home)) {
            var files = new TreeMap<String, Instant>();
            for (var path : walk.toList()) {
                files.put(path.toString(), Files.getLastModifiedTime(path).toInstant());
            }
            return files;
        }
    }

    @Test
    void freshInstallation_hasNothingInTheWay_andNothingIsMade() throws IOException {
        var before = files();

        var findings = examine();

        assertThat(bad(findings)).isEmpty();
        assertThat(findings).extracting(Finding::what).anyMatch(what -> what.contains("Sandbox"));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void serverThatRanBefore_isWhole_andNothingChanges() throws IOException {
        ran();
        var before = files();

        var findings = examine();

        assertThat(findings).extracting(Finding::mark).containsOnly(Mark.GOOD);
        assertThat(findings).extracting(Finding::what).anyMatch(what -> what.contains("fits the database"));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void databaseInUse_isLookedAtAllTheSame() throws IOException {
        ran();
        try (var database = Database.open(data.resolve("countersign.db"))) {
            database.write(connection -> Sql.update(connection, "DELETE FROM user_key WHERE user_id = 'nobody'"));

            assertThat(bad(examine())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server.port, many, whole numbers",
        "server.host, 0.0.0.0, loopback",
        "public-url, http://sign.example.com, https",
        "server.prot, 1, server.port"
    })
    void wrongSetting_isSaidWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        settings.put(key, value);

        var finding = bad(examine()).getFirst();

        assertThat(finding.what()).contains(key, allowed);
        assertThat(finding.mend()).isNotEmpty();
    }

    @Test
    void portOfAnotherProgram_isSaidWithItsKey() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            settings.put("server.private-port", Integer.toString(other.getLocalPort()));

            var finding = bad(examine()).getFirst();

            assertThat(finding.what()).contains(Integer.toString(other.getLocalPort()), "not by Countersign");
            assertThat(finding.mend()).contains("server.private-port");
        }
    }

    @Test
    void portOfTheServerThatRunsOnTheData_isGood() throws IOException {
        ran();
        try (var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.WRITE);
                var lock = channel.lock();
                var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(lock.isValid()).isTrue();
            settings.put("server.port", Integer.toString(server.getLocalPort()));

            var findings = examine();

            assertThat(bad(findings)).isEmpty();
            assertThat(findings)
                    .extracting(Finding::what)
                    .anyMatch(what -> what.contains("is used by the Countersign that runs"));
        }
    }

    @Test
    void keyFileGone_isBadWhileTheDatabaseNeedsIt() throws IOException {
        ran();
        Files.delete(data.resolve("keys"));

        assertThat(bad(examine())).singleElement().satisfies(finding -> {
            assertThat(finding.what()).contains("keys", "missing");
            assertThat(finding.mend()).contains("backup");
        });
        assertThat(data.resolve("keys")).doesNotExist();
    }

    @Test
    void keyFileOfAnotherDatabase_isBad() throws IOException {
        ran();
        Files.delete(data.resolve("keys"));
        KeyRing.open(data.resolve("keys"));

        assertThat(bad(examine()))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("lacks");
    }

    @Test
    void keyFileOpenToOthers_isBad() throws IOException {
        ran();
        Files.setPosixFilePermissions(data.resolve("keys"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(bad(examine()))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("chmod 600");
    }

    @Test
    void fileThatIsNoDatabase_isBad() throws IOException {
        ran();
        Files.writeString(
                data.resolve("countersign.db"), "not a database, and longer than its header would be".repeat(20));

        assertThat(bad(examine()))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("does not open");
    }

    @Test
    void tablesOfANewerProgram_areBad_andOlderOnesANotice() throws IOException {
        ran();
        try (var database = Database.open(data.resolve("countersign.db"))) {
            database.write(connection -> {
                Sql.update(connection, "INSERT INTO migration (name) VALUES ('999-future.sql')");
                return Sql.update(connection, "DELETE FROM migration WHERE name = '090-retrieval.sql'");
            });
        }

        var findings = examine();

        assertThat(bad(findings))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("999-future.sql");
        assertThat(findings)
                .filteredOn(finding -> finding.mark() == Mark.NOTICE)
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("090-retrieval.sql");
    }

    @Test
    void folderOpenToOthers_isANotice() throws IOException {
        ran();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(examine())
                .filteredOn(finding -> finding.mark() == Mark.NOTICE)
                .singleElement()
                .extracting(Finding::mend)
                .asString()
                .contains("chmod 700");
    }

    @Test
    void clockBehindWhatIsStored_isBad() throws IOException {
        ran();
        var behind = Clock.fixed(Instant.now().minus(Duration.ofHours(1)), ZoneOffset.UTC);

        assertThat(bad(examine(behind)))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("clock");
    }

    @Test
    void ruleThatIsWrong_isBad() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/policy.yaml"), "rules:\n  - effect: send\n    tier: T1\n");

        assertThat(bad(examine()))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("rules[0].tier", "T2");
    }

    @Test
    void publicUrlOnAnotherPort_isBad() {
        settings.put("public-url", "http://localhost:1");

        assertThat(bad(examine()))
                .singleElement()
                .extracting(Finding::mend)
                .asString()
                .contains("public-url");
    }

    @Test
    void connectorOfAJar_isListedWithItsJar(@TempDir Path checkout) throws IOException {
        var jar = connectors().resolve("tasks.jar");
        MadeConnector.make(checkout, "jar-tasks").pack(jar);

        assertThat(examine())
                .filteredOn(finding -> finding.what().contains("Jar tasks"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.mark()).isEqualTo(Mark.GOOD);
                    assertThat(finding.what())
                            .contains("connectors.jar-tasks, from " + jar, "/connect/jar-tasks/callback");
                });
    }

    @Test
    void jarThatIsLeftOut_isANoticeWithTheReason(@TempDir Path checkout) throws IOException {
        Files.writeString(connectors().resolve("text.jar"), "no jar");
        MadeConnector.make(checkout.resolve("one"), "sandbox").pack(connectors().resolve("taken.jar"));
        MadeConnector.make(checkout.resolve("two"), "open").pack(connectors().resolve("writable.jar"));
        Files.setPosixFilePermissions(
                connectors().resolve("writable.jar"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(examine())
                .filteredOn(finding -> finding.what().contains("is left out"))
                .allMatch(finding -> finding.mark() == Mark.NOTICE)
                .extracting(finding -> finding.what() + ". " + finding.mend())
                .satisfiesExactly(
                        said -> assertThat(said)
                                .contains("taken.jar", "there is a connector 'sandbox' already", "one of the two"),
                        said -> assertThat(said).contains("text.jar", "it is no jar, or a damaged one", "the folder"),
                        said -> assertThat(said).contains("writable.jar", "chmod o-w", "the folder"));
    }

    @Test
    void settingsOfAConnectorThatIsNotThere_areANotice() {
        settings.put("connectors.jar-tasks.client-id", "id-1");
        settings.put("connectors.jar-tasks.client-secret", "secret-1");

        assertThat(examine())
                .filteredOn(finding -> finding.what().contains("connectors.jar-tasks"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.mark()).isEqualTo(Mark.NOTICE);
                    assertThat(finding.mend()).contains("jar");
                });
    }

    private Path connectors() throws IOException {
        return Files.createDirectories(data.resolve("connectors"));
    }
}
