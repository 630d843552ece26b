package dev.countersign.cli;

import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;
import dev.countersign.retrieval.Documents;
import dev.countersign.retrieval.FolderImport;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The demo's two people, their groups and the shared documents. Run again it changes nothing that is there. */
public final class DemoSeed {
    /** Printed for everybody to read; the sandbox's people have it too. */
    public static final String PASSWORD = "countersign-demo";

    /** The group of everybody who works there: Alice and Bob. */
    public static final String STAFF = "staff";

    /** The group that holds Bob alone, and the folder that only it may view. */
    public static final String LEADERSHIP = "leadership";

    /** The folder that staff may view. */
    public static final String HANDBOOK = "handbook";

    private static final List<String> FOR_STAFF = List.of(
            "approvals",
            "assistants",
            "company-day",
            "expenses",
            "holidays-by-office",
            "leave",
            "meetings",
            "onboarding",
            "project-atlas",
            "purchasing",
            "security",
            "travel",
            "visitors");

    private static final List<String> FOR_LEADERSHIP = List.of("hiring-plan", "salary-bands");

    private final People people;
    private final Permissions permissions;
    private final Documents documents;

    public DemoSeed(People people, Permissions permissions, Documents documents) {
        this.people = people;
        this.permissions = permissions;
        this.documents = documents;
    }

    public void run() {
        var alice = person("alice@example.com", "Alice Andersson", "Europe/Berlin", true);
        var bob = person("bob@example.com", "Bob Baker", "Europe/London", false);
        permissions.write(Relationship.member(STAFF, alice.id()));
        permissions.write(Relationship.member(STAFF, bob.id()));
        permissions.write(Relationship.member(LEADERSHIP, bob.id()));
        share(HANDBOOK, STAFF, FOR_STAFF);
        share(LEADERSHIP, LEADERSHIP, FOR_LEADERSHIP);
    }

    private Person person(String email, String name, String zone, boolean administrator) {
        return people.byEmail(email)
                .orElseGet(() -> people.create(email, name, Secret.of(PASSWORD), ZoneId.of(zone), administrator));
    }

    /** A folder that holds documents already is left as it is: what was unshared since stays so. */
    private void share(String folder, String group, List<String> names) {
        if (!documents.idsIn(folder).isEmpty()) {
            return;
        }
        for (var name : names) {
            var text = text(folder + "/" + name + ".md");
            documents.put(folder + "/" + name, folder, FolderImport.title(text, name), text, Optional.empty());
        }
        permissions.write(Relationship.groupMayView(group, "folder:" + folder));
    }

    private static String text(String file) {
        try (var in = DemoSeed.class.getResourceAsStream("/dev/countersign/demo/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
