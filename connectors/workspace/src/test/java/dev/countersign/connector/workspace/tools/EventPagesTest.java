package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Account;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventPagesTest {
    private final FakeCalendar work = events(FakeCall.WORK, "w", 5);
    private final FakeCalendar home = events(FakeCall.HOME, "h", 2);
    private final FakeCall call = FakeCall.with(work).and(FakeCall.HOME, home);

    private static FakeCalendar events(Account account, String prefix, int count) {
        var calendar = new FakeCalendar(account);
        for (var i = 0; i < count; i++) {
            var hour = "2026-11-24T%02d:".formatted(9 + i);
            calendar.put(EventBuilder.timed(prefix + i, hour + "00", hour + "30", "Europe/Berlin")
                    .build());
        }
        return calendar;
    }

    private EventsPage list(Optional<String> calendar, int limit, Optional<String> cursor) {
        var in = new CalendarListEvents.Input(
                Optional.empty(), Optional.empty(), Optional.empty(), calendar, List.of(), Optional.of(limit), cursor);
        return FakeCall.<CalendarListEvents.Input, EventsPage>tool("calendar_list_events")
                .run()
                .call(in, call);
    }

    private static List<String> ids(EventsPage page) {
        return page.events().stream().map(EventView::id).toList();
    }

    @Test
    void pagesOverTwoAccounts_giveEachEventOnce() {
        var seen = new ArrayList<String>();
        var page = list(Optional.empty(), 2, Optional.empty());
        assertThat(ids(page)).containsExactly("w0", "h0");
        seen.addAll(ids(page));
        while (page.nextCursor().isPresent()) {
            page = list(Optional.empty(), 2, page.nextCursor());
            seen.addAll(ids(page));
        }
        assertThat(seen).containsExactlyInAnyOrder("w0", "w1", "w2", "w3", "w4", "h0", "h1");
    }

    @Test
    void timePasses_laterPagesKeepTheWindowOfTheFirst() {
        var page = list(Optional.empty(), 2, Optional.empty());
        call.at("2026-11-24T20:00:00Z");
        list(Optional.empty(), 2, page.nextCursor());
        assertThat(work.asked.stream().distinct()).hasSize(1);
    }

    @Test
    void oneAccountFails_theOtherStillAnswers() {
        home.failure = Optional.of(new UpstreamException(UpstreamException.Kind.RATE_LIMITED, "try in a minute"));
        var page = list(Optional.empty(), 20, Optional.empty());
        assertThat(ids(page)).hasSize(5);
        assertThat(page.problems()).containsExactly(new Problem("acc-home", "try in a minute"));
        assertThat(page.text()).contains("acc-home gave no answer: try in a minute");
    }

    @Test
    void allAccountsFail_theFailureIsTold() {
        var down = Optional.of(new UpstreamException(UpstreamException.Kind.UNAVAILABLE, "down"));
        home.failure = down;
        work.failure = down;
        assertThatThrownBy(() -> list(Optional.empty(), 20, Optional.empty())).isInstanceOf(UpstreamException.class);
    }

    @Test
    void calendarOfOneAccount_needsThatAccount() {
        assertThatThrownBy(() -> list(Optional.of("team"), 20, Optional.empty()))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("'accounts'");
    }

    @Test
    void inventedCursor_isRefused() {
        assertThatThrownBy(() -> list(Optional.empty(), 2, Optional.of("cursor99")))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void limitOutOfBounds_isRefused() {
        assertThatThrownBy(() -> list(Optional.empty(), 101, Optional.empty())).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> list(Optional.empty(), 0, Optional.empty())).hasMessageContaining("1 to 100");
    }
}
