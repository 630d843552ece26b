package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.FileInfo;
import dev.countersign.connector.workspace.FilesService;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link FilesService} keeps to. */
public abstract class FilesServiceContract {
    /** Several parts of what one call of {@code files_get} gives. */
    private static final String LONG_TEXT = "A line of many.\n".repeat(5_000) + "The end.";

    protected abstract FilesService files();

    /** The name of a text file or document that can be searched. */
    protected abstract String knownName();

    /** Words of its content. */
    protected abstract String knownWords();

    /** A word that at least three files hold. */
    protected abstract String common();

    /** The id of a file that is no text, e.g. a picture. */
    protected abstract String notText();

    /** Makes a text file that holds this, and gives its id. */
    protected abstract String made(String text);

    private FileInfo known(String words) {
        return files().search(words, 10, Optional.empty()).items().stream()
                .filter(file -> file.name().equals(knownName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file " + knownName() + " by " + words));
    }

    @Test
    void name_findsTheFileWhateverItsCase() {
        var file = known(knownName().toUpperCase(Locale.ROOT));
        assertThat(file.id()).isNotBlank();
        assertThat(file.mediaType()).contains("/");
        assertThat(file.owner()).isNotBlank();
    }

    @Test
    void wordsOfTheContent_findTheFile() {
        assertThat(known(knownWords())).isEqualTo(known(knownName()));
    }

    @Test
    void quotesAndBackslashes_endNothing() {
        assertThat(files().search("qq' or \"zz\\ nobody' x", 10, Optional.empty())
                        .items())
                .isEmpty();
    }

    @Test
    void unknownWords_findNothing() {
        assertThat(files().search("qqzzxxnobody", 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void pages_giveEveryFileOnce() {
        var files = files();
        var pages = Pages.all(1, page -> files.search(common(), 1, page));
        assertThat(pages).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(pages)
                .containsExactlyInAnyOrderElementsOf(Pages.all(100, page -> files.search(common(), 100, page)));
    }

    @Test
    void file_isReadAsText() {
        var read = files().read(known(knownName()).id()).orElseThrow();
        assertThat(read.file()).isEqualTo(known(knownName()));
        assertThat(read.text())
                .hasValueSatisfying(text -> assertThat(text)
                        .containsIgnoringCase(knownWords())
                        .doesNotStartWith("\ufeff")
                        .doesNotContain("\r"));
    }

    @Test
    void longFile_isReadToItsEnd() {
        assertThat(files().read(made(LONG_TEXT)).orElseThrow().text()).contains(LONG_TEXT);
    }

    @Test
    void whatIsNoText_saysSo() {
        var read = files().read(notText()).orElseThrow();
        assertThat(read.text()).isEmpty();
        assertThat(read.note()).hasValueSatisfying(note -> assertThat(note).isNotBlank());
    }

    @Test
    void idOfNothing_isEmpty() {
        assertThat(files().read("there-is-no-such-file")).isEmpty();
    }
}
