package dev.countersign.cli;

import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;
import dev.countersign.retrieval.Documents;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Puts in the demo's people, their two groups and the organisation's handbook. What is there already stays. */
public final class DemoSeed {
    private static final String HANDBOOK = "handbook";
    private static final String LEADERSHIP = "leadership";
    private static final List<String> FOR_STAFF = List.of("expenses", "leave", "onboarding", "security");
    private static final List<String> FOR_LEADERSHIP = List.of("salary-bands");

    private final People people;
    private final Permissions permissions;
    private final Documents documents;

    public DemoSeed(People people, Permissions permissions, Documents documents) {
        this.people = people;
        this.permissions = permissions;
        this.documents = documents;
    }

    public void plant() {
        var alice = person("alice@example.com", "Alice Andersson", "Europe/Berlin", true);
        var bob = person("bob@example.com", "Bob Baker", "Europe/London", false);
        permissions.write(Relationship.member("staff", alice.id()));
        permissions.write(Relationship.member("staff", bob.id()));
        permissions.write(Relationship.member(LEADERSHIP, bob.id()));
        permissions.write(Relationship.groupMayView("staff", "folder:" + HANDBOOK));
        permissions.write(Relationship.groupMayView(LEADERSHIP, "folder:" + LEADERSHIP));
        FOR_STAFF.forEach(name -> document(HANDBOOK, name));
        FOR_LEADERSHIP.forEach(name -> document(LEADERSHIP, name));
    }

    private Person person(String email, String name, String zone, boolean administrator) {
        return people.byEmail(email)
                .orElseGet(
                        () -> people.create(email, name, Secret.of(Visitor.PASSWORD), ZoneId.of(zone), administrator));
    }

    private void document(String folder, String name) {
        var text = text(name);
        var title = text.lines().findFirst().orElse(name).replaceFirst("^# ", "");
        documents.put(folder + "/" + name, folder, title, text, Optional.empty());
    }

    private static String text(String name) {
        try (var in = DemoSeed.class.getResourceAsStream("/dev/countersign/demo/handbook/" + name + ".md")) {
            if (in == null) {
                throw new IllegalStateException("the handbook lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
