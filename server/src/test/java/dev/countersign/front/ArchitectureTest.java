package dev.countersign.front;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.countersign.connector.Connector;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The walls of the house. What a room may use is what its {@code package-info.java} says. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/countersign");
    private static final String BASE = "dev.countersign.";
    private static final JavaClasses SERVER = importServer();

    private final RoomRules rules = RoomRules.read(SOURCES);

    @Test
    void rooms_useOnlyWhatTheySayTheyUse() {
        var wrong = new TreeSet<String>();
        for (var origin : SERVER) {
            var room = room(origin);
            if (room.isPresent()) {
                origin.getDirectDependenciesFromSelf().stream()
                        .flatMap(arrow -> room(arrow.getTargetClass().getBaseComponentType()).stream()
                                .filter(target -> !rules.allows(room.get(), target))
                                .map(target -> "%s uses %s in %s"
                                        .formatted(
                                                room.get(),
                                                target,
                                                outermost(origin).getSimpleName())))
                        .forEach(wrong::add);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRoom_saysWhatItHoldsAndUses() throws IOException {
        try (var folders = Files.list(SOURCES)) {
            var rooms = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
            assertThat(rules.rooms()).containsExactlyInAnyOrderElementsOf(rooms);
        }
    }

    /** By what they say they use, which is all that they may use. */
    @Test
    void rooms_formNoCycle() {
        assertThat(rules.inCycles()).isEmpty();
    }

    /** A keyed hash is no cipher: nothing comes out of it again. */
    @Test
    void onlyTheVault_decrypts() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.countersign.vault..")
                .should()
                .dependOnClassesThat(resideInAPackage("javax.crypto..")
                        .and(DescribedPredicate.not(belongToAnyOf(Mac.class, SecretKeySpec.class))))
                .check(SERVER);
    }

    @Test
    void oneFile_knowsTheOAuthClientLibrary() {
        var files = new TreeSet<String>();
        for (var origin : SERVER) {
            boolean uses = origin.getDirectDependenciesFromSelf().stream()
                    .anyMatch(arrow -> arrow.getTargetClass().getPackageName().startsWith("com.github.scribejava"));
            if (uses) {
                files.add(outermost(origin).getName());
            }
        }
        assertThat(files).hasSize(1).first().asString().startsWith("dev.countersign.connections.");
    }

    @Test
    void server_knowsNoConnectorOfItsOwn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.countersign.connector.sandbox..", "dev.countersign.connector.workspace..")
                .check(SERVER);
    }

    @Test
    void connectorApi_needsTheJdkOnly() {
        var api = new ClassFileImporter()
                .importUrl(Connector.class.getProtectionDomain().getCodeSource().getLocation());
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAPackage("java..")
                        .or(resideInAPackage("dev.countersign.connector"))
                        .or(resideInAPackage("org.jspecify.annotations")))
                .check(api);
    }

    /** Who sees a secret: those who issue, store or send one, and the start, which prints the one-time link. */
    @Test
    void secrets_openInFewRooms() {
        noClasses()
                .that(describe(
                        "lie elsewhere",
                        type -> !Set.of("vault", "oauth", "identity", "connections", "hosts", "the base")
                                .contains(room(type).orElse("the base"))))
                .should()
                .callMethod(Secret.class, "reveal", Secret.Purpose.class)
                .check(SERVER);
    }

    private static JavaClasses importServer() {
        // libraries are named, not opened
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    /** The room that a class lies in; empty for the base and for what is not ours. */
    private static Optional<String> room(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(BASE) || name.startsWith(BASE + "connector.") || name.equals(BASE + "connector")) {
            return Optional.empty();
        }
        return Optional.of(name.substring(BASE.length()).split("\\.")[0]);
    }
}
