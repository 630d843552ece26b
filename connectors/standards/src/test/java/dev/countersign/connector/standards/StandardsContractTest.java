package dev.countersign.connector.standards;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.testkit.ConnectorContract;
import dev.countersign.connector.testkit.Sample;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.testkit.TestUpstream;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.When;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class StandardsContractTest extends ConnectorContract {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Host host = new Host();
    private final StandardsConnector connector = new StandardsConnector();
    private int made;
    private TestUpstream other;
    private String organizer;

    @AfterEach
    void stop() {
        host.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected Provider provider() {
        return host.provider();
    }

    /** A Wednesday. */
    @Override
    protected Clock clock() {
        return Clock.fixed(Instant.parse("2026-03-18T10:00:00Z"), ZoneOffset.UTC);
    }

    @Override
    protected TestAccount link() {
        return host.account();
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

    /** An invitation that a calendar program has put into the calendar. */
    private String invitation(TestAccount account) {
        var self = account.account().address();
        var draft = meeting(self);
        var calendar = EventWriting.event(draft, "invitation@example.com", organizer, Instant.EPOCH);
        CalendarFolders.of(account.upstream()).named(CalendarService.PRIMARY).add("invitation.ics", calendar);
        return "invitation.ics";
    }

    private static Outgoing mail(String to, String subject) {
        var file = new FileContent("a.txt", "text/plain", "abc".getBytes(StandardCharsets.UTF_8));
        return new Outgoing(
                List.of(Mailbox.of(to)), List.of(), List.of(), subject, "Words", List.of(file), Optional.empty());
    }

    /** A message with a file in the inbox. */
    private String received(TestAccount account) {
        var subject = "Sample " + key();
        host.deliver(account.account().address(), mail(account.account().address(), subject), organizer);
        return new StandardsMail(account.upstream())
                .search(MailQuery.in("inbox"), 100, Optional.empty()).items().stream()
                        .filter(message -> message.subject().equals(subject))
                        .findFirst()
                        .orElseThrow()
                        .id();
    }

    private Sample sample(String tool, String arguments, Object... values) {
        return new Sample(
                tool, arguments.replace('\'', '"').replace("PEER", organizer).formatted(values));
    }

    @Override
    protected List<Sample> samples(TestAccount account) {
        other = host.newPerson();
        organizer = other.address().orElseThrow();
        Host.addContact(account.upstream(), "1", ContactsContractTest.card("3.0", "Bob", organizer));
        var calendar = new StandardsCalendar(account.upstream());
        var mail = new StandardsMail(account.upstream());
        var message = mail.message(received(account)).orElseThrow();
        var file = message.attachments().getFirst().id();
        var draft = mail.createDraft(mail(organizer, "Draft"), key()).draftId().orElseThrow();
        var sending =
                mail.createDraft(mail(organizer, "Ready"), key()).draftId().orElseThrow();
        return List.of(
                sample("calendar_list_calendars", "{}"),
                sample("calendar_list_events", "{'from': '2026-03-18', 'limit': 5}"),
                sample("calendar_search_events", "{'text': 'stand'}"),
                sample("calendar_get_event", "{'id': '%s'}", event(calendar)),
                sample("calendar_find_free_time", "{'minutes': 30, 'attendees': ['PEER']}"),
                sample(
                        "calendar_create_event",
                        "{'title': 'New', 'start': '2026-03-23T10:00', 'end': '2026-03-23T11:00', 'attendees': ['Bob"
                                + " <PEER>'], 'recurrence': 'RRULE:FREQ=WEEKLY;COUNT=3'}"),
                sample(
                        "calendar_update_event",
                        "{'id': '%s', 'title': 'Other', 'start': '2026-03-20T14:00', 'addAttendees':" + " ['PEER']}",
                        event(calendar)),
                sample("calendar_delete_event", "{'id': '%s'}", event(calendar)),
                sample("calendar_respond", "{'id': '%s', 'answer': 'accepted', 'comment': 'Yes'}", invitation(account)),
                sample("mail_search", "{'limit': 5}"),
                sample("mail_get_message", "{'id': '%s'}", message.id()),
                sample("mail_get_thread", "{'threadId': '%s'}", message.threadId()),
                sample("mail_list_folders", "{}"),
                sample("mail_get_attachment", "{'messageId': '%s', 'attachmentId': '%s'}", message.id(), file),
                sample("mail_create_draft", "{'inReplyTo': '%s', 'body': 'Dear Bob'}", message.id()),
                sample("mail_update_draft", "{'draftId': '%s', 'body': 'Other words'}", draft),
                sample("mail_send_draft", "{'draftId': '%s'}", sending),
                sample("mail_send", "{'to': ['PEER'], 'subject': 'Hi', 'body': 'Words'}"),
                sample("mail_reply", "{'messageId': '%s', 'body': 'Yes', 'all': true}", message.id()),
                sample("mail_forward", "{'messageId': '%s', 'to': ['PEER']}", message.id()),
                sample("mail_move", "{'messageId': '%s', 'folder': 'archive'}", received(account)),
                sample("mail_trash", "{'messageId': '%s'}", received(account)),
                sample("contacts_search", "{'text': 'bob'}"));
    }
}
