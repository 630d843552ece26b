package dev.countersign.connector.sandbox;

import dev.countersign.connector.Account;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.testkit.ConnectorContract;
import dev.countersign.connector.testkit.Sample;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.When;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SandboxContractTest extends ConnectorContract {
    private static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    private final Bench bench;
    private final SandboxConnector connector = new SandboxConnector();
    private int made;

    SandboxContractTest(@TempDir Path folder) throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected Provider provider() {
        return connector.provider(bench.running.settings());
    }

    @Override
    protected Clock clock() {
        return bench.clock;
    }

    @Override
    protected TestAccount link() {
        var account = new Account(
                "acc1",
                "sandbox",
                "work",
                "alice@example.com",
                provider().scopes().keySet());
        return TestAccount.of(
                account, connector, provider(), bench.link("alice@example.com").access());
    }

    private String key() {
        made++;
        return "%026d".formatted(made);
    }

    private static EventDraft meeting(String... guests) {
        var start = OffsetDateTime.parse("2026-03-20T09:00:00+01:00");
        return new EventDraft(
                "Meeting",
                new When.Timed(start, start.plusHours(1), ZONE),
                "Room 1",
                "",
                List.of(guests).stream().map(Attendee::invited).toList(),
                List.of(),
                true);
    }

    private String event(CalendarService calendar) {
        return calendar.create(CalendarService.PRIMARY, meeting(), false, key()).id();
    }

    /** What Bob's invitation is in alice's calendar. */
    private String invitation(CalendarService calendar) {
        var bob = new SandboxCalendar(bench.upstream("bob@example.com"));
        bob.create(CalendarService.PRIMARY, meeting("alice@example.com"), true, key());
        return calendar
                .events(CalendarService.PRIMARY, meeting().when().window(ZONE), Optional.empty(), 50, Optional.empty())
                .items()
                .stream()
                .filter(event -> event.title().equals("Meeting") && !event.own())
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Outgoing mail(String to, String subject) {
        var file = new FileContent("a.txt", "text/plain", "abc".getBytes(StandardCharsets.UTF_8));
        return new Outgoing(
                List.of(Mailbox.of(to)), List.of(), List.of(), subject, "Words", List.of(file), Optional.empty());
    }

    /** A message with a file in alice's inbox. */
    private String received(SandboxMail alice) {
        var subject = "Sample " + key();
        new SandboxMail(bench.upstream("bob@example.com")).send(mail("alice@example.com", subject), key());
        return alice.search(MailQuery.in("inbox"), 100, Optional.empty()).items().stream()
                .filter(message -> message.subject().equals(subject))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Sample sample(String tool, String arguments, Object... values) {
        return new Sample(tool, arguments.replace('\'', '"').formatted(values));
    }

    @Override
    protected List<Sample> samples(TestAccount account) {
        var calendar = new SandboxCalendar(account.upstream());
        var mail = new SandboxMail(account.upstream());
        var message = mail.message(received(mail)).orElseThrow();
        var file = message.attachments().getFirst().id();
        var draft = mail.createDraft(mail("bob@example.com", "Draft"), key())
                .draftId()
                .orElseThrow();
        var sending = mail.createDraft(mail("bob@example.com", "Ready"), key())
                .draftId()
                .orElseThrow();
        return List.of(
                sample("calendar_list_calendars", "{}"),
                sample("calendar_list_events", "{'from': '2026-03-18', 'limit': 5}"),
                sample("calendar_search_events", "{'text': 'stand'}"),
                sample("calendar_get_event", "{'id': '%s'}", event(calendar)),
                sample("calendar_find_free_time", "{'minutes': 30, 'attendees': ['bob@example.com']}"),
                sample(
                        "calendar_create_event",
                        "{'title': 'New', 'start': '2026-03-23T10:00', 'end': '2026-03-23T11:00', 'attendees': ['Bob"
                                + " <bob@example.com>'], 'recurrence': 'RRULE:FREQ=WEEKLY;COUNT=3'}"),
                sample(
                        "calendar_update_event",
                        "{'id': '%s', 'title': 'Other', 'start': '2026-03-20T14:00', 'addAttendees':"
                                + " ['bob@example.com']}",
                        event(calendar)),
                sample("calendar_delete_event", "{'id': '%s'}", event(calendar)),
                sample(
                        "calendar_respond",
                        "{'id': '%s', 'answer': 'accepted', 'comment': 'Yes'}",
                        invitation(calendar)),
                sample("mail_search", "{'limit': 5}"),
                sample("mail_get_message", "{'id': '%s'}", message.id()),
                sample("mail_get_thread", "{'threadId': '%s'}", message.threadId()),
                sample("mail_list_folders", "{}"),
                sample("mail_get_attachment", "{'messageId': '%s', 'attachmentId': '%s'}", message.id(), file),
                sample("mail_create_draft", "{'inReplyTo': '%s', 'body': 'Dear Bob'}", message.id()),
                sample("mail_update_draft", "{'draftId': '%s', 'body': 'Other words'}", draft),
                sample("mail_send_draft", "{'draftId': '%s'}", sending),
                sample("mail_send", "{'to': ['bob@example.com'], 'subject': 'Hi', 'body': 'Words'}"),
                sample("mail_reply", "{'messageId': '%s', 'body': 'Yes', 'all': true}", message.id()),
                sample("mail_forward", "{'messageId': '%s', 'to': ['carla@example.com']}", message.id()),
                sample("mail_move", "{'messageId': '%s', 'folder': 'archive'}", received(mail)),
                sample("mail_trash", "{'messageId': '%s'}", received(mail)),
                sample("contacts_search", "{'text': 'bob'}"),
                sample("files_search", "{'text': 'atlas'}"),
                sample("files_get", "{'id': 'atlasplan'}"));
    }
}
