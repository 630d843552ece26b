package dev.countersign.console;

import dev.countersign.console.ApprovalViews.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every page with values of one kind: such as people write, or such as an attacker would. */
final class Samples {
    private static final Instant NOW = Instant.parse("2026-11-23T14:05:00Z");

    /** A page, its name in the preview and what stands in it. */
    record Page(
            String name, String template, boolean signedIn, boolean focused, String tab, Record view, String person) {
        Frame frame(String assets) {
            var face = signedIn
                    ? Optional.of(new Frame.Face(
                            person, person.equals("Alice Example") ? "alice@example.com" : person, "AE", "csrf-token"))
                    : Optional.<Frame.Face>empty();
            var tabs = List.of(
                    tab("Approvals", "/approvals", Icon.APPROVALS, 2),
                    tab("Connections", "/connections", Icon.CONNECTIONS, 0),
                    tab("Activity", "/activity", Icon.ACTIVITY, 0),
                    tab("Clients", "/clients", Icon.CLIENTS, 0),
                    tab("Security", "/security", Icon.SECURITY, 0));
            return new Frame("Preview", assets, face, tabs, focused);
        }

        private Frame.Tab tab(String label, String href, Icon icon, int count) {
            return new Frame.Tab(label, href, icon, label.equals(tab), count);
        }
    }

    private final Times times = new Times(Clock.fixed(NOW, ZoneOffset.UTC), ZoneId.of("Europe/Lisbon"));
    private final Optional<String> hostile;
    private final List<Page> pages = new ArrayList<>();

    private Samples(Optional<String> hostile) {
        this.hostile = hostile;
        entry();
        consent();
        connections();
        approvals();
        records();
    }

    /** Values as they occur. */
    static List<Page> friendly() {
        return new Samples(Optional.empty()).pages;
    }

    /** The same pages with this text in the place of every value that others can choose. */
    static List<Page> hostile(String text) {
        return new Samples(Optional.of(text)).pages;
    }

    private String foreign(String text) {
        return hostile.orElse(text);
    }

    private void alone(String name, String template, Record view) {
        pages.add(new Page(name, template, false, false, "", view, foreign("Alice Example")));
    }

    private void mine(String name, String template, String tab, boolean focused, Record view) {
        pages.add(new Page(name, template, true, focused, tab, view, foreign("Alice Example")));
    }

    private void entry() {
        alone("start", "start", new EntryViews.Start(false));
        alone("start-new", "start", new EntryViews.Start(true));
        alone(
                "sign-in",
                "signin",
                new EntryViews.SignIn(Optional.empty(), Refusal.NONE, "", "/approvals", Optional.empty()));
        alone(
                "sign-in-again",
                "signin",
                new EntryViews.SignIn(
                        Optional.empty(),
                        Refusal.whole("That did not match", "Check the email and the password, and try again."),
                        foreign("alice@example.com"),
                        foreign("/authorize?client_id=x"),
                        Optional.of("An app asks to act for you. Sign in to see what it wants.")));
        alone(
                "welcome",
                "welcome",
                new EntryViews.Welcome(
                        foreign("token"),
                        Refusal.NONE,
                        foreign(""),
                        foreign(""),
                        12,
                        Zones.grouped(ZoneId.of("Europe/Lisbon"))));
        alone(
                "welcome-refused",
                "welcome",
                new EntryViews.Welcome(
                        foreign("token"),
                        new Refusal(
                                "Your sign-in is not made yet",
                                List.of(
                                        Refusal.Problem.at(
                                                "email", "This is not a mail address. Write it like name@example.com."),
                                        Refusal.Problem.at(
                                                "password",
                                                "This password is among the first that are guessed. Choose another."))),
                        foreign("alice@"),
                        foreign("Alice"),
                        12,
                        Zones.grouped(ZoneId.of("Europe/Lisbon"))));
        mine("attach", "attach", "Clients", false, new EntryViews.Attach("http://localhost:8484/mcp", false, ways()));
        alone(
                "failure",
                "failure",
                new EntryViews.Failure(
                        500,
                        "That did not work",
                        foreign("Something went wrong on our side. Nothing was changed twice."),
                        Optional.of("6f0d7a3e"),
                        new EntryViews.Link("Back to the start", "/")));
        alone(
                "missing",
                "failure",
                new EntryViews.Failure(
                        404,
                        "There is nothing here",
                        "The address may be mistyped, or what it named is gone or is not yours.",
                        Optional.empty(),
                        new EntryViews.Link("Back to the start", "/")));
    }

    private List<EntryViews.Way> ways() {
        return Ways.to("http://localhost:8484/mcp");
    }

