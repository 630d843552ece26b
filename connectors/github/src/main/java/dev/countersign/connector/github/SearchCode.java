package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code github_search_code}: files of default branches by the words in them. */
final class SearchCode {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_FRAGMENT = 600;

    public record Input(
            @Doc("words that the file holds, e.g. a function's name")
            String text,

            @Doc("owner/name to search only there; recommended")
            Optional<String> repository,

            @Doc("login of a person or organisation to search all of theirs")
            Optional<String> owner,

            @Doc("programming language, e.g. Java") Optional<String> language,

            @Doc("folder that the file is below, e.g. src/main")
            Optional<String> path,

            @Doc(value = Docs.LIMIT, min = 1, max = GitHub.MOST_ON_A_PAGE)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    /** A file with the places that match. */
    public record FileHit(
            String repository,
            @Doc("'path' of github_get_file") String path,
            String fragment,
            String url) {
        static FileHit of(GitHubJson.Code json) {
            var fragment = json.textMatches().stream()
                    .flatMap(match -> match.fragment().stream())
                    .collect(Collectors.joining("\n…\n"));
            return new FileHit(
                    json.repository().fullName(), json.path(), TextPart.cut(fragment, MAX_FRAGMENT), json.htmlUrl());
        }

        String line() {
            return "- " + repository + ": " + path + "\n" + fragment.indent(4).stripTrailing();
        }

        Foreign foreign() {
            return Shown.foreign(repository.split("/")[0], "file " + path + " of " + repository, fragment);
        }
    }

    public record Output(
            List<FileHit> files, @Doc(Docs.NEXT) Optional<String> nextCursor) {
        String text() {
            return Shown.list("file", "files", files, FileHit::line, nextCursor);
        }

        List<Foreign> foreign() {
            return files.stream().map(FileHit::foreign).toList();
        }
    }

    private SearchCode() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_search_code", "Search code", Input.class, Output.class)
                .description("Finds files on GitHub's default branches by words in them, with the matching lines.")
                .scopes("github:read")
                .text(Output::text)
                .foreign(Output::foreign)
                .run(SearchCode::run);
    }

    private static Output run(Input in, Call call) {
        if (in.text().isBlank()) {
            throw new ToolException("'text' is empty. Say which words the file holds.");
        }
        var github = GitHub.of(call);
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, GitHub.MOST_ON_A_PAGE);
        var terms = Terms.of(Optional.of(in.text()))
                .with(
                        "repo",
                        in.repository().map(name -> RepositoryName.of(name).toString()))
                .with("user", in.owner().map(login -> Inputs.login("owner", login)))
                .with("language", in.language())
                .with("path", in.path());
        var page = Pages.search(call, in.cursor(), limit, number -> {
            var request = github.get("search/code")
                    .query("q", terms)
                    .header("Accept", "application/vnd.github.text-match+json");
            var found = Json.read(GitHub.paged(request, limit, number).bytes(), GitHubJson.CodeFound.class);
            return new Pages.Found<>(found.totalCount(), found.items());
        });
        return new Output(page.items().stream().map(FileHit::of).toList(), page.next());
    }
}
