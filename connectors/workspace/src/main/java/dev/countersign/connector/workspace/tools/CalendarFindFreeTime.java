package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code calendar_find_free_time}: when all accounts of the person, and others, are free. */
final class CalendarFindFreeTime {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** What free/busy services answer for in one question; Graph's getSchedule takes at most 62 days. */
    private static final Duration MOST = Duration.ofDays(60);

    /** Free time that starts now starts at a time that people write down. */
    private static final Duration STEP = Duration.ofMinutes(15);

    public record Input(
            @Doc(value = "length of the meeting", min = 5, max = 1440)
            int minutes,

            @Doc("mail addresses of others who must be free too")
            List<String> attendees,

            @Doc(Docs.FROM) Optional<String> from,

            @Doc(Docs.UNTIL + "; absent for 7 days after 'from'")
            Optional<String> until,

            @Doc("IANA zone of times and working hours; absent for the person's own")
            Optional<String> zone,

            @Doc("start of working hours, HH:mm; absent for 09:00")
            Optional<String> dayStart,

            @Doc("end of working hours, HH:mm or 24:00; absent for 17:00")
            Optional<String> dayEnd,

            @Doc("days to look at; absent for Monday to Friday")
            List<DayOfWeek> days,

            @Doc("accounts that must be free: " + Docs.ACCOUNTS)
            List<String> accounts,

            @Doc(value = Docs.LIMIT, min = 1, max = MAX_LIMIT)
            Optional<Integer> limit) {}

    public record Output(
            @Doc("stretches in which everyone asked is free, in order")
            List<Slot> free,

            String zone,
            @Doc("whose calendars were looked at") List<String> checked,

            @Doc("who could not be looked at, and why: they may be busy")
            List<Unknown> unknown,

            @Doc("whether there are more stretches than 'limit'")
            boolean more) {}

    /** One stretch, at least as long as asked. */
    public record Slot(
            @Doc("RFC 3339") String start, @Doc("RFC 3339") String end, int minutes) {}

    public record Unknown(String address, String problem) {}

    private CalendarFindFreeTime() {}

    static Tool<Input, Output> tool() {
        return Tool.read("calendar_find_free_time", "Find free time", Input.class, Output.class)
                .description("Finds times in working hours when all linked accounts and the given attendees are free.")
                .scopes("calendar:read")
                .accounts(Tool.Accounts.EVERY)
                .service(CalendarService.class)
                .text(CalendarFindFreeTime::text)
                .run(CalendarFindFreeTime::run);
    }

    private static Output run(Input in, Call call) {
        if (in.minutes() < 5 || in.minutes() > 1440) {
            throw new ToolException("'minutes' must be from 5 to 1440.");
        }
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        var zone = Times.zone(in.zone(), call);
        var window = Times.window(in.from(), in.until(), zone, roundedUp(call.now()), Duration.ofDays(7), MOST);
        var hours = new WorkingHours(
                zone,
                clock("dayStart", in.dayStart().orElse("09:00")),
                clock("dayEnd", in.dayEnd().orElse("17:00")),
                in.days());
        var others = Addresses.all("attendees", in.attendees()).stream()
                .map(Mailbox::address)
                .toList();
        var busy = ask(call, others, window);
        var slots = FreeTime.slots(
                hours.within(window),
                busy.values().stream()
                        .filter(one -> one.problem().isEmpty())
                        .flatMap(one -> one.times().stream())
                        .toList(),
                Duration.ofMinutes(in.minutes()));
        return new Output(
                slots.stream().limit(limit).map(slot -> slot(slot, zone)).toList(),
                zone.getId(),
                busy.values().stream()
                        .filter(one -> one.problem().isEmpty())
                        .map(Busy::address)
                        .toList(),
                busy.values().stream().flatMap(CalendarFindFreeTime::unknown).toList(),
                slots.size() > limit);
    }

    private static Instant roundedUp(Instant now) {
        var past = Math.floorMod(now.toEpochMilli(), STEP.toMillis());
        return past == 0 ? now : Instant.ofEpochMilli(now.toEpochMilli() - past).plus(STEP);
    }

