package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.Mailbox;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code calendar_respond}: answers an invitation. */
final class CalendarRespond {
    /** The answers that one can give. */
    public enum Answer {
        ACCEPTED,
        TENTATIVE,
        DECLINED;

        Attendee.Answer asAttendee() {
            return switch (this) {
                case ACCEPTED -> Attendee.Answer.ACCEPTED;
                case TENTATIVE -> Attendee.Answer.TENTATIVE;
                case DECLINED -> Attendee.Answer.DECLINED;
            };
        }
    }

    public record Input(
            @Doc(Docs.EVENT) String id,
            @Doc("what to answer") Answer answer,
            @Doc("plain text for the organizer") Optional<String> comment,
            @Doc(Docs.APPLY_TO) Optional<Events.ApplyTo> applyTo,
            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private CalendarRespond() {}

    static Tool<Input, EventView> tool() {
        return Tool.act(Effect.SEND, "calendar_respond", "Answer invitation", Input.class, EventView.class)
                .description("Accepts, tentatively accepts or declines an invitation and tells the organizer.")
                .scopes("calendar:write")
                .service(CalendarService.class)
                .ask(CalendarRespond::ask)
                .recover(CalendarRespond::recover)
                .text(view -> "Answered:\n" + view.text())
                .foreign(EventView::foreign)
                .run(CalendarRespond::run);
    }

    private static Event target(Input in, Call call) {
        var target = Events.target(call, Events.calendar(in.calendar()), in.id(), in.applyTo());
        if (target.own() || target.organizer().isEmpty()) {
            throw new ToolException("This account organizes the event, so there is no invitation to answer."
                    + " Use calendar_update_event or calendar_delete_event.");
        }
        return target;
    }

    private static Question ask(Input in, Call call) {
        var target = target(in, call);
        return Events.about("Answer invitation", target, call)
                .with("Answer", in.answer().name().toLowerCase(Locale.ROOT))
                .with("Comment", comment(in))
                .reaching(List.of(target.organizer().map(Mailbox::address).orElseThrow()));
    }

    private static Optional<String> comment(Input in) {
        return in.comment().map(text -> Inputs.text("comment", text)).filter(text -> !text.isBlank());
    }

    private static EventView run(Input in, Call call) {
        var target = target(in, call);
        var answered = Inputs.found(
                "event",
                in.id(),
                Events.SOURCE,
                () -> call.service(CalendarService.class)
                        .respond(
                                Events.calendar(in.calendar()),
                                target.id(),
                                in.answer().asAttendee(),
                                comment(in),
                                call.shownVersion().or(target::version),
                                true,
                                call.id()));
        return EventView.brief(answered, call.account());
    }

    private static Optional<EventView> recover(Input in, Call call) {
        var target = target(in, call);
        var given = target.attendees().stream()
                .filter(one -> one.self()
                        || Addresses.same(one.address(), call.account().address()))
                .map(Attendee::answer)
                .findFirst();
        return given.filter(in.answer().asAttendee()::equals).map(answer -> EventView.brief(target, call.account()));
    }
}
