package dev.countersign.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;
import dev.countersign.store.Database;
import dev.countersign.store.DocumentTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    Path folder;

    private Database database;
    private Documents documents;
    private Permissions permissions;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"));
        documents = new Documents(database, Clock.systemUTC());
        permissions = new Permissions(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> found(String userId, String query) {
        return documents.search(userId, query, 10).stream()
                .map(DocumentTable.Found::id)
                .toList();
    }

    private void put(String id, String folderName, String text) {
        documents.put(id, folderName, "Title of " + id, text, Optional.empty());
    }

    @Test
    void manyHiddenBetterMatches_takeNoPlaceFromThePermittedTen() {
        IntStream.range(0, 500).forEach(i -> put("hidden" + i, "secret", "holiday holiday holiday holiday"));
        IntStream.range(0, 12).forEach(i -> put("open" + i, "handbook", "how to ask for a holiday, page " + i));
        permissions.write(Relationship.userMayView("alice", "folder:handbook"));
        assertThat(found("alice", "holiday")).hasSize(10).allMatch(id -> id.startsWith("open"));
        assertThat(found("bob", "holiday")).isEmpty();
    }

    @Test
    void unshare_takesEffectOnTheNextQuestion() {
        put("leave", "handbook", "parental leave");
        var staff = Relationship.groupMayView("staff", "folder:handbook");
        permissions.write(staff);
        permissions.write(Relationship.member("staff", "alice"));
        assertThat(found("alice", "leave")).containsExactly("leave");
        permissions.delete(staff);
        assertThat(found("alice", "leave")).isEmpty();
        assertThat(documents.fetch("alice", "leave")).isEmpty();
    }

    @Test
    void hiddenAndAbsentDocuments_lookTheSame() {
        put("secret", "board", "merger");
        assertThat(documents.fetch("alice", "secret")).isEqualTo(documents.fetch("alice", "no-such-document"));
    }

    @Test
    void changedText_isFoundByItsNewWordsOnly() {
        permissions.write(new Relationship("folder:handbook", "viewer", "user:*"));
        put("page", "handbook", "unicorn");
        put("page", "handbook", "narwhal");
        assertThat(found("anyone", "unicorn")).isEmpty();
        assertThat(found("anyone", "narwhal")).containsExactly("page");
    }

    @Test
    void groupsInGroupsAndCircles_areFollowedToTheirEnd() {
        put("page", "deep", "needle");
        permissions.write(new Relationship("group:all", "member", "group:staff#member"));
        permissions.write(new Relationship("group:staff", "member", "group:all#member"));
        permissions.write(Relationship.member("staff", "alice"));
        permissions.write(new Relationship("folder:deep", "parent", "folder:top"));
        permissions.write(new Relationship("folder:top", "parent", "folder:deep"));
        permissions.write(Relationship.groupMayView("all", "folder:top"));
        assertThat(found("alice", "needle")).containsExactly("page");
        assertThat(found("bob", "needle")).isEmpty();
    }

    @Test
    void indexOperatorsInAQuery_areOnlyWords() {
        permissions.write(new Relationship("folder:handbook", "viewer", "user:*"));
        put("page", "handbook", "plain words");
        for (var query :
                List.of("\"", "words OR", "NEAR(", "title:words", "words*", "-plain", "'; DROP TABLE document", "")) {
            assertThat(documents.search("anyone", query, 10)).as(query).isInstanceOf(List.class);
        }
        assertThat(found("anyone", "words*")).containsExactly("page");
    }

    @Test
    void randomRelationships_agreeWithACheckByHand() {
        var random = new Random(7);
        var tuples = new HashSet<Relationship>();
        for (int d = 0; d < 20; d++) {
            put("d" + d, "f" + random.nextInt(6), "needle");
        }
        for (int i = 0; i < 60; i++) {
            tuples.add(
                    switch (random.nextInt(4)) {
                        case 0 -> Relationship.member("g" + random.nextInt(4), "u" + random.nextInt(4));
                        case 1 ->
                            new Relationship(
                                    "group:g" + random.nextInt(4), "member", "group:g" + random.nextInt(4) + "#member");
                        case 2 -> Relationship.groupMayView("g" + random.nextInt(4), "folder:f" + random.nextInt(6));
                        default -> Relationship.userMayView("u" + random.nextInt(4), "document:d" + random.nextInt(20));
                    });
        }
        tuples.stream().filter(each -> random.nextInt(3) > 0).forEach(permissions::write);
        var kept = new HashSet<>(permissions.all());
        for (int u = 0; u < 4; u++) {
            var user = "u" + u;
            var allowed = new ArrayList<String>();
            for (int d = 0; d < 20; d++) {
                if (byHand(kept, user, "document:d" + d) || byHand(kept, user, "folder:" + folderOf("d" + d))) {
                    allowed.add("d" + d);
                }
            }
            var all = documents.search(user, "needle", 100).stream()
                    .map(DocumentTable.Found::id)
                    .toList();
            assertThat(all).as(user).containsExactlyInAnyOrderElementsOf(allowed);
        }
    }

    private String folderOf(String id) {
        return IntStream.range(0, 6)
                .mapToObj(f -> "f" + f)
                .filter(f -> documents.idsIn(f).contains(id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean byHand(Set<Relationship> tuples, String user, String object) {
        return tuples.stream()
                .filter(tuple ->
                        tuple.object().equals(object) && tuple.relation().equals("viewer"))
                .anyMatch(tuple -> tuple.subject().equals("user:" + user)
                        || (tuple.subject().endsWith("#member")
                                && isMember(tuples, user, tuple.subject().replace("#member", ""), new HashSet<>())));
    }

    private static boolean isMember(Set<Relationship> tuples, String user, String group, Set<String> seen) {
        return seen.add(group)
                && tuples.stream()
                        .filter(tuple ->
                                tuple.object().equals(group) && tuple.relation().equals("member"))
                        .anyMatch(tuple -> tuple.subject().equals("user:" + user)
                                || (tuple.subject().endsWith("#member")
                                        && isMember(
                                                tuples, user, tuple.subject().replace("#member", ""), seen)));
    }

    @Test
    void folderImport_followsTheFolder() throws IOException {
        var source = Files.createDirectories(folder.resolve("handbook/people"));
        Files.writeString(source.resolve("leave.md"), "# Parental leave\n\nSixteen weeks.");
        Files.writeString(source.resolve("old.txt"), "gone soon");
        Files.write(source.resolve("logo.png"), new byte[] {1});
        permissions.write(new Relationship("folder:handbook", "viewer", "user:*"));
        var imports = new FolderImport(documents);
        assertThat(imports.run(folder.resolve("handbook"), "handbook").leftOut())
                .hasSize(1);
        assertThat(found("anyone", "sixteen")).containsExactly("handbook/people/leave");
        Files.delete(source.resolve("old.txt"));
        assertThat(imports.run(folder.resolve("handbook"), "handbook").removed())
                .isEqualTo(1);
        assertThat(found("anyone", "gone soon")).isEmpty();
    }

    @Test
    void wrongRelationship_saysWhatIsAllowed() {
        assertThatThrownBy(() -> new Relationship("folder:x", "owner", "user:a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("viewer");
        assertThatThrownBy(() -> new Relationship("group:x", "member", "user:*"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
