package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.People.Person;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How tests steer the provider and look behind it: faults, what was sent, how many tokens live. Loopback only, and only
 * with the control key, which no client of the API has.
 */
final class Control {
    /** Carries the control key. */
    static final String KEY_HEADER = "X-Sandbox-Key";

    private final Store store;
    private final People people;
    private final MailBook mail;
    private final Faults faults;
    private final Clock clock;
    private final String key;

    /** @param times absent: until it is cleared */
    record Tell(Optional<String> person, String operation, String fault, Optional<Integer> times) {}

    record Told(String person, String operation, String fault, Optional<Integer> left) {}

    record Tolds(List<Told> items) {}

    record Who(String person) {}

    record NewMail(String person, String from, Optional<String> name, String subject, String text) {}

    record Received(String id, String messageId) {}

    /** @param arrived recipients of the organisation; the others got nothing, because this provider has no way out */
    record SentMail(
            String id, String messageId, String from, List<String> recipients, List<String> arrived, String subject) {}

    record SentMails(List<SentMail> items) {}

    /** @param families consents that are not revoked and were exchanged for tokens */
    record Counts(long families, long revoked, long accessTokens, long refreshTokens) {}

    Control(Store store, People people, MailBook mail, Faults faults, Clock clock, String key) {
        this.store = store;
        this.people = people;
        this.mail = mail;
        this.faults = faults;
        this.clock = clock;
        this.key = key;
    }

    List<Route> routes() {
        return List.of(
                guarded("GET", "/_sandbox/faults", request -> faults()),
                guarded("POST", "/_sandbox/faults", this::tell),
                guarded("DELETE", "/_sandbox/faults", request -> clear()),
                guarded("GET", "/_sandbox/sent", this::sent),
                guarded("GET", "/_sandbox/tokens", this::tokens),
                guarded("POST", "/_sandbox/mail", this::receive),
                guarded("POST", "/_sandbox/expire", this::expire),
                guarded("POST", "/_sandbox/revoke", this::revoke));
    }

    private Route guarded(String method, String path, Route.Endpoint endpoint) {
        return Route.of(method, path, request -> {
            var right = request.header(KEY_HEADER).filter(given -> Secrets.same(given, key));
            if (!loopback(request.remoteAddress()) || right.isEmpty()) {
                throw Refusal.forbidden(
                        "Send the key in the file control-key as " + KEY_HEADER + ", from this machine.");
            }
            return endpoint.answer(request);
        });
    }

    /** The address is a literal: nothing is looked up. */
    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Answer faults() {
        return Answer.json(
                200,
                new Tolds(faults.rules().stream()
                        .map(rule -> new Told(
                                rule.person().orElse("everybody"),
                                rule.operation().map(Operation::word).orElse(Operation.ALL),
                                rule.word(),
                                rule.left().isPresent()
                                        ? Optional.of(rule.left().getAsInt())
                                        : Optional.empty()))
                        .toList()));
    }

    private Answer tell(Incoming request) {
        var tell = Json.read(request.body(), Tell.class);
        if (tell.operation() == null || tell.fault() == null) {
            throw Refusal.invalid("Send operation and fault.");
        }
        var person = tell.person().map(this::person).map(Person::address);
        try {
            faults.add(
                    person,
                    tell.operation(),
                    tell.fault(),
                    tell.times().map(OptionalInt::of).orElse(OptionalInt.empty()));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
        return faults();
    }

    private Answer clear() {
        faults.clear();
        return Answer.empty();
    }

    private Answer sent(Incoming request) {
        var person = request.parameter("person").map(this::person);
        return Answer.json(
                200,
                new SentMails(store.read(db -> db.list(
                        "SELECT m.id, m.message_id, m.sender_address, m.subject FROM message m WHERE m.outgoing = 1"
                            + " AND EXISTS (SELECT 1 FROM delivery d WHERE d.message = m.id) AND (? = '' OR m.person ="
                            + " ?) ORDER BY m.at, m.id",
                        row -> new SentMail(
                                row.getString("id"),
                                row.getString("message_id"),
                                row.getString("sender_address"),
                                recipients(db, row.getString("id"), false),
                                recipients(db, row.getString("id"), true),
                                row.getString("subject")),
                        person.map(Person::id).orElse(""),
                        person.map(Person::id).orElse("")))));
    }

    private static List<String> recipients(Store.Session db, String message, boolean arrived)
            throws java.sql.SQLException {
        return db.list(
                "SELECT recipient FROM delivery WHERE message = ? AND arrived >= ? ORDER BY sequence",
                row -> row.getString(1),
                message,
                arrived);
    }

    private Answer tokens(Incoming request) {
        var id = request.parameter("person").map(this::person).map(Person::id).orElse("");
        return Answer.json(
                200,
                store.read(db -> new Counts(
                        db.count(
                                "SELECT COUNT(*) FROM consent c WHERE revoked_at IS NULL AND (? = '' OR person = ?) AND"
                                        + " EXISTS (SELECT 1 FROM refresh_token r WHERE r.consent = c.id)",
                                id,
                                id),
                        db.count(
                                "SELECT COUNT(*) FROM consent WHERE revoked_at IS NOT NULL AND (? = '' OR person = ?)",
                                id,
                                id),
                        db.count(
                                "SELECT COUNT(*) FROM access_token t JOIN consent c ON c.id = t.consent WHERE"
                                        + " revoked_at IS NULL AND t.expires_at > ? AND (? = '' OR person = ?)",
                                clock.instant(),
                                id,
                                id),
                        db.count(
                                "SELECT COUNT(*) FROM refresh_token t JOIN consent c ON c.id = t.consent WHERE"
                                        + " revoked_at IS NULL AND t.used_at IS NULL AND (? = '' OR person = ?)",
                                id,
                                id))));
    }

    /** Lets a mail from anybody arrive. */
    private Answer receive(Incoming request) {
        var asked = Json.read(request.body(), NewMail.class);
        if (asked.person() == null || asked.subject() == null || asked.text() == null) {
            throw Refusal.invalid("Send person, from, subject and text.");
        }
        var from = new Party(Addresses.checked(asked.from()), asked.name().orElse(""));
        var letter = mail.receive(person(asked.person()), from, asked.subject(), asked.text());
        return Answer.json(201, new Received(letter.id(), letter.messageId()));
    }

    /** Ends the life of somebody's access tokens now; the refresh tokens stay good. */
    private Answer expire(Incoming request) {
        var who = named(request);
        store.write(db -> db.run(
                "UPDATE access_token SET expires_at = 0 WHERE consent IN (SELECT id FROM consent WHERE person = ?)",
                who.id()));
        return Answer.empty();
    }

    /** What somebody does who takes back their consent at the provider. */
    private Answer revoke(Incoming request) {
        var who = named(request);
        store.write(db -> db.run(
                "UPDATE consent SET revoked_at = ?, revoked_why = 'revoked by the person' WHERE person = ? AND"
                        + " revoked_at IS NULL",
                clock.instant(),
                who.id()));
        return Answer.empty();
    }

    private Person named(Incoming request) {
        return person(Optional.ofNullable(Json.read(request.body(), Who.class).person())
                .orElse(""));
    }

    private Person person(String address) {
        return people.byAddress(address)
                .orElseThrow(() -> Refusal.invalid("There is no such person here. Use an address of: "
                        + String.join(
                                ", ",
                                people.all().stream()
                                        .map(somebody -> somebody.address().toLowerCase(Locale.ROOT))
                                        .toList())));
    }
}
