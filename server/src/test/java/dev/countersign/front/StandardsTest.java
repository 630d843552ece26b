package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.countersign.client.Browser;
import dev.countersign.client.ModernClient.Answer;
import dev.countersign.front.CountersignServer.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's own mail and calendar: Radicale and GreenMail, linked over the page with an app password. */
class StandardsTest {
    private static final String ACCOUNT = "alice@home.invalid";
    private static final String FRIEND = "bob@home.invalid";
    private static final String APP_PASSWORD = "app-password-of-alice";

    private static GreenMail mail;
    private static Radicale radicale;
    private static CountersignServer server;
    private static AttachedApp app;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        mail = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
        });
        mail.start();
        mail.setUser(ACCOUNT, ACCOUNT, APP_PASSWORD);
        mail.setUser(FRIEND, FRIEND, "unknown");
        var ports = Ports.free();
        radicale =
                Radicale.start(Files.createDirectory(home.resolve("radicale")), ports.sandbox(), ACCOUNT, APP_PASSWORD);
        var settings = Map.of("connectors.standards.enabled", "true", "connectors.standards.plain-loopback", "true");
        server = CountersignServer.start(home, true, ports, settings);
        link();
        app = server.attach(ALICE, "Own mail");
    }

    @AfterAll
    static void stop() {
        server.close();
        radicale.close();
        mail.stop();
    }

    private static void link() {
        try (var browser = new Browser("nowhere:")) {
            var first = browser.signInIfAsked(browser.open(server.page("/connect/standards")), ALICE, PASSWORD);
            var form = browser.press(first, "Find servers", Map.of("Mail address", ACCOUNT));
            var connect = form.document().select("button[type=submit]").eachText().stream()
                    .filter(text -> text.startsWith("Connect "))
                    .findFirst()
                    .orElseThrow();
            var page = browser.press(
                    form,
                    connect,
                    Map.of(
                            "Calendar server (CalDAV)",
                            radicale.url().toString(),
                            "Contacts server (CardDAV)",
                            radicale.url().toString(),
                            "Mail server (IMAP)",
                            "imap://127.0.0.1:" + mail.getImap().getPort(),
                            "Server for sending (SMTP)",
                            "smtp://127.0.0.1:" + mail.getSmtp().getPort(),
                            "App password",
                            APP_PASSWORD));
            assertThat(page.text()).contains(ACCOUNT + " is linked");
        }
    }

    private static Answer call(String tool, Map<String, Object> arguments) {
        try (var client = app.modern(AttachedApp.NOTHING)) {
            return client.callTool(tool, arguments);
        }
    }

    /** In the friend's own inbox; the sender's folders hold a copy. */
    private static long arrived(String subject) {
        try {
            var inbox = mail.getManagers()
                    .getImapHostManager()
                    .getInbox(mail.getUserManager().getUserByEmail(FRIEND));
            return inbox.getMessages().stream()
                    .filter(message -> subjectOf(message.getMimeMessage()).equals(subject))
                    .count();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subjectOf(MimeMessage message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void accounts_nameTheLinkedOne() {
        assertThat(Calls.text(call("accounts_list", Map.of()))).contains(ACCOUNT, "works");
    }

    @Test
    void approvedMail_arrivesOnce() {
        var subject = "By our own servers";
        var asked = call("mail_send", Calls.mail(FRIEND, subject));
        assertThat(Calls.status(asked)).isEqualTo("confirmation_required");
        assertThat(arrived(subject)).isZero();

        try (var alice = server.surfer(ALICE)) {
            alice.approve(Calls.page(asked));
        }
        var outcome = Await.found("the mail's outcome", () -> {
            var answer = call("mail_send", Calls.mail(FRIEND, subject));
            return Calls.status(answer).isEmpty() ? Optional.of(answer) : Optional.empty();
        });

        assertThat(Calls.text(outcome)).as("outcome").isNotEmpty();
        assertThat(Calls.failed(outcome)).as(Calls.text(outcome)).isFalse();
        assertThat(arrived(subject)).isOne();
    }

    @Test
    void mailAndCalendar_areRead() {
        for (var tool : Map.<String, Map<String, Object>>of(
                        "mail_list_folders", Map.of(), "calendar_list_calendars", Map.of())
                .entrySet()) {
            var answer = call(tool.getKey(), tool.getValue());
            assertThat(Calls.failed(answer)).as(Calls.text(answer)).isFalse();
        }
    }
}
