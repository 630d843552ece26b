package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import java.util.Optional;

/** {@code calendar_delete_event}: takes an event out of the calendar, for all whom it invites when it is an own one. */
final class CalendarDeleteEvent {
    public record Input(
            @Doc(Docs.EVENT) String id,
            @Doc(Docs.APPLY_TO) Optional<Events.ApplyTo> applyTo,

            @Doc("false sends attendees no mail; absent for true")
            Optional<Boolean> notifyAttendees,

            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            String account, @Doc("the event that is gone") String id) {}

    private CalendarDeleteEvent() {}

    static Tool<Input, Output> tool() {
        return Tool.act(Effect.DELETE, "calendar_delete_event", "Delete event", Input.class, Output.class)
                .description("Deletes an event; attendees of an own event get a cancellation.")
                .scopes("calendar:write")
                .service(CalendarService.class)
                .ask(CalendarDeleteEvent::ask)
                .recover(CalendarDeleteEvent::recover)
                .text(out -> "Deleted event " + out.id() + ".")
                .run(CalendarDeleteEvent::run);
    }

    private static Event target(Input in, Call call) {
        return Events.target(call, Events.calendar(in.calendar()), in.id(), in.applyTo());
    }

    private static Question ask(Input in, Call call) {
        var target = target(in, call);
        var question = Events.about("Delete event", target, call).with("Where", target.location());
        var others = Events.addresses(Events.others(target.attendees(), call));
        if (!target.own() || others.isEmpty()) {
            return question;
        }
        return question.withEach("Cancelled for", others)
                .with("Told", Events.told(in.notifyAttendees().orElse(true), call))
                .reaching(others);
    }

    private static Output run(Input in, Call call) {
        var target = target(in, call);
        Inputs.found("event", in.id(), Events.SOURCE, () -> {
            call.service(CalendarService.class)
                    .delete(
                            Events.calendar(in.calendar()),
                            target.id(),
                            call.shownVersion().or(target::version),
                            in.notifyAttendees().orElse(true),
                            call.id());
            return target;
        });
        return new Output(call.account().id(), target.id());
    }

    /** The event was there when the question was put, so a run acted when it is gone. */
    private static Optional<Output> recover(Input in, Call call) {
        var there = Events.find(call, Events.calendar(in.calendar()), in.id())
                .filter(event -> event.status() != Event.Status.CANCELLED);
        return there.isPresent()
                ? Optional.empty()
                : Optional.of(new Output(call.account().id(), in.id()));
    }
}
