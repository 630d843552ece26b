package dev.countersign.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step makes of the rows that stand in the tables before it. */
class MigrationsTest {
    private Connection connection;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
        Sql.pragma(connection, "foreign_keys = 1");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void runUntil(String step) throws SQLException {
        Migrations.run(connection, Migrations.IN_ORDER.subList(0, Migrations.IN_ORDER.indexOf(step)));
    }

    private void grant(String id) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO oauth_grant (id, user_id, client_id, client_name, client_host, redirect, scopes,"
                        + " authenticated_at, created_at, last_used_at, expires_at)"
                        + " VALUES (?, 'alice', 'app', 'App', 'app.example', 'x', 'mail:read', 1, 1, 1, 9)",
                id);
    }

    private void token(String digest, String grantId, int issuedAt, String rotation) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO refresh_token (digest, grant_id, issued_at, expires_at, rotated_at, successor_digest,"
                        + " successor) VALUES (?, ?, ?, 9, " + rotation + ")",
                digest,
                grantId,
                issuedAt);
    }

    @Test
    void refreshTokens_becomeOneLineageOfEachGrant() throws SQLException {
        runUntil("026-refresh-lineage.sql");
        grant("fresh");
        token("only", "fresh", 1, "NULL, NULL, NULL");
        grant("used");
        token("first", "used", 1, "2, 'second', x'01'");
        token("second", "used", 2, "3, 'third', x'02'");
        token("third", "used", 3, "NULL, NULL, NULL");
        grant("without");

        Migrations.run(connection);

        var table = new RefreshLineageTable();
        assertThat(table.of(connection, "without")).isEmpty();
        assertThat(table.of(connection, "fresh")).hasValueSatisfying(lineage -> {
            assertThat(lineage.digest()).isEqualTo("only");
            assertThat(lineage.generation()).isZero();
            assertThat(lineage.last()).isEmpty();
        });
        assertThat(table.of(connection, "used")).hasValueSatisfying(lineage -> {
            assertThat(lineage.digest()).isEqualTo("third");
            assertThat(lineage.last()).hasValueSatisfying(last -> {
                assertThat(last.digest()).isEqualTo("second");
                assertThat(last.at().toEpochMilli()).isEqualTo(3);
                assertThat(last.successor()).isEqualTo("\u0002".getBytes(StandardCharsets.US_ASCII));
            });
        });
        assertThat(table.ofNameless(connection, "first"))
                .hasValueSatisfying(lineage -> assertThat(lineage.grantId()).isEqualTo("used"));
        assertThat(table.ofNameless(connection, "unknown")).isEmpty();
    }
}