    private void consent() {
        mine(
                "consent",
                "consent",
                "",
                false,
                new ConsentView(
                        "request-1",
                        foreign("Claude Code"),
                        "C",
                        foreign("claude.ai"),
                        foreign("127.0.0.1:33418"),
                        foreign("/authorize?client_id=x"),
                        List.of(
                                new ConsentView.Ask(
                                        "calendar:read", "See your calendars and events", Icon.CALENDAR, false, true),
                                new ConsentView.Ask("mail:read", "Read your mail", Icon.MAIL, false, false),
                                new ConsentView.Ask(
                                        "mail:send", "Send mail as you, after you approve it", Icon.MAIL, true, false),
                                new ConsentView.Ask(
                                        "search",
                                        "Search your mail, events and shared documents",
                                        Icon.SEARCH,
                                        false,
                                        false)),
                        List.of(Notice.warn(
                                "You have not used this app here before",
                                foreign("Go on only if you started this yourself a moment ago.")))));
    }

    private void connections() {
        var work = new ConnectionViews.Card(
                "a1",
                "Sandbox",
                "S",
                foreign("Work"),
                foreign("Work"),
                foreign("alice@example.com"),
                List.of("See your calendars and events", "Read your mail", "Send mail as you, after you approve it"),
                new Badge("Working", Notice.Tone.GOOD),
                Optional.empty(),
                Optional.empty(),
                "Give a new password",
                Optional.of("/connect/standards?account=a1"),
                times.ago(NOW.minusSeconds(86_400)),
                Optional.of(times.ago(NOW.minusSeconds(240))));
        var home = new ConnectionViews.Card(
                "a2",
                "Sandbox",
                "S",
                foreign("Home"),
                foreign("Work"),
                foreign("alice.example@home.test"),
                List.of("See your calendars and events"),
                new Badge("Needs you", Notice.Tone.WARN),
                Optional.of(foreign("Sandbox ended the link. Link the account again to go on using it.")),
                Optional.of("/connect/sandbox"),
                "Link it again",
                Optional.empty(),
                times.ago(NOW.minusSeconds(900_000)),
                Optional.empty());
        mine(
                "connections",
                "connections",
                "Connections",
                false,
                new ConnectionViews.All(
                        List.of(Notice.good("Work is linked", "Assistants that you allowed can use it now.")),
                        Refusal.NONE,
                        List.of(work, home),
                        List.of(new ConnectionViews.Offer("sandbox", "Sandbox", "S", true, List.of())),
                        false));
        mine(
                "connections-empty",
                "connections",
                "Connections",
                false,
                new ConnectionViews.All(
                        List.of(),
                        Refusal.NONE,
                        List.of(),
                        List.of(new ConnectionViews.Offer("sandbox", "Sandbox", "S", false, List.of())),
                        true));
        mine(
                "connections-refused",
                "connections",
                "Connections",
                false,
                new ConnectionViews.All(
                        List.of(),
                        Refusal.at(
                                "label-a2",
                                "Not renamed",
                                "Another of your accounts has this name. Choose another name."),
                        List.of(work, home),
                        List.of(),
                        false));
        mine(
                "disconnect",
                "disconnect",
                "Connections",
                false,
                new ConnectionViews.Disconnect("a1", foreign("Work"), foreign("alice@example.com"), "Sandbox", false));
        mine(
                "address",
                "address",
                "",
                false,
                new ConnectionViews.AddressForm(
                        "standards",
                        "Mail and calendar",
                        "M",
                        Optional.of(foreign("“Send mail” needs it.")),
                        foreign("alice@home.test"),
                        Refusal.at(
                                "address",
                                "That is no mail address",
                                "Write the mail address in full, for example alice@example.com."),
                        "/connect/standards",
                        List.of()));
        mine(
                "password",
                "password",
                "",
                false,
                new ConnectionViews.PasswordForm(
                        "standards",
                        "Mail and calendar",
                        "M",
                        false,
                        foreign("alice@home.test"),
                        foreign("alice"),
                        List.of(
                                new ConnectionViews.ServerField(
                                        "caldav",
                                        "Calendar server (CalDAV)",
                                        foreign("https://dav.home.test/"),
                                        "https://dav.example.com/"),
                                new ConnectionViews.ServerField(
                                        "imap", "Mail server (IMAP)", "", "imaps://imap.example.com:993")),
                        List.of(new ConnectionViews.Choice(
                                new ConnectionViews.Permission("mail:read", "Read your mail", Icon.MAIL), true)),
                        foreign("Home"),
                        List.of(),
                        new Refusal(
                                "Not linked",
                                List.of(
                                        Refusal.Problem.at(
                                                "server-caldav",
                                                foreign("Calendar server: dav.home.test is not known.")),
                                        Refusal.Problem.at(
                                                "app-password",
                                                foreign("Mail server: imap.home.test refused the password.")))),
                        "/connect/standards",
                        List.of()));
        mine(
                "connect",
                "connect",
                "",
                false,
                new ConnectionViews.Connect(
                        "sandbox",
                        "Sandbox",
                        "S",
                        Optional.of(foreign("“Send mail” needs an account that may send.")),
                        List.of(
                                new ConnectionViews.Choice(
                                        new ConnectionViews.Permission("mail:read", "Read your mail", Icon.MAIL),
                                        false),
                                new ConnectionViews.Choice(
                                        new ConnectionViews.Permission(
                                                "mail:send", "Send mail as you, after you approve it", Icon.MAIL),
                                        false)),
                        "127.0.0.1:8485",
                        foreign(""),
                        Refusal.at(
                                "scopes",
                                "Nothing is ticked",
                                "Tick at least one thing that the account may be used for."),
                        "/connect/sandbox",
                        List.of()));
    }

