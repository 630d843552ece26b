package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.FilesService;
import java.util.List;
import java.util.Optional;

/** {@code files_get}: what a file says, in parts. */
final class FilesGet {
    private static final int MAX_TEXT = 20_000;
    private static final String SOURCE = "files_search";

    public record Input(
            @Doc("file id from files_search") String id,
            @Doc(value = Docs.OFFSET, min = 0) Optional<Integer> offset,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            FileView file,
            @Doc("absent when it is no text") Optional<String> text,

            @Doc("'offset' for the rest of the text; absent at the end")
            Optional<Integer> nextOffset,

            @Doc("what is left out, or why there is no text")
            Optional<String> note) {
        String readable() {
            return file.line().substring(2) + "\n"
                    + note.map(words -> words + "\n").orElse("")
                    + text.map(words -> "\n" + words + "\n").orElse("")
                    + nextOffset
                            .map(next -> "\nIt goes on: call files_get with offset " + next + "\n")
                            .orElse("");
        }

        List<Foreign> foreign() {
            return List.of(file.foreign(text.orElse("")));
        }
    }

    private FilesGet() {}

    static Tool<Input, Output> tool() {
        return Tool.read("files_get", "Read file", Input.class, Output.class)
                .description("Gives the text of one file or document, in parts.")
                .scopes("files:read")
                .service(FilesService.class)
                .text(Output::readable)
                .foreign(Output::foreign)
                .run(FilesGet::run);
    }

    private static Output run(Input in, Call call) {
        var id = Inputs.id("id", in.id(), SOURCE);
        var offset = Inputs.offset(in.offset());
        var read = Inputs.found(
                        "file",
                        id,
                        SOURCE,
                        () -> call.service(FilesService.class).read(id))
                .orElseThrow(() -> Inputs.missing("file", id, SOURCE));
        var part = read.text().map(text -> TextPart.of(text, offset, MAX_TEXT));
        return new Output(
                FileView.of(read.file(), call.account()),
                part.map(TextPart::text),
                part.flatMap(TextPart::nextOffset),
                read.note());
    }
}
