package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.connector.UpstreamException;
import dev.countersign.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a provider gave is nowhere to be read: not in a log line, an exception, a page or a byte of the data folder. */
class CanaryTest {
    /** The sandbox's prefixes of access tokens, refresh tokens, codes and client secrets. */
    private static final List<String> CANARIES = List.of("sbx_at_", "sbx_rt_", "sbx_ac_", "sbx_cs_");

    @TempDir
    Path folder;

    @Test
    void tokens_areNowhere() throws IOException {
        var events = new ListAppender<ILoggingEvent>();
        events.start();
        var root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        var ours = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.countersign");
        root.addAppender(events);
        ours.setLevel(Level.TRACE);
        var said = new ArrayList<String>();
        try (var front = new LinkFront(folder)) {
            var account = front.linkedAlice();
            for (var fault : List.of("broken-json", "500", "invalid_grant", "drop-after")) {
                front.clock.advance(Duration.ofMinutes(6));
                front.fault("token", fault, 1);
                try {
                    front.connections.upstream(account).get("userinfo").send();
                } catch (UpstreamException e) {
                    said.add(e + " " + e.getCause());
                }
            }
            assertThat(connectionRow(front)).doesNotContain(LinkFront.ALICE);
            try (var browser = front.browser()) {
                said.add(front.open(browser, LinkFront.ALICE, "/connections")
                        .document()
                        .html());
                front.fault("revoke", "500", 1);
                var asked = front.open(browser, LinkFront.ALICE, "/connections/" + account.id() + "/disconnect");
                said.add(browser.press(asked, "Disconnect " + LinkFront.ALICE, Map.of())
                        .document()
                        .html());
            }
            assertNothingIn(front.data());
        } finally {
            root.detachAppender(events);
            ours.setLevel(null);
        }
        events.list.forEach(event -> {
            said.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        });
        assertThat(events.list).isNotEmpty();
        assertThat(said).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain(CANARIES));
    }

    /** All that stands in the row, as characters. */
    private static String connectionRow(LinkFront front) {
        return front.database.read(c -> Sql.first(c, "SELECT * FROM connection", row -> {
                    var all = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        var bytes = row.getBytes(i);
                        all.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1))
                                .append('\n');
                    }
                    return all.toString();
                })
                .orElseThrow());
    }

    private static void assertNothingIn(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(CANARIES).as(file.toString()).noneMatch(bytes::contains);
            }
        }
    }
}
