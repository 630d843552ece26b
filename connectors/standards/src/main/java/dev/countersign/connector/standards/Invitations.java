package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.When;
import java.io.IOException;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Method;

/** Tells people of events by mail that their calendar programs understand, each once. RFC 5546 over RFC 6047. */
final class Invitations {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm", Locale.ENGLISH);

    private final Upstream upstream;
    private final String own;
    private final Clock clock;

    private Invitations(Upstream upstream, String own, Clock clock) {
        this.upstream = upstream;
        this.own = own;
        this.clock = clock;
    }

    /** Fails before anything is changed when the account cannot send mail. */
    static Invitations ready(Upstream upstream, Clock clock) {
        try {
            upstream.connect(Submission.SERVER).close();
            return new Invitations(upstream, Own.address(upstream), clock);
        } catch (IllegalStateException e) {
            throw new ToolException(
                    "The calendar's host sends no invitations, and this account was linked without sending"
                            + " mail. Call again with notifyAttendees false, and tell the attendees another way.");
        } catch (IOException e) {
            throw MailFailures.of(e);
        }
    }

    void invite(Event event, Calendar calendar, CallKey call) {
        send("REQUEST", "Invitation: ", event, others(event.attendees()), calendar, Optional.empty(), call);
    }

    /** Who is no longer invited is told that, in a mail of its own. */
    void update(Event before, Event after, Calendar calendar, CallKey call) {
        send("REQUEST", "Changed: ", after, others(after.attendees()), calendar, Optional.empty(), call);
        var gone = others(before.attendees()).stream()
                .filter(address -> after.attendees().stream()
                        .noneMatch(one -> one.address().equalsIgnoreCase(address)))
                .toList();
        send("CANCEL", "Cancelled: ", before, gone, calendar, Optional.empty(), call.second());
    }

    void cancel(Event event, Calendar calendar, CallKey call) {
        send("CANCEL", "Cancelled: ", event, others(event.attendees()), calendar, Optional.empty(), call);
    }

    /** A reply names the one attendee who answers, RFC 5546 section 3.2.3. */
    void reply(
            Event event,
            String self,
            Attendee.Answer answer,
            Calendar calendar,
            Optional<String> comment,
            CallKey call) {
        var copy = calendar.copy();
        copy.<VEvent>getComponents("VEVENT")
                .forEach(one -> one.removeIf(property -> property.getName().equals("ATTENDEE")
                        && !EventReading.address(property).equalsIgnoreCase(self)));
        var word = switch (answer) {
            case ACCEPTED -> "Accepted: ";
            case TENTATIVE -> "Tentative: ";
            case DECLINED -> "Declined: ";
            case NONE -> "Not answered: ";
        };
        var organizer = event.organizer().map(Mailbox::address).stream().toList();
        send("REPLY", word, event, organizer, copy, comment, call);
    }

    private static List<String> others(List<Attendee> attendees) {
        return attendees.stream()
                .filter(attendee -> !attendee.self())
                .map(Attendee::address)
                .filter(address -> address.contains("@"))
                .toList();
    }

    private void send(
            String method,
            String word,
            Event event,
            List<String> addresses,
            Calendar calendar,
            Optional<String> comment,
            CallKey call) {
        if (addresses.isEmpty()) {
            return;
        }
        var mail = new Outgoing(
                addresses.stream().map(Mailbox::of).toList(),
                List.of(),
                List.of(),
                word + event.title().replaceAll("\\p{Cntrl}", " "),
                words(event, comment),
                List.of(),
                Optional.empty());
        var letter = MailWriter.invitation(
                mail, own, call.sentId(own), method, message(method, calendar), Date.from(clock.instant()));
        new Outbox(upstream, own).send(call, letter);
    }

    /** RFC 5546 section 1.4: the stored event, with what is wanted of the reader. */
    private static String message(String method, Calendar calendar) {
        var message = calendar.copy();
        message.removeAll("METHOD");
        message.add(new Method(method));
        if (method.equals("CANCEL")) {
            message.<VEvent>getComponents("VEVENT").forEach(event -> {
                event.removeAll("STATUS");
                event.add(new net.fortuna.ical4j.model.property.Status("CANCELLED"));
            });
        }
        message.<VEvent>getComponents("VEVENT")
                .forEach(event -> event.setComponentList(new net.fortuna.ical4j.model.ComponentList<>()));
        return message.toString();
    }

    private static String words(Event event, Optional<String> comment) {
        var text = new StringBuilder(event.title()).append("\n").append(time(event.when()));
        if (!event.location().isEmpty()) {
            text.append("\n").append(event.location());
        }
        comment.or(() -> Optional.of(event.description()).filter(words -> !words.isEmpty()))
                .ifPresent(words -> text.append("\n\n").append(words));
        return text.append("\n").toString();
    }

    private static String time(When when) {
        return switch (when) {
            case When.AllDay days -> days.from() + " to " + days.until().minusDays(1);
            case When.Timed timed ->
                TIME.format(timed.start()) + " to " + TIME.format(timed.end()) + " ("
                        + timed.zone().getId() + ")";
        };
    }
}
