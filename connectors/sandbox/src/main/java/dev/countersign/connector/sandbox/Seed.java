package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.Entry.Guest;
import dev.countersign.connector.sandbox.MailBook.Content;
import dev.countersign.connector.sandbox.MailBook.Draft;
import dev.countersign.connector.sandbox.MailJson.Party;
import dev.countersign.connector.sandbox.MailJson.Recipients;
import dev.countersign.connector.sandbox.People.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The people, events and mails that a new sandbox begins with; their dates hang on the day on which it is made. */
final class Seed {
    /** Known to everybody; the sandbox's people are made up, and nothing else may take this password. */
    private static final String PASSWORD = "countersign-demo";

    /** Hashed once in a process: it is everybody's, and hashing it anew for each person takes most of a start. */
    private static final class Hashed {
        private static final String PASSWORD = Secrets.hashPassword(Seed.PASSWORD);
    }

    private static final String SEEDED = "seeded";

    private final Store store;
    private final Clock clock;
    private final Map<String, Person> people = new HashMap<>();
    private final Map<String, Draft> mails = new HashMap<>();

    record PersonSeed(
            String id,
            String address,
            String name,
            String title,
            String phone,
            String zone,
            boolean signsIn,
            List<String> calendars,
            List<String> folders) {}

    record ContactSeed(
            String of, String name, List<String> addresses, List<String> phones, String organization, String title) {}

    record PeopleSeed(List<PersonSeed> people, List<ContactSeed> contacts) {}

    /** @param day counted from today; or {@code week} and {@code weekday}; with {@code days} it is an all-day event */
    record EventSeed(
            String id,
            String owner,
            Optional<String> calendar,
            String title,
            Optional<Integer> day,
            Optional<Integer> week,
            Optional<String> weekday,
            Optional<String> time,
            Optional<String> zone,
            Optional<Integer> minutes,
            Optional<Integer> days,
            Optional<String> rule,
            Optional<String> location,
            Optional<String> description,
            Optional<String> meeting,
            Optional<Boolean> busy,
            Optional<Map<String, String>> guests) {}

    record EventsSeed(List<EventSeed> events) {}

    record FileSeed(String name, String type, Optional<String> text, Optional<String> base64) {}

    /** @param from a person's id, or a party */
    record MailSeed(
            Optional<String> key,
            Object from,
            List<Object> to,
            Optional<List<Object>> cc,
            Optional<Object> replyTo,
            String ago,
            String subject,
            String text,
            Optional<String> html,
            Optional<String> reply,
            Optional<String> folder,
            Optional<Boolean> read,
            Optional<List<FileSeed>> files) {}

    record DraftSeed(String of, List<Object> to, String ago, String subject, String text) {}

    record MailsSeed(List<MailSeed> mails, List<DraftSeed> drafts) {}

