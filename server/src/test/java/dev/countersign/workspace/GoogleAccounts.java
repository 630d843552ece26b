package dev.countersign.workspace;

import dev.countersign.connector.google.FakeGoogle;
import dev.countersign.connector.google.GoogleConnector;
import dev.countersign.front.CountersignServer;
import java.util.Map;
import java.util.Optional;

/** Accounts at the simulated Google. */
final class GoogleAccounts implements PlayedProvider {
    private final FakeGoogle google = new FakeGoogle();

    @Override
    public Map<String, String> settings() {
        return ConsentPages.settings("google", google.origin());
    }

    @Override
    public void link(CountersignServer server, Desk desk, String person) {
        ConsentPages.link(desk, "google", "Google", address(person));
    }

    @Override
    public String address(String person) {
        return person;
    }

    @Override
    public Letter letter(CountersignServer server) {
        return Seeds.send(new GoogleConnector(), google.upstream(FakeGoogle.BOB), FakeGoogle.ALICE);
    }

    @Override
    public Optional<KnownFile> file() {
        return Optional.of(new KnownFile("Atlas plan", "Peter's part"));
    }

    @Override
    public boolean expire(CountersignServer server, String person) {
        google.signIn().expire(person);
        return true;
    }

    @Override
    public boolean limitCalendars(CountersignServer server, int times) {
        google.limit("/calendar/v3/users/me/calendarList", times, 7);
        return true;
    }

    @Override
    public void recover(CountersignServer server) {
        google.recover();
    }

    @Override
    public void close() {
        google.close();
    }
}
