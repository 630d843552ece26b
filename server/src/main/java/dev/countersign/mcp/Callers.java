package dev.countersign.mcp;

import dev.countersign.connections.Connections;
import dev.countersign.connector.ToolException;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.oauth.Principal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Who a call acts for. */
final class Callers {
    private final People people;
    private final Connections connections;

    Callers(People people, Connections connections) {
        this.people = people;
        this.connections = connections;
    }

    /** @param own mail addresses that are the person's own, in lower case */
    record Caller(Person person, Set<String> own) {
        Caller {
            own = Set.copyOf(own);
        }
    }

    Caller of(Principal principal) {
        var person = people.known(principal.userId())
                .orElseThrow(() -> new ToolException("The person of this session is no longer here. Sign in again."));
        var own = new HashSet<>(connections.addresses(person.id()));
        own.add(person.email().toLowerCase(Locale.ROOT));
        return new Caller(person, own);
    }
}
