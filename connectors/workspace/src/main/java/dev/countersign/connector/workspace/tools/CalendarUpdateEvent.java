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
import dev.countersign.connector.workspace.EventChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code calendar_update_event}: changes what is named and leaves the rest. */
final class CalendarUpdateEvent {
    public record Input(
            @Doc(Docs.EVENT) String id,
            @Doc(Docs.APPLY_TO) Optional<Events.ApplyTo> applyTo,
            @Doc("one line") Optional<String> title,

            @Doc(Docs.START + "; alone it moves the event and keeps its length")
            Optional<String> start,

            @Doc(Docs.END) Optional<String> end,

            @Doc("IANA zone of times without offset; absent for the event's own")
            Optional<String> zone,

            @Doc("one line; empty takes it away") Optional<String> location,
            @Doc("plain text; empty takes it away") Optional<String> description,
            @Doc(Docs.ADDRESSES + "; they are invited too") List<String> addAttendees,
            @Doc("mail addresses of attendees to uninvite") List<String> removeAttendees,
            @Doc("whether the time counts as busy") Optional<Boolean> busy,

            @Doc("false sends attendees no mail; absent for true")
            Optional<Boolean> notifyAttendees,

            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private static final EventChange NOTHING = new EventChange(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The event as it is, and what shall be different. */
    private record Plan(Event target, EventChange change) {}

    private CalendarUpdateEvent() {}

    static Tool<Input, EventView> tool() {
        return Tool.act(Effect.WRITE, "calendar_update_event", "Change event", Input.class, EventView.class)
                .description("Changes title, time, place, description or attendees of an event; what is absent stays.")
                .scopes("calendar:write")
                .service(CalendarService.class)
                .ask(CalendarUpdateEvent::ask)
                .recover(CalendarUpdateEvent::recover)
                .text(view -> "Changed:\n" + view.text())
                .foreign(EventView::foreign)
                .run(CalendarUpdateEvent::run);
    }

    private static Question ask(Input in, Call call) {
        var plan = plan(in, call);
        var before = Events.others(plan.target().attendees(), call);
        var after =
                plan.change().attendees().map(all -> Events.others(all, call)).orElse(before);
        var question = Events.about("Change event", plan.target(), call)
                .with("New title", plan.change().title())
                .with("New time", plan.change().when().map(Shown::when))
                .with("New place", plan.change().location().map(CalendarUpdateEvent::orNone))
                .with("New description", plan.change().description().map(CalendarUpdateEvent::orNone))
                .with("Time is now", plan.change().busy().map(busy -> busy ? "busy" : "free"))
                .withEach("Added", minus(after, before))
                .withEach("Removed", minus(before, after));
        var reached = plan.target().own()
                ? Events.distinct(Events.addresses(before), Events.addresses(after))
                : minus(after, before);
        return reached.isEmpty()
                ? question
                : question.withEach("Reaches", reached)
                        .with("Told", Events.told(in.notifyAttendees().orElse(true), call))
                        .reaching(reached);
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "(none)" : text;
    }

    private static List<String> minus(List<Attendee> some, List<Attendee> others) {
        var gone = others.stream().map(one -> Addresses.key(one.address())).collect(Collectors.toSet());
        return some.stream()
                .map(Attendee::address)
                .filter(address -> !gone.contains(Addresses.key(address)))
                .toList();
    }

    private static EventView run(Input in, Call call) {
        var plan = plan(in, call);
        var target = plan.target();
        var changed = Inputs.found(
                "event",
                in.id(),
                Events.SOURCE,
                () -> call.service(CalendarService.class)
                        .update(
                                Events.calendar(in.calendar()),
                                target.id(),
                                plan.change(),
                                call.shownVersion().or(target::version),
                                in.notifyAttendees().orElse(true),
                                call.id()));
        return EventView.brief(changed, call.account());
    }

    /** A run acted when the event is as it should have become: planning it anew finds nothing left to do. */
    private static Optional<EventView> recover(Input in, Call call) {
        var plan = compare(in, call);
        var target = plan.target();
        var change = plan.change();
        var done = change.title().map(target.title()::equals).orElse(true)
                && change.when()
                        .map(when -> EventTimes.same(when, target.when()))
                        .orElse(true)
                && change.location().map(target.location()::equals).orElse(true)
                && change.description().map(target.description()::equals).orElse(true)
                && change.busy().map(busy -> busy == target.busy()).orElse(true)
                && change.attendees().isEmpty();
        return done ? Optional.of(EventView.brief(target, call.account())) : Optional.empty();
    }

    private static Plan plan(Input in, Call call) {
        var plan = compare(in, call);
        if (plan.change().equals(NOTHING)) {
            throw new ToolException("Nothing to change. Give at least one of title, start, end, location,"
                    + " description, addAttendees, removeAttendees or busy that differs from the event.");
        }
        return plan;
    }

    private static Plan compare(Input in, Call call) {
        var calendar = Events.calendar(in.calendar());
        var named = Events.read(call, calendar, in.id());
        var target = Events.target(call, calendar, named, in.applyTo());
        var change = new EventChange(
                in.title().map(title -> Inputs.filledLine("title", title)),
                EventTimes.change(named, target, in.start(), in.end(), in.zone(), call),
                in.location().map(place -> Inputs.line("location", place)),
                in.description().map(text -> Inputs.text("description", text)),
                attendees(target, in, call),
                in.busy());
        return new Plan(target, change);
    }

    private static Optional<List<Attendee>> attendees(Event target, Input in, Call call) {
        var added = CalendarCreateEvent.invited("addAttendees", in.addAttendees(), call);
        var removed = Addresses.all("removeAttendees", in.removeAttendees());
        if (added.isEmpty() && removed.isEmpty()) {
            return Optional.empty();
        }
        var all = new ArrayList<>(target.attendees());
        all.removeIf(one -> removed.stream().anyMatch(gone -> Addresses.same(gone.address(), one.address())));
        added.stream()
                .filter(one -> all.stream().noneMatch(there -> Addresses.same(there.address(), one.address())))
                .forEach(all::add);
        return all.equals(target.attendees()) ? Optional.empty() : Optional.of(all);
    }
}