    Seed(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Does nothing when it was done before. */
    void plant() {
        var done = store.read(db -> db.count("SELECT COUNT(*) FROM setting WHERE name = ?", SEEDED));
        if (done > 0) {
            return;
        }
        store.write(db -> {
            plantPeople(db, resource("seed-people.json", PeopleSeed.class));
            for (var event : resource("seed-events.json", EventsSeed.class).events()) {
                plant(db, event);
            }
            var seeds = resource("seed-mail.json", MailsSeed.class);
            for (var mail : seeds.mails()) {
                plant(db, mail);
            }
            for (var draft : seeds.drafts()) {
                plant(db, draft);
            }
            return db.run(
                    "INSERT INTO setting (name, value) VALUES (?, ?)",
                    SEEDED,
                    clock.instant().toString());
        });
    }

    static <T> T resource(String name, Class<T> type) {
        try (var in = Seed.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plantPeople(Store.Session db, PeopleSeed seeds) throws SQLException {
        for (var seed : seeds.people()) {
            db.run(
                    "INSERT INTO person (id, address, name, title, phone, zone, password) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    seed.id(),
                    seed.address(),
                    seed.name(),
                    seed.title(),
                    seed.phone(),
                    seed.zone(),
                    seed.signsIn() ? Optional.of(Hashed.PASSWORD) : Optional.empty());
            people.put(seed.id(), People.byAddress(db, seed.address()).orElseThrow());
            plantCalendar(db, seed, seed.name(), true);
            for (var calendar : seed.calendars()) {
                plantCalendar(db, seed, calendar, false);
            }
            plantFolders(db, seed);
        }
        for (var contact : seeds.contacts()) {
            db.run(
                    "INSERT INTO contact (id, person, name, addresses, phones, organization, title) VALUES (?, ?, ?,"
                            + " ?, ?, ?, ?)",
                    Secrets.id(),
                    contact.of(),
                    contact.name(),
                    Json.text(new MailJson.Strings(contact.addresses())),
                    Json.text(new MailJson.Strings(contact.phones())),
                    contact.organization(),
                    contact.title());
        }
    }

    private static void plantCalendar(Store.Session db, PersonSeed person, String name, boolean main)
            throws SQLException {
        db.run(
                "INSERT INTO calendar (id, person, name, zone, main) VALUES (?, ?, ?, ?, ?)",
                main ? person.id() : person.id() + "-" + slug(name),
                person.id(),
                name,
                person.zone(),
                main);
    }

    private static void plantFolders(Store.Session db, PersonSeed person) throws SQLException {
        var names = new ArrayList<>(List.of("Inbox", "Drafts", "Sent", "Archive", "Spam", "Trash"));
        names.addAll(person.folders());
        for (var name : names) {
            db.run(
                    "INSERT INTO folder (person, id, name, position) VALUES (?, ?, ?, ?)",
                    person.id(),
                    slug(name),
                    name,
                    names.indexOf(name));
        }
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private void plant(Store.Session db, EventSeed seed) throws SQLException {
        var owner = person(seed.owner());
        var zone = seed.zone().map(ZoneId::of).orElse(owner.zone());
        var allDay = seed.days().isPresent();
        var starts = starts(seed, zone);
        var ends = allDay
                ? starts.plusDays(seed.days().get())
                : starts.plusMinutes(seed.minutes().orElseThrow());
        var entry = new Entry(
                seed.id(),
                seed.calendar().map(name -> owner.id() + "-" + slug(name)).orElse(owner.id()),
                seed.title(),
                seed.description().orElse(""),
                seed.location().orElse(""),
                starts,
                ends,
                zone,
                allDay,
                seed.rule().orElse(""),
                Optional.empty(),
                Optional.empty(),
                "confirmed",
                seed.busy().orElse(true),
                owner.address(),
                seed.meeting().map(room -> "https://meet.example.com/" + room).orElse(""),
                guests(owner, seed.guests().orElse(Map.of())),
                "",
                clock.instant(),
                clock.instant());
        CalendarBook.insert(db, entry, "", clock.instant());
    }

    private LocalDateTime starts(EventSeed seed, ZoneId zone) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var date = seed.day()
                .map(today::plusDays)
                .orElseGet(() -> today.plusWeeks(seed.week().orElseThrow())
                        .with(TemporalAdjusters.previousOrSame(
                                DayOfWeek.valueOf(seed.weekday().orElseThrow()))));
        return seed.time().map(time -> date.atTime(LocalTime.parse(time))).orElseGet(date::atStartOfDay);
    }

    private List<Guest> guests(Person owner, Map<String, String> responses) {
        var guests = new ArrayList<Guest>();
        if (!responses.isEmpty()) {
            guests.add(new Guest(owner.address(), owner.name(), "accepted", false, false));
        }
        responses.keySet().stream().sorted().forEach(who -> {
            var known = Optional.ofNullable(people.get(who));
            guests.add(new Guest(
                    known.map(Person::address).orElse(who),
                    known.map(Person::name).orElse(""),
                    responses.getOrDefault(who, "needs-action"),
                    false,
                    false));
        });
        return guests;
    }

    /** The sender's copy and one for each recipient who is of the organisation. */
    private void plant(Store.Session db, MailSeed seed) throws SQLException {
        var from = party(seed.from());
        var domain = from.address().substring(from.address().indexOf('@') + 1);
        var answered =
                seed.reply().map(key -> Optional.ofNullable(mails.get(key)).orElseThrow());
        var references = new ArrayList<String>();
        answered.ifPresent(before -> {
            references.addAll(before.references());
            references.add(before.messageId());
        });
        var recipients = new Recipients(
                parties(seed.to()),
                parties(seed.cc().orElse(List.of())),
                List.of(),
                seed.replyTo().map(this::party).map(List::of).orElse(List.of()));
        var draft = new Draft(
                "<" + Secrets.id() + "@" + domain + ">",
                answered.map(Draft::messageId),
                references,
                from,
                recipients,
                seed.subject(),
                seed.text(),
                seed.html(),
                seed.files().orElse(List.of()).stream().map(Seed::content).toList());
        seed.key().ifPresent(key -> mails.put(key, draft));
        var at = ago(seed.ago());
        var sender = People.byAddress(db, from.address());
        if (sender.isPresent()) {
            LetterTable.insert(db, sender.get(), draft, Letter.SENT, true, true, at);
        }
        for (var address : MailBook.addresses(recipients)) {
            var person = People.byAddress(db, address);
            if (person.isPresent()) {
                var folder = seed.folder().orElse(Letter.INBOX);
                LetterTable.insert(db, person.get(), draft, folder, seed.read().orElse(false), false, at);
            }
        }
    }

    private void plant(Store.Session db, DraftSeed seed) throws SQLException {
        var person = person(seed.of());
        var draft = new Draft(
                "<" + Secrets.id() + "@sandbox.example.com>",
                Optional.empty(),
                List.of(),
                new Party(person.address(), person.name()),
                new Recipients(parties(seed.to()), List.of(), List.of(), List.of()),
                seed.subject(),
                seed.text(),
                Optional.empty(),
                List.of());
        LetterTable.insert(db, person, draft, Letter.DRAFTS, true, false, ago(seed.ago()));
    }

    private static Content content(FileSeed file) {
        return new Content(
                file.name(),
                file.type(),
                file.text()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .or(() -> file.base64().map(Base64.getDecoder()::decode))
                        .orElseThrow());
    }

    /** {@code P1DT3H} before now. */
    private Instant ago(String text) {
        return clock.instant().minus(Duration.parse(text));
    }

    private Person person(String id) {
        return Optional.ofNullable(people.get(id))
                .orElseThrow(() -> new IllegalStateException("no seeded person " + id));
    }

    private List<Party> parties(List<Object> seeds) {
        return seeds.stream().map(this::party).toList();
    }

    private Party party(Object seed) {
        return switch (seed) {
            case String id -> new Party(person(id).address(), person(id).name());
            case Map<?, ?> party -> new Party(String.valueOf(party.get("address")), String.valueOf(party.get("name")));
            default -> throw new IllegalStateException("a seeded party is a person's id or address and name");
        };
    }
}
