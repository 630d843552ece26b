package dev.countersign.console;

import java.util.List;
import java.util.Optional;

/** What the pages about activity, clients, security and people show. */
public final class RecordViews {
    private RecordViews() {}

    /** @param older where the page before this one is */
    public record Activity(List<Warning> signals, List<Day> days, Optional<String> older, boolean first) {
        public Activity {
            signals = List.copyOf(signals);
            days = List.copyOf(days);
        }
    }

    /** What happened on one day. */
    public record Day(String words, List<Event> events) {
        public Day {
            events = List.copyOf(events);
        }
    }

    /** @param facts further facts, each a few words */
    public record Event(String time, Moment when, String what, Badge badge, List<String> facts, Optional<String> href) {
        public Event {
            facts = List.copyOf(facts);
        }
    }

    /** A signal: what was noticed and what was done. */
    public record Warning(String what, Optional<String> response, Moment when, Notice.Tone tone) {}

    /** Clients that may act for the person. */
    public record Clients(List<Notice> notices, List<Client> clients) {
        public Clients {
            notices = List.copyOf(notices);
            clients = List.copyOf(clients);
        }
    }

    public record Client(
            String grantId,
            String name,
            String initial,
            String host,
            List<String> may,
            Moment since,
            Optional<Moment> used) {
        public Client {
            may = List.copyOf(may);
        }
    }

    /**
     * Asks for a new password, and what becomes of the apps.
     *
     * @param endApps whether all apps are to be revoked
     */
    public record NewPassword(Refusal refusal, String email, int minPasswordCharacters, boolean endApps)
            implements FormView {}

    /** Where the person is signed in, and what was noticed. */
    public record Security(List<Notice> notices, List<Browser> browsers, boolean others, List<Warning> signals) {
        public Security {
            notices = List.copyOf(notices);
            browsers = List.copyOf(browsers);
            signals = List.copyOf(signals);
        }
    }

    /** One browser that is signed in. */
    public record Browser(String name, String network, Moment since, boolean here) {}

    /** People of this server. */
    public record People(List<Someone> people) {
        public People {
            people = List.copyOf(people);
        }
    }

    public record Someone(String name, String email, String initials, boolean administrator, String zone) {}
}