    /** Minutes of the day; {@code 24:00} is its end. */
    private static int clock(String field, String text) {
        if (text.equals("24:00")) {
            return 24 * 60;
        }
        try {
            var time = LocalTime.parse(text);
            return time.getHour() * 60 + time.getMinute();
        } catch (DateTimeParseException e) {
            var told = new ToolException("'" + field + "' is not a time of day. Use HH:mm, e.g. 09:00.");
            told.addSuppressed(e);
            throw told;
        }
    }

    /** One answer for each address: the accounts' own, and of the others the first that an account knows. */
    private static Map<String, Busy> ask(Call call, List<String> others, Window window) {
        var answers = new LinkedHashMap<String, Busy>();
        var accounts = Spread.accounts(call);
        var done = 0;
        for (var account : accounts) {
            call.checkCancelled();
            call.progress(done, accounts.size(), "Reading calendars");
            var open =
                    others.stream().filter(address -> !known(answers, address)).toList();
            for (var busy : ask(call, account, open, window)) {
                answers.merge(Addresses.key(busy.address()), busy, CalendarFindFreeTime::better);
            }
            done++;
        }
        return answers;
    }

    private static boolean known(Map<String, Busy> answers, String address) {
        var answer = answers.get(Addresses.key(address));
        return answer != null && answer.problem().isEmpty();
    }

    /** Two accounts of one address are both asked to be free; knowledge beats a problem. */
    private static Busy better(Busy one, Busy other) {
        if (one.problem().isPresent()) {
            return other;
        }
        if (other.problem().isPresent()) {
            return one;
        }
        var times = new ArrayList<>(one.times());
        times.addAll(other.times());
        return new Busy(one.address(), times, Optional.empty());
    }

    private static List<Busy> ask(Call call, Account account, List<String> others, Window window) {
        var addresses = Stream.concat(
                        Stream.of(account.address()),
                        others.stream().filter(address -> !Addresses.same(address, account.address())))
                .toList();
        try {
            var answers = call.service(CalendarService.class, account).busy(addresses, window);
            return addresses.stream().map(address -> of(answers, address)).toList();
        } catch (UpstreamException e) {
            if (call.accounts().size() == 1) {
                throw e;
            }
            var problem = Optional.of(String.valueOf(e.getMessage()));
            return addresses.stream()
                    .map(address -> new Busy(address, List.of(), problem))
                    .toList();
        }
    }

    /** Nobody is free for want of an answer. */
    private static Busy of(List<Busy> answers, String address) {
        return answers.stream()
                .filter(busy -> Addresses.same(busy.address(), address))
                .findFirst()
                .orElseGet(() -> new Busy(address, List.of(), Optional.of("The calendar gave no answer for it.")));
    }

    private static Stream<Unknown> unknown(Busy busy) {
        return busy.problem().map(problem -> new Unknown(busy.address(), problem)).stream();
    }

    private static Slot slot(Window free, ZoneId zone) {
        return new Slot(
                free.from().atZone(zone).toOffsetDateTime().toString(),
                free.until().atZone(zone).toOffsetDateTime().toString(),
                Math.toIntExact(Duration.between(free.from(), free.until()).toMinutes()));
    }

    private static String text(Output out) {
        var text = new StringBuilder(Lines.list(
                "free time",
                out.free(),
                slot -> "- %s to %s (%d minutes)".formatted(slot.start(), slot.end(), slot.minutes())));
        text.append("Zone: ").append(out.zone()).append('\n');
        text.append("Looked at: ").append(String.join(", ", out.checked())).append('\n');
        out.unknown()
                .forEach(one -> text.append("Not known, may be busy: ")
                        .append(one.address())
                        .append(": ")
                        .append(one.problem())
                        .append('\n'));
        if (out.more()) {
            text.append("There are more. Narrow 'from' and 'until'.\n");
        }
        return text.toString();
    }
}