    private static ApprovalViews.Text plain(String text) {
        return new ApprovalViews.Text(List.of(new Run(text, false)), List.of(), Optional.empty(), false);
    }

    private void approvals() {
        var waiting = new ApprovalViews.Item(
                "/approvals/x1",
                foreign("Claude Code"),
                "Send mail",
                Optional.of(foreign("Work")),
                List.of(new Run(foreign("bob@example.com"), false)),
                times.ago(NOW.minusSeconds(130)),
                Optional.of(times.until(NOW.plusSeconds(490))),
                new Badge("Waiting", Notice.Tone.NOTE));
        var other = new ApprovalViews.Item(
                "/approvals/x2",
                foreign("Cursor"),
                "Delete event",
                Optional.of(foreign("Home")),
                List.of(new Run(foreign("Planning week, Thursday 26 November, 10:00 to 11:30"), false)),
                times.ago(NOW.minusSeconds(30)),
                Optional.of(times.until(NOW.plusSeconds(570))),
                new Badge("Waiting", Notice.Tone.NOTE));
        var sent = new ApprovalViews.Item(
                "/approvals/x3",
                foreign("Claude Code"),
                "Reply to mail",
                Optional.of(foreign("Work")),
                List.of(new Run(foreign("Re: Lunch on Friday?"), false)),
                times.ago(NOW.minusSeconds(7_200)),
                Optional.empty(),
                new Badge("Done", Notice.Tone.GOOD));
        var declined = new ApprovalViews.Item(
                "/approvals/x4",
                foreign("Claude Code"),
                "Forward mail",
                Optional.of(foreign("Work")),
                List.of(new Run(foreign("billing@examp"), false), new Run("U+0142", true), new Run("e.com", false)),
                times.ago(NOW.minusSeconds(90_000)),
                Optional.empty(),
                new Badge("Declined", Notice.Tone.NOTE));
        mine(
                "approvals",
                "approvals",
                "Approvals",
                false,
                new ApprovalViews.Inbox(List.of(), List.of(waiting, other), List.of(sent, declined), true));
        mine(
                "approvals-empty",
                "approvals",
                "Approvals",
                false,
                new ApprovalViews.Inbox(List.of(), List.of(), List.of(sent), true));
        mine(
                "approvals-new",
                "approvals",
                "Approvals",
                false,
                new ApprovalViews.Inbox(List.of(), List.of(), List.of(), false));
        question("approval", true, false, new Badge("Waiting for you", Notice.Tone.WARN), Optional.empty(), false);
        question(
                "approval-running",
                false,
                true,
                new Badge("Running", Notice.Tone.NOTE),
                Optional.of(Notice.note("Approved. It is being done now.", "This page tells when it is done.")),
                true);
        question(
                "approval-done",
                false,
                false,
                new Badge("Done", Notice.Tone.GOOD),
                Optional.of(Notice.good("Done, once", "Exactly what stands below was carried out.")),
                true);
        question(
                "approval-failed",
                false,
                false,
                new Badge("Failed", Notice.Tone.BAD),
                Optional.of(Notice.bad("It did not work", foreign("Sandbox refused to send the mail (403)."))),
                true);
    }

