package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.UpstreamException;
import dev.countersign.store.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a link. RFC 7009. */
class DisconnectTest {
    @TempDir
    Path folder;

    private LinkFront front;
    private LinkedAccount account;

    @BeforeEach
    void start() throws IOException {
        front = new LinkFront(folder);
        account = front.linkedAlice();
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private String disconnected() {
        try (var browser = front.browser()) {
            var asked = front.open(browser, LinkFront.ALICE, "/connections/" + account.id() + "/disconnect");
            return browser.press(asked, "Disconnect " + LinkFront.ALICE, Map.of())
                    .text();
        }
    }

    private int live() {
        return front.tokens(LinkFront.ALICE).get("families").asInt();
    }

    private int kept() {
        return front.database.read(c -> Sql.first(c, "SELECT count(*) FROM revocation", row -> row.getInt(1))
                .orElseThrow());
    }

    @Test
    void providerConfirms_saysSo() {
        var heard = new ArrayList<String>();
        front.connections.listen(new ConnectionListener() {
            @Override
            public void linked(LinkedAccount linked) {}

            @Override
            public void changed(LinkedAccount changed) {}

            @Override
            public void disconnected(LinkedAccount gone) {
                heard.add(gone.id());
            }
        });
        assertThat(disconnected()).contains("Sandbox confirmed that the keys");
        assertThat(heard).containsExactly(account.id());
        assertThat(live()).isZero();
        assertThat(kept()).isZero();
        assertThat(front.connections.of(front.alice.id())).isEmpty();
        assertThat(front.audit).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo("account.disconnected");
            assertThat(event.detail()).containsEntry("revocation", "confirmed");
        });
    }

    @Test
    void providerDoesNotAnswer_erasesHereAndAsksAgainUntilItConfirms() {
        front.fault("revoke", "500", 2);
        assertThat(disconnected()).contains("did not confirm");
        assertThat(front.connections.of(front.alice.id())).isEmpty();
        assertThat(live()).isOne();
        front.connections.sweep();
        assertThat(kept()).isOne();
        front.clock.advance(Duration.ofMinutes(2));
        front.connections.sweep();
        assertThat(kept()).isOne();
        front.clock.advance(Duration.ofMinutes(5));
        front.connections.sweep();
        assertThat(kept()).isZero();
        assertThat(live()).isZero();
    }

    @Test
    void revocationNeverConfirmed_isGivenUpAfterADay() {
        front.fault("revoke", "500", 2);
        disconnected();
        front.clock.advance(Duration.ofDays(1));
        front.connections.sweep();
        assertThat(kept()).isZero();
    }

    @Test
    void callAfterDisconnection_saysSo() {
        var upstream = front.connections.upstream(account);
        disconnected();
        assertThatThrownBy(() -> upstream.get("userinfo").send())
                .isInstanceOf(UpstreamException.class)
                .hasMessageContaining("was disconnected");
    }
}
