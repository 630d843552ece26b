package dev.countersign.connector.github;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import okio.Buffer;
import tools.jackson.databind.node.ObjectNode;

/** {@code /repos/{owner}/{repo}/contents}, in the media types {@code object} and {@code raw}. */
final class FakeContents {
    private static final int MOST_INLINE = 1024 * 1024;

    private FakeContents() {}

    static MockResponse answer(Asked asked, FakeRepository repository) {
        if (asked.query("ref").filter(ref -> !ref.equals("main")).isPresent()) {
            throw Refused.of(404, "No commit found for the ref x");
        }
        var path = String.join("/", asked.path().subList(4, asked.path().size()));
        var bytes = repository.contents.get(path);
        if (bytes == null) {
            return FakeGitHub.json(folder(repository, path));
        }
        if (asked.header("Accept").orElse("").contains("raw")) {
            return new MockResponse.Builder().body(new Buffer().write(bytes)).build();
        }
        return FakeGitHub.json(file(path, bytes));
    }

    private static ObjectNode node(String type, String path) {
        return FakeGitHub.JSON
                .createObjectNode()
                .put("type", type)
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put("path", path)
                .put("sha", "d".repeat(40))
                .put("html_url", "https://github.example/blob/main/" + path);
    }

    private static ObjectNode file(String path, byte[] bytes) {
        if (path.endsWith(".link")) {
            return node("symlink", path).put("target", new String(bytes, StandardCharsets.UTF_8));
        }
        var file = node("file", path).put("size", bytes.length);
        return bytes.length > MOST_INLINE
                ? file.put("encoding", "none").put("content", "")
                : file.put("encoding", "base64")
                        .put("content", Base64.getMimeEncoder().encodeToString(bytes));
    }

    private static ObjectNode folder(FakeRepository repository, String path) {
        var below = path.isEmpty() ? "" : path + "/";
        var entries = new TreeMap<String, ObjectNode>();
        repository.contents.keySet().stream()
                .filter(name -> name.startsWith(below))
                .forEach(name -> {
                    var rest = name.substring(below.length());
                    var child = below + rest.split("/")[0];
                    entries.put(child, node(rest.contains("/") ? "dir" : "file", child));
                });
        if (entries.isEmpty()) {
            throw Refused.notFound();
        }
        var folder = node("dir", path);
        var list = folder.putArray("entries");
        entries.values().forEach(list::add);
        return folder;
    }
}
