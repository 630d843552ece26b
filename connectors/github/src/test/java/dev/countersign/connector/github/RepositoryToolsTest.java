package dev.countersign.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryToolsTest {
    private final FakeGitHub github = new FakeGitHub();
    private final Calls alice = Calls.on(github.link(FakeGitHub.ALICE));

    @AfterEach
    void stop() {
        github.close();
    }

    private static SearchRepositories.Input search(Optional<String> text, Optional<String> cursor) {
        return new SearchRepositories.Input(
                text, Optional.empty(), Optional.empty(), Optional.of(2), cursor, Optional.empty());
    }

    private static SearchCode.Input code(String text, Optional<String> repository) {
        return new SearchCode.Input(
                text,
                repository,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private GetFile.Output file(String path, int offset) {
        return alice.run(
                GetFile.tool(),
                new GetFile.Input(
                        "octo/hello", Optional.of(path), Optional.empty(), Optional.of(offset), Optional.empty()));
    }

    @Test
    void pagesOfASearch_endWithItsTotal() {
        IntStream.range(10, 13).forEach(id -> github.repository(id, "octo/hello" + id, false, Map.of()));
        var first = alice.run(SearchRepositories.tool(), search(Optional.of("hello"), Optional.empty()));
        var last = alice.run(SearchRepositories.tool(), search(Optional.of("hello"), first.nextCursor()));
        assertThat(first.repositories()).hasSize(2);
        assertThat(last.repositories()).hasSize(2);
        assertThat(last.nextCursor()).isEmpty();
    }

    @Test
    void noWords_giveOnesOwn() {
        var own = alice.run(SearchRepositories.tool(), search(Optional.empty(), Optional.empty()));
        assertThat(own.repositories()).extracting(RepositoryView::repository).containsExactly("octo/hello");
    }

    @Test
    void hiddenRepository_looksLikeNone() {
        assertThatThrownBy(
                        () -> alice.run(GetRepository.tool(), new GetRepository.Input("octo/secret", Optional.empty())))
                .isInstanceOf(UpstreamException.class)
                .hasMessageContaining("what is private looks like what is not there");
        assertThatThrownBy(() -> alice.run(SearchCode.tool(), code("x", Optional.of("octo/secret"))))
                .hasMessageContaining("hidden from this account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "octo/hello/issues", "octo/..%2f", "https://github.com/octo/hello", "octo/he llo"})
    void namesOfAnotherForm_areRefused(String name) {
        assertThatThrownBy(() -> alice.run(GetRepository.tool(), new GetRepository.Input(name, Optional.empty())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("owner/name");
    }

    @Test
    void longFile_comesInParts() {
        github.hello().contents.put("long.txt", FakeGitHub.bytes("ä".repeat(30_000)));
        var first = file("long.txt", 0);
        assertThat(first.text().orElseThrow()).hasSize(20_000);
        var rest = file("long.txt", first.nextOffset().orElseThrow());
        assertThat(rest.text().orElseThrow()).isEqualTo("ä".repeat(10_000));
        assertThat(rest.nextOffset()).isEmpty();
    }

    @Test
    void fileFromOneMegabyteOn_isReadRaw() {
        github.hello().contents.put("huge.txt", FakeGitHub.bytes("x".repeat(1_500_000)));
        assertThat(file("huge.txt", 1_499_990).text()).contains("x".repeat(10));
    }

    @Test
    void whatIsNoText_isNamed() {
        github.hello().contents.put("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
        github.hello().contents.put("latest.link", FakeGitHub.bytes("README.md"));
        github.hello().contents.put("dump", new byte[6 * 1024 * 1024]);
        assertThat(file("logo.png", 0).note()).contains("It is no text. Open it at GitHub.");
        assertThat(file("latest.link", 0).note().orElseThrow()).contains("README.md");
        assertThat(file("dump", 0).note().orElseThrow()).contains("5 MiB");
    }

    @Test
    void folder_listsItsEntries() {
        assertThat(file("", 0).entries()).containsExactly("README.md", "src/");
        assertThat(file("src", 0).entries()).containsExactly("src/Main.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "src/../../octo", "a/./b"})
    void pathsThatLeadUp_areRefused(String path) {
        assertThatThrownBy(() -> file(path, 0)).isInstanceOf(ToolException.class);
    }

    @Test
    void code_comesWithTheMatchingLines() {
        var found = alice.run(SearchCode.tool(), code("main", Optional.of("octo/hello")));
        assertThat(found.files())
                .extracting(SearchCode.FileHit::path, SearchCode.FileHit::fragment)
                .containsExactly(tuple("src/Main.java", "class Main {}\n"));
    }

    @Test
    void qualifiersOfOneArgument_doNotEndIt() {
        var terms = Terms.of(Optional.of("words"))
                .with("label", "help \"wanted\" repo:x")
                .with("is", "issue");
        assertThat(terms).hasToString("words label:\"help wanted repo:x\" is:issue");
    }
}
