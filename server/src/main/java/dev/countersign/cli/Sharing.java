package dev.countersign.cli;

import dev.countersign.identity.Person;
import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;
import java.util.Map;
import java.util.Optional;

/** Relationships in the words of the command line: people stand by their address. Each change is an audit event. */
final class Sharing {
    private static final String EVERYONE = "everyone";
    private static final String GROUP = "group:";
    private static final String USER = "user:";

    /** Whom the events of the command line concern: nobody who can sign in. */
    private static final String OPERATOR = "operator";

    private final Rooms rooms;

    Sharing(Rooms rooms) {
        this.rooms = rooms;
    }

    /** The subject of {@code group:NAME}, {@code user:EMAIL} or {@code everyone}. */
    String viewer(String whom) {
        if (whom.equals(EVERYONE)) {
            return "user:*";
        }
        if (whom.startsWith(GROUP)) {
            return whom + "#member";
        }
        if (whom.startsWith(USER)) {
            return Permissions.subject(
                    rooms.person(whom.substring(USER.length())).id());
        }
        throw new CommandException("'" + whom + "' names nobody. Give group:NAME, user:EMAIL or everyone.");
    }

    /** The subject of a mail address or {@code group:NAME}. */
    String member(String whom) {
        return whom.startsWith(GROUP)
                ? whom + "#member"
                : Permissions.subject(rooms.person(whom).id());
    }

    /** A subject for people to read. */
    String shown(String subject) {
        if (subject.equals("user:*")) {
            return EVERYONE;
        }
        return subject.startsWith(USER)
                ? rooms.people()
                        .byId(subject.substring(USER.length()))
                        .map(Person::email)
                        .orElse(subject)
                : subject.replace("#member", "");
    }

    void add(Relationship relationship) {
        rooms.permissions().write(relationship);
        record(relationship, "allow");
    }

    /** Gives whether it was there. */
    boolean remove(Relationship relationship) {
        var removed = rooms.permissions().delete(relationship);
        if (removed) {
            record(relationship, "deny");
        }
        return removed;
    }

    private void record(Relationship relationship, String decision) {
        rooms.audit()
                .append(
                        "access.changed",
                        OPERATOR,
                        Optional.empty(),
                        relationship.object(),
                        decision,
                        Map.of("relation", relationship.relation(), "subject", relationship.subject()));
    }

    static Relationship relationship(String object, String relation, String subject) {
        try {
            return new Relationship(object, relation, subject);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "A name of a group or folder has letters of a to z, digits and . _ / @ - only, at most 200.", e);
        }
    }

    static void checkObject(String object) {
        if (!object.startsWith("folder:") && !object.startsWith("document:")) {
            throw new CommandException("'" + object + "' is neither. Give folder:NAME or document:ID.");
        }
        relationship(object, "viewer", "user:*");
    }
}