    private void question(
            String name, boolean open, boolean moving, Badge state, Optional<Notice> outcome, boolean countersigned) {
        var body = new StringBuilder();
        for (int i = 1; i <= 24; i++) {
            body.append(i)
                    .append(". The figures for week ")
                    .append(i)
                    .append(" are in the shared folder, as agreed.\n");
        }
        var odd = new ApprovalViews.Text(
                List.of(new Run("billing@ex", false), new Run("U+202E", true), new Run(foreign("аmple.com"), false)),
                List.of("Looks like example.com but is not", "Not among the people you have written to"),
                Optional.empty(),
                false);
        var values = List.of(
                new ApprovalViews.Value("To", List.of(plain(foreign("bob@example.com")), odd), true),
                new ApprovalViews.Value("Subject", List.of(plain(foreign("Figures for the third quarter"))), false),
                new ApprovalViews.Value(
                        "Text",
                        List.of(new ApprovalViews.Text(
                                List.of(new Run(foreign("Hi Bob,\n\n" + body + "\nAlice"), false)),
                                List.of(),
                                Optional.of("1,412 characters on 28 lines"),
                                true)),
                        false));
        mine(
                name,
                "approval",
                "Approvals",
                open,
                new ApprovalViews.Question(
                        "x1",
                        "digest",
                        foreign("Claude Code"),
                        "Send mail",
                        Optional.of(foreign("Work (alice@example.com)")),
                        values,
                        List.of(
                                foreign("Mail that leaves always needs you."),
                                foreign("The address billing@… was only seen in the mail “Invoice” of 20 November by"
                                        + " stranger@mail.test.")),
                        times.ago(NOW.minusSeconds(130)),
                        times.until(NOW.plusSeconds(490)),
                        open,
                        moving,
                        state,
                        outcome,
                        List.of(),
                        Refusal.NONE,
                        countersigned ? Optional.of(times.ago(NOW)) : Optional.empty()));
    }

    private void records() {
        var signal = new RecordViews.Warning(
                foreign("An app was used for the first time: Claude Code"),
                Optional.of("Noted"),
                times.ago(NOW.minusSeconds(7_300)),
                Notice.Tone.NOTE);
        var ended = new RecordViews.Warning(
                foreign("A key that was already used came back. Somebody may have copied it."),
                Optional.of("The session of Cursor was ended"),
                times.ago(NOW.minusSeconds(87_300)),
                Notice.Tone.BAD);
        mine(
                "activity",
                "activity",
                "Activity",
                false,
                new RecordViews.Activity(
                        List.of(),
                        List.of(
                                new RecordViews.Day(
                                        "Today",
                                        List.of(
                                                event("14:02", foreign("Send mail"), "Asked you", Notice.Tone.WARN),
                                                event("14:01", foreign("Search mail"), "Allowed", Notice.Tone.GOOD),
                                                event("13:40", "You linked an account", "Done", Notice.Tone.GOOD))),
                                new RecordViews.Day(
                                        "Yesterday",
                                        List.of(event("09:12", foreign("Forward mail"), "Refused", Notice.Tone.BAD)))),
                        Optional.of("/activity?before=12"),
                        true));
        mine(
                "clients",
                "clients",
                "Clients",
                false,
                new RecordViews.Clients(
                        List.of(),
                        List.of(new RecordViews.Client(
                                "g1",
                                foreign("Claude Code"),
                                "C",
                                foreign("claude.ai"),
                                List.of("See your calendars and events", "Read your mail"),
                                times.ago(NOW.minusSeconds(90_000)),
                                Optional.of(times.ago(NOW.minusSeconds(90)))))));
        mine("clients-empty", "clients", "Clients", false, new RecordViews.Clients(List.of(), List.of()));
        mine(
                "security",
                "security",
                "Security",
                false,
                new RecordViews.Security(
                        List.of(),
                        List.of(
                                new RecordViews.Browser(
                                        foreign("Firefox on Linux"), "", times.ago(NOW.minusSeconds(800)), true),
                                new RecordViews.Browser(
                                        foreign("Safari on iPhone"), "", times.ago(NOW.minusSeconds(99_000)), false)),
                        true,
                        List.of(ended, signal)));
        mine(
                "new-password",
                "newpassword",
                "Change password",
                false,
                new RecordViews.NewPassword(
                        Refusal.at(
                                "current",
                                "Your password is not changed",
                                "The current password did not match. Try again."),
                        foreign("alice@example.com"),
                        12,
                        true));
        mine(
                "people",
                "people",
                "",
                false,
                new RecordViews.People(List.of(new RecordViews.Someone(
                        foreign("Alice Example"), foreign("alice@example.com"), "AE", true, "Europe/Lisbon"))));
    }

    private RecordViews.Event event(String time, String what, String badge, Notice.Tone tone) {
        return new RecordViews.Event(
                time,
                times.ago(NOW),
                what,
                new Badge(badge, tone),
                List.of(foreign("Claude Code"), foreign("Work")),
                Optional.empty());
    }
}
