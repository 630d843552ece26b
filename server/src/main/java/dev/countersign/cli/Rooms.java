package dev.countersign.cli;

import dev.countersign.audit.AuditLog;
import dev.countersign.config.Config;
import dev.countersign.identity.Passwords;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.permissions.Permissions;
import dev.countersign.retrieval.Documents;
import dev.countersign.store.Database;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;

/** What administering commands work on: the database of this installation, whether a server runs on it or not. */
record Rooms(Database database, AuditLog audit, People people, Permissions permissions, Documents documents)
        implements AutoCloseable {
    static Rooms open() {
        var file = Config.read(Cli.home(), System.getenv(), Map.of()).database();
        if (!Files.exists(file)) {
            throw new CommandException("There is no database at " + file + " yet. Run 'countersign start' once, or set"
                    + " COUNTERSIGN_DATA to the folder of the one you mean.");
        }
        var database = Database.open(file);
        var clock = Clock.systemUTC();
        var audit = new AuditLog(database, clock);
        var people = new People(database, new Passwords(), audit::append, clock);
        return new Rooms(database, audit, people, new Permissions(database), new Documents(database, clock));
    }

    Person person(String email) {
        return people.byEmail(email)
                .orElseThrow(() -> new CommandException("Nobody has the address " + email
                        + ". 'countersign user list' shows everybody, 'countersign user add' adds somebody."));
    }

    @Override
    public void close() {
        audit.close();
        database.close();
    }
}
