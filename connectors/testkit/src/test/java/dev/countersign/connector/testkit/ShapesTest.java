package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final Notes NOTES = new Notes(List.of(new Note("Water", Optional.of("today"), Optional.empty())));

    private record Note(String title, Optional<String> due, Optional<Author> author) {}

    private record Notes(List<Note> notes) {}

    record Author(String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void textThatJavaPrinted_isFound() {
        assertThat(Shapes.printedIn("It is " + NOTES, NOTES)).contains(NOTES.toString(), "Optional[today]");
        assertThat(Shapes.printedIn("1. " + NOTES.notes(), NOTES))
                .doesNotContain(NOTES.toString())
                .isNotEmpty();
        assertThat(Shapes.printedIn("Water, due Optional[today]", NOTES)).containsExactly("Optional[today]");
        assertThat(Shapes.printedIn("Water, by Optional.empty", NOTES)).containsExactly("Optional.empty");
    }

    @Test
    void textInWords_isFine() {
        assertThat(Shapes.printedIn("Water, due today", NOTES)).isEmpty();
        assertThat(Shapes.printedIn("Water, by Ann", new Author("Ann"))).isEmpty();
    }

    @Test
    void changedSnapshot_showsTheLinesThatDiffer() {
        assertThat(ToolShape.changed("a\nb\nc\n", "a\nx\ny\nc\n")).isEqualTo("- b\n+ x\n+ y");
        assertThat(ToolShape.changed("a\n", "a\nb\n")).isEqualTo("+ b");
        assertThat(ToolShape.changed("a\nb\n", "a\nb\n")).isEmpty();
    }
}
