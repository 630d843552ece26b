package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.TestUpstream;
import dev.countersign.connector.workspace.CalendarService;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;

/** Does with the invitations in a person's inbox what their calendar program does, before the calendar is looked at. */
final class CalendarProgram {
    private final Host host;
    private final TestUpstream upstream;
    private final Set<String> done = new HashSet<>();

    private CalendarProgram(Host host, TestUpstream upstream) {
        this.host = host;
        this.upstream = upstream;
    }

    static CalendarService of(Host host, TestUpstream upstream) {
        var program = new CalendarProgram(host, upstream);
        var calendar = new StandardsCalendar(upstream);
        return (CalendarService) Proxy.newProxyInstance(
                CalendarService.class.getClassLoader(), new Class<?>[] {CalendarService.class}, (proxy, method, in) -> {
                    if (method.getName().startsWith("event")) {
                        program.readMail();
                    }
                    try {
                        return method.invoke(calendar, in);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void readMail() throws MessagingException, IOException {
        var own = upstream.address().orElseThrow();
        for (MimeMessage message : host.greenMail().getReceivedMessagesForDomain(own)) {
            var inbox = message.getFrom()[0].toString().equals(own);
            if (!inbox && done.add(message.getMessageID())) {
                var text = calendar(message);
                if (text.isPresent()) {
                    apply(CalendarObject.parse(text.get()));
                }
            }
        }
    }

    private static Optional<String> calendar(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            for (var i = 0; i < parts.getCount(); i++) {
                var found = calendar(parts.getBodyPart(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return part.isMimeType("text/calendar")
                ? Optional.of(new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private void apply(Calendar message) {
        var method = message.getProperty("METHOD").orElseThrow().getValue();
        VEvent event = message.<VEvent>getComponents("VEVENT").getFirst();
        var folder = CalendarFolders.of(upstream).named(CalendarService.PRIMARY);
        var there = folder.all().stream()
                .filter(object -> uid(object.events().getFirst()).equals(uid(event)))
                .findFirst();
        message.removeAll("METHOD");
        switch (method) {
            case "REQUEST" -> {
                there.ifPresent(object -> folder.delete(object, Optional.empty()));
                folder.add(uid(event).replace('@', '-') + ".ics", message);
            }
            case "CANCEL" -> there.ifPresent(object -> folder.delete(object, Optional.empty()));
            case "REPLY" ->
                there.ifPresent(object -> {
                    Property answer = event.<Property>getProperty("ATTENDEE").orElseThrow();
                    var stored = object.events().getFirst();
                    stored.removeIf(one -> one.getName().equals("ATTENDEE")
                            && EventReading.address(one).equalsIgnoreCase(EventReading.address(answer)));
                    stored.add(answer);
                    folder.replace(object, Optional.empty());
                });
            default -> throw new IllegalStateException(method);
        }
    }

    private static String uid(VEvent event) {
        return event.getProperty("UID").orElseThrow().getValue();
    }
}
