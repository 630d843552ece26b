package dev.countersign.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    @TempDir
    Path home;

    private Config read(Map<String, String> environment) {
        return Config.read(home, environment, Map.of());
    }

    private void file(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/countersign.yaml"), yaml);
    }

    @Test
    void nothingSet_givesTheContractsDefaults() {
        var config = read(Map.of());
        assertThat(config.publicUrl()).isEqualTo("http://localhost:8484");
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.privatePort()).isEqualTo(8486);
        assertThat(config.dataFolder()).isEqualTo(home.resolve("data"));
        assertThat(config.connectors().get("sandbox").enabled()).isEqualTo("auto");
        assertThat(config.connectors().get("sandbox").other()).containsEntry("port", "8485");
    }

    @Test
    void environment_winsOverTheFile_andTheCommandLineOverBoth() throws IOException {
        file("server:\n  port: 1111\n  private-port: 1112\n");
        var config =
                Config.read(home, Map.of("COUNTERSIGN_SERVER_PRIVATE_PORT", "2222"), Map.of("server.port", "3333"));
        assertThat(config.http().port()).isEqualTo(3333);
        assertThat(config.publicUrl()).isEqualTo("http://localhost:3333");
        assertThat(config.privatePort()).isEqualTo(2222);
    }

    @Test
    void keyThatStandsTwice_isNamedWithWhatToDo() throws IOException {
        file("connectors:\n  a-b:\n    client-id: x\nserver:\n  port: 1111\nconnectors:\n  c-d:\n    client-id: y\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("is no valid YAML: line 6: 'connectors' stands twice; put both under one");
    }

    @Test
    void unknownKey_stopsAndNamesTheKnownOnes() throws IOException {
        file("server:\n  prot: 1111\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server.prot")
                .hasMessageContaining("server.port");
        assertThatThrownBy(() -> Config.read(home.resolve("other"), Map.of("COUNTERSIGN_PROT", "1"), Map.of()))
                .hasMessageContaining("COUNTERSIGN_PROT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COUNTERSIGN_SERVER_PORT|abc|server.port is 'abc'; allowed are whole numbers from 0 to 65535",
                "COUNTERSIGN_OAUTH_DYNAMIC_REGISTRATION|yes|allowed are true, false",
                "COUNTERSIGN_PUBLIC_URL|http://sign.example.com|use https",
                "COUNTERSIGN_PUBLIC_URL|https://sign.example.com/path|allowed is scheme, host and port",
                "COUNTERSIGN_SERVER_HOST|0.0.0.0|there is no TLS",
                "COUNTERSIGN_SERVER_TLS_PASSWORD|x|belong together",
                "COUNTERSIGN_SERVER_TRUSTED_PROXIES|10.0.0.0/99|no address or network",
                "COUNTERSIGN_DATABASE_URL|mysql://me:pw@host/db|jdbc:sqlite:",
            })
    void wrongValue_saysKeyValueAndWhatIsAllowed(String variable, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("me:pw");
    }

    @Test
    void halfSetConnector_stops() {
        assertThatThrownBy(() -> Config.read(home, Map.of(), Map.of("connectors.google.client-id", "x")))
                .hasMessageContaining("connectors.google.client-secret");
    }

    @Test
    void secretInAFile_isReadAndNeverSaid() throws IOException {
        var secret = Files.writeString(home.resolve("secret"), "canary-password\n");
        var keystore = Files.writeString(home.resolve("key.p12"), "");
        var config = read(Map.of(
                "COUNTERSIGN_SERVER_TLS_PASSWORD_FILE", secret.toString(),
                "COUNTERSIGN_SERVER_TLS_KEYSTORE", keystore.toString(),
                "COUNTERSIGN_PUBLIC_URL", "https://sign.example.com"));
        assertThat(config.http().tls().orElseThrow().password()).isEqualTo("canary-password");
        assertThat(config.toString()).doesNotContain("canary-password");
        assertThat(config.said()).containsEntry("server.tls-password", "set");
    }

    @Test
    void brokenYaml_saysWhere() throws IOException {
        file("server:\n  port: [\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line");
    }
}
