package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code github_get_file}: a text file of a repository in parts, or what a folder holds. */
final class GetFile {
    private static final int MAX_TEXT = 20_000;
    private static final long MOST_BYTES = 5L * 1024 * 1024;
    private static final int MOST_SEGMENTS = 60;

    public record Input(
            @Doc(Docs.REPOSITORY) String repository,

            @Doc("path in the repository, e.g. src/Main.java; absent for the top folder")
            Optional<String> path,

            @Doc("branch, tag or commit; absent for the default branch")
            Optional<String> ref,

            @Doc(value = Docs.OFFSET, min = 0) Optional<Integer> offset,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            String repository,
            String path,
            @Doc("file, dir, symlink or submodule") String type,
            @Doc("of a text file") Optional<String> text,

            @Doc("'offset' for the rest of the text; absent at the end")
            Optional<Integer> nextOffset,

            @Doc("what a folder holds; folders end with a slash")
            List<String> entries,

            @Doc("why there is no text") Optional<String> note,
            Optional<String> url) {
        String readable() {
            var head = repository + ", " + (path.isEmpty() ? "top folder" : path) + " (" + type + ")\n";
            return head
                    + note.map(why -> why + "\n").orElse("")
                    + String.join("\n", entries)
                    + text.orElse("")
                    + Shown.more(new TextPart("", nextOffset));
        }

        List<Foreign> foreign() {
            return List.of(Shown.foreign(
                    repository.split("/")[0],
                    "file " + path + " of " + repository,
                    text.orElse(""),
                    String.join("\n", entries)));
        }
    }

    private GetFile() {}

    static Tool<Input, Output> tool() {
        return Tool.read("github_get_file", "Read file", Input.class, Output.class)
                .description("Gives a text file of a GitHub repository in parts, or lists a folder.")
                .scopes("github:read")
                .text(Output::readable)
                .foreign(Output::foreign)
                .run(GetFile::run);
    }

    private static Output run(Input in, Call call) {
        var github = GitHub.of(call);
        var repository = RepositoryName.of(in.repository());
        var path = segments(in.path().orElse(""));
        // this media type gives a folder as one object too
        var content = Json.read(
                contents(github, repository, path, in.ref())
                        .header("Accept", "application/vnd.github.object+json")
                        .bytes(),
                GitHubJson.Content.class);
        return switch (content.type()) {
            case "dir" -> folder(repository, content);
            case "file" -> file(github, repository, path, in, content);
            case "symlink" ->
                without(
                        repository,
                        content,
                        "It is a link to " + content.target().orElse("another path") + ". Read that path.");
            default ->
                without(repository, content, "It is a repository of its own inside this one, and holds no text.");
        };
    }

    private static List<String> segments(String path) {
        var segments =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (segments.size() > MOST_SEGMENTS || segments.contains(".") || segments.contains("..")) {
            throw new ToolException(
                    "'path' must lead down from the top folder, without dots. List the folder to find it.");
        }
        return segments;
    }

    private static Upstream.Request contents(
            GitHub github, RepositoryName repository, List<String> path, Optional<String> ref) {
        return github.get(repository, "contents" + "/{segment}".repeat(path.size()), path.toArray())
                .query("ref", ref.filter(name -> !name.isBlank()));
    }

    private static Output folder(RepositoryName repository, GitHubJson.Content content) {
        var entries = content.entries().stream()
                .map(entry -> entry.path() + (entry.type().equals("dir") ? "/" : ""))
                .toList();
        return new Output(
                repository.toString(),
                content.path(),
                "dir",
                Optional.empty(),
                Optional.empty(),
                entries,
                Optional.empty(),
                content.htmlUrl());
    }

    private static Output without(RepositoryName repository, GitHubJson.Content content, String note) {
        return new Output(
                repository.toString(),
                content.path(),
                content.type(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(note),
                content.htmlUrl());
    }

    private static Output file(
            GitHub github, RepositoryName repository, List<String> path, Input in, GitHubJson.Content content) {
        if (content.size().orElse(0L) > MOST_BYTES) {
            return without(repository, content, "It is larger than 5 MiB. Open it at GitHub.");
        }
        var bytes = content.encoding().filter("base64"::equals).isPresent()
                ? Base64.getMimeDecoder().decode(content.content().orElse(""))
                : contents(github, repository, path, in.ref())
                        .header("Accept", "application/vnd.github.raw+json")
                        .bytes();
        return decoded(bytes)
                .map(text -> part(repository, content, TextPart.of(text, Inputs.offset(in.offset()), MAX_TEXT)))
                .orElseGet(() -> without(repository, content, "It is no text. Open it at GitHub."));
    }

    private static Output part(RepositoryName repository, GitHubJson.Content content, TextPart part) {
        return new Output(
                repository.toString(),
                content.path(),
                "file",
                Optional.of(part.text()),
                part.nextOffset(),
                List.of(),
                Optional.empty(),
                content.htmlUrl());
    }

    /** UTF-8 without a NUL; anything else is no text to a model. */
    private static Optional<String> decoded(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text).filter(read -> read.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
