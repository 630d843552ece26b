package dev.countersign.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.standards.Host;
import dev.countersign.connector.testkit.TestUpstream;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Window;
import dev.countersign.front.CountersignServer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Accounts at a host of their own: Radicale, and GreenMail. Invitations go by mail, which a calendar program reads. */
final class StandardsAccounts implements PlayedProvider {
    private static final Window SOME_TIME =
            new Window(Instant.parse("2031-01-01T00:00:00Z"), Instant.parse("2031-01-02T00:00:00Z"));

    private final Host host = new Host();
    private final Map<String, TestUpstream> upstreams = new LinkedHashMap<>();

    StandardsAccounts() {
        upstreams.put(CountersignServer.ALICE, host.newPerson());
        upstreams.put(CountersignServer.BOB, host.newPerson());
        Host.addContact(upstream(CountersignServer.ALICE), "bob", """
            BEGIN:VCARD
            VERSION:3.0
            UID:bob
            FN:Bob Baker
            N:Baker;Bob;;;
            EMAIL;TYPE=work:%s
            END:VCARD
            """.formatted(address(CountersignServer.BOB)));
    }

    TestUpstream upstream(String person) {
        return Optional.ofNullable(upstreams.get(person)).orElseThrow();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("connectors.standards.enabled", "true", "connectors.standards.plain-loopback", "true");
    }

    @Override
    public void link(CountersignServer server, Desk desk, String person) {
        var surfer = desk.surfer();
        var form = surfer.press(
                surfer.open("/connect/standards"), "Find servers", Map.of("Mail address", address(person)));
        var connect = form.document().select("button[type=submit]").eachText().stream()
                .filter(text -> text.startsWith("Connect "))
                .findFirst()
                .orElseThrow();
        var linked = surfer.press(
                form,
                connect,
                Map.of(
                        "Calendar server (CalDAV)",
                        host.davUrl().toString(),
                        "Contacts server (CardDAV)",
                        host.davUrl().toString(),
                        "Mail server (IMAP)",
                        "imap://127.0.0.1:" + host.imapPort(),
                        "Server for sending (SMTP)",
                        "smtp://127.0.0.1:" + host.smtpPort(),
                        "App password",
                        Host.PASSWORD));
        assertThat(linked.text()).contains(address(person) + " is linked");
    }

    @Override
    public String address(String person) {
        return upstream(person).address().orElseThrow();
    }

    @Override
    public Letter letter(CountersignServer server) {
        var alice = address(CountersignServer.ALICE);
        host.deliver(alice, Seeds.letter(Seeds.PLAN, alice), address(CountersignServer.BOB));
        return Seeds.PLAN;
    }

    @Override
    public void settle() {
        upstreams
                .values()
                .forEach(upstream -> host.calendar(upstream)
                        .events(CalendarService.PRIMARY, SOME_TIME, Optional.empty(), 1, Optional.empty()));
    }

    @Override
    public boolean knowsOthersBusyTimes() {
        return false;
    }

    @Override
    public void close() {
        host.close();
    }
}
