package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import java.util.List;
import java.util.Optional;

/** {@code calendar_list_calendars}: the calendars of every account. */
final class CalendarListCalendars {
    public record Input(@Doc(Docs.ACCOUNTS) List<String> accounts) {}

    public record Output(List<CalendarView> calendars, List<Problem> problems) {}

    public record CalendarView(String account, String id, String name, boolean primary, boolean writable, String zone) {
        static CalendarView of(Calendar calendar, Account account) {
            return new CalendarView(
                    account.id(),
                    calendar.id(),
                    calendar.name(),
                    calendar.primary(),
                    calendar.writable(),
                    calendar.zone().getId());
        }

        String line() {
            return "- %s%s%s, %s [id %s, account %s]"
                    .formatted(name, primary ? ", main" : "", writable ? "" : ", read only", zone, id, account);
        }
    }

    private CalendarListCalendars() {}

    static Tool<Input, Output> tool() {
        return Tool.read("calendar_list_calendars", "List calendars", Input.class, Output.class)
                .description("Lists the calendars of the linked accounts with their ids and time zones.")
                .scopes("calendar:read")
                .accounts(Tool.Accounts.EVERY)
                .service(CalendarService.class)
                .text(CalendarListCalendars::text)
                .run(CalendarListCalendars::run);
    }

    private static Output run(Input in, Call call) {
        var found = Spread.<CalendarService, CalendarView>all(
                call,
                CalendarService.class,
                (service, account) -> service.calendars().stream()
                        .map(calendar -> CalendarView.of(calendar, account))
                        .toList());
        return new Output(found.items(), found.problems());
    }

    private static String text(Output out) {
        return Lines.list("calendar", out.calendars(), CalendarView::line)
                + Lines.rest(out.problems(), Optional.empty());
    }
}
