package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.FilesService;
import dev.countersign.connector.workspace.Page;
import java.util.List;
import java.util.Optional;

/** {@code files_search}: files by the words in them. */
final class FilesSearch {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    public record Input(
            @Doc("words of name or content, all of them") String text,
            @Doc(Docs.ACCOUNTS) List<String> accounts,

            @Doc(value = Docs.LIMIT, min = 1, max = MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor) {}

    public record Output(
            @Doc("the best match first, account by account") List<FileView> files,

            @Doc("'cursor' for the next page; absent at the end")
            Optional<String> nextCursor,

            List<Problem> problems) {
        String text() {
            return Lines.list("file", files, FileView::line) + Lines.rest(problems, nextCursor);
        }

        List<Foreign> foreign() {
            return files.stream().map(file -> file.foreign("")).toList();
        }
    }

    private FilesSearch() {}

    static Tool<Input, Output> tool() {
        return Tool.read("files_search", "Search files", Input.class, Output.class)
                .description("Finds files and documents by words in name or content, without the content.")
                .scopes("files:read")
                .accounts(Tool.Accounts.EVERY)
                .service(FilesService.class)
                .text(Output::text)
                .foreign(Output::foreign)
                .run(FilesSearch::run);
    }

    private static Output run(Input in, Call call) {
        var text = Inputs.filledLine("text", in.text());
        var found = Spread.<FilesService, FileView>page(
                call,
                FilesService.class,
                Inputs.limit(in.limit(), DEFAULT_LIMIT, MAX_LIMIT),
                in.cursor(),
                () -> "",
                (service, account, fixed, share, page) -> {
                    var files = service.search(text, share, page);
                    return new Page<>(
                            files.items().stream()
                                    .map(file -> FileView.of(file, account))
                                    .toList(),
                            files.next());
                });
        return new Output(found.items(), found.nextCursor(), found.problems());
    }
}
