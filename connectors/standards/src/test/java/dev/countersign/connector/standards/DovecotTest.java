package dev.countersign.connector.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.testkit.Dovecot;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.Folder.Role;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real IMAP server does that the contract does not ask about. */
class DovecotTest {
    private static final String KEY = "0123456789abcdefghijklmnop";

    /** One folder of a team that calls it drafts, and little room. */
    private static final String SHARED = """
        namespace team {
          type = public
          separator = /
          prefix = Team/
          location = maildir:%h/../team
          subscriptions = no
          mailbox Drafts {
            auto = create
            special_use = \\Drafts
          }
        }
        protocol imap {
          mail_plugins = quota imap_quota
        }
        plugin {
          quota = maildir:User quota
          quota_rule = *:storage=100K
        }
        """;

    private static Dovecot dovecot;

    private final DovecotHost host = new DovecotHost(dovecot);
    private final StandardsMail alice = host.mail(MailHost.ALICE);

    @BeforeAll
    static void start() {
        dovecot = DovecotHost.started(DovecotContractTest.BESIDE + SHARED);
    }

    @AfterAll
    static void end() {
        dovecot.close();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void deliver(String headers, String body) {
        var message = headers.replace("\n", "\r\n") + "\r\n" + body.replace("\n", "\r\n");
        host.deliver(MailHost.ALICE, message.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void deliver(String subject) {
        deliver("""
            From: Bob <bob@example.com>
            To: alice@example.com
            Subject: %s
            Message-ID: <%s@example.com>
            Date: Wed, 18 Mar 2026 10:00:00 +0000
            """.formatted(subject, subject), "Words\n");
    }

    private List<Message> in(String folder) {
        return alice.search(MailQuery.in(folder), 20, Optional.empty()).items();
    }

    private List<Message> holding(String text) {
        var query = new MailQuery(
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return alice.search(query, 20, Optional.empty()).items();
    }

    private String idOf(Role role) {
        return alice.folders().stream()
                .filter(folder -> folder.role() == role)
                .map(Folder::id)
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow();
    }

    @Test
    void roles_areThoseThatTheHostNames() {
        assertThat(idOf(Role.DRAFTS)).isEqualTo("Entwürfe");
        assertThat(idOf(Role.SENT)).isEqualTo("Gesendete Objekte");
        assertThat(idOf(Role.TRASH)).isEqualTo("Müll");
        assertThat(idOf(Role.SPAM)).isEqualTo("Unerwünscht");
        assertThat(idOf(Role.ARCHIVE)).isEqualTo("Abgelegt/Alles von früher");
    }

    @Test
    void foldersOfATeam_canBeReadAndAreNotSearchedForOnesOwnMail() {
        deliver("Shared");
        var moved = alice.move(in("inbox").getFirst().id(), "Team/Drafts", KEY);
        assertThat(in("Team/Drafts")).extracting(Message::id).contains(moved.id());
        assertThat(holding("Shared")).isEmpty();
        assertThat(in("drafts")).isEmpty();
    }

    @Test
    void mailInANestedFolder_isFoundByItsOldId() {
        deliver("Nested");
        var id = in("inbox").getFirst().id();
        var moved = alice.move(id, "archive", KEY);
        assertThat(moved.id()).isNotEqualTo(id).endsWith("Abgelegt/Alles von früher");
        assertThat(alice.message(id).orElseThrow().id()).isEqualTo(moved.id());
    }

    @Test
    void folderNumberedAnew_oldIdsFindTheSameMessages() throws IOException {
        deliver("First");
        deliver("Second");
        var before = in("inbox");
        var list = Path.of(host.user(MailHost.ALICE, "dovecot-uidlist"));
        // RFC 9051 section 2.3.1.1: with another UIDVALIDITY the old numbers mean nothing
        var header = Pattern.compile("^3 V[0-9]+ N[0-9]+");
        Files.writeString(list, header.matcher(Files.readString(list)).replaceFirst("3 V4000000000 N3"));
        assertThat(in("inbox")).extracting(Message::id).doesNotContainAnyElementsOf(ids(before));
        for (var message : before) {
            assertThat(alice.message(message.id()).orElseThrow().subject()).isEqualTo(message.subject());
        }
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    @Test
    void words_areFoundWhateverTheyAreEncodedIn() {
        deliver("""
            From: =?utf-8?B?SsO8cmdlbg==?= <j@example.com>
            To: alice@example.com
            Subject: =?iso-8859-1?Q?Gr=FC=DFe?=
            Message-ID: <1@example.com>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable
            """, "sch=F6ne Stra=DFe\n");
        for (var word : List.of("Grüße", "GRÜSSE".replace("SS", "ß"), "schöne", "Straße", "Jürgen")) {
            assertThat(holding(word)).as(word).hasSize(1);
        }
        assertThat(holding("Straßen")).isEmpty();
        var message = alice.message(in("inbox").getFirst().id()).orElseThrow();
        assertThat(message.body().orElseThrow().text().strip()).isEqualTo("schöne Straße");
        assertThat(message.from().shown()).contains("Jürgen");
    }

    @Test
    void mailThatKeepsToNoStandard_isRead() {
        deliver("""
            From: alice@example.com, , <@>
            Subject: Gr\u00fc\u00dfe \u00e9 raw
            Date: yesterday
            Content-Type: text/plain; charset=no-such-charset
            Content-Transfer-Encoding: eightbit
            """, "caf\u00e9\n");
        var message = alice.message(in("inbox").getFirst().id()).orElseThrow();
        assertThat(message.subject()).startsWith("Gr").endsWith("raw");
        assertThat(message.body().orElseThrow().text()).startsWith("caf");
        assertThat(alice.thread(message.threadId())).hasSize(1);
        assertThat(alice.trash(message.id(), KEY).subject()).isEqualTo(message.subject());
    }

    @Test
    void mailboxFull_isSaid() {
        var mail = new Outgoing(
                List.of(Mailbox.of(MailHost.BOB)),
                List.of(),
                List.of(),
                "Large",
                "x".repeat(200 * 1024),
                List.of(),
                Optional.empty());
        var failure = catchThrowableOfType(UpstreamException.class, () -> alice.createDraft(mail, KEY));
        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.getMessage()).contains("full");
        assertThat(in("drafts")).isEmpty();
    }
}
