package dev.countersign.connector.google;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import tools.jackson.databind.node.ObjectNode;

/** Drive v3: full text search, metadata, export of documents and content of files. */
final class FakeDrive {
    private static final Pattern CONTAINS = Pattern.compile("fullText contains '((?:[^'\\\\]|\\\\.)*)'");
    private static final String DOCUMENT = "application/vnd.google-apps.document";

    record File(String id, String name, String mimeType, String text) {
        ObjectNode json() {
            var json = FakeGoogle.JSON
                    .createObjectNode()
                    .put("id", id)
                    .put("name", name)
                    .put("mimeType", mimeType)
                    .put("modifiedTime", "2026-03-18T10:00:00.000Z")
                    .put("webViewLink", "https://docs.google.com/document/d/" + id)
                    .put("size", Integer.toString(text.length()));
            json.putArray("owners").addObject().put("emailAddress", "owner@example.com");
            return json;
        }
    }

    final Map<String, File> files = new LinkedHashMap<>();
    final List<String> queries = new ArrayList<>();

    FakeDrive() {
        add(new File("d1", "Atlas plan", DOCUMENT, "\ufeffThe plan of Atlas.\r\nPeter's part."));
        add(new File("t1", "notes.txt", "text/plain", "Atlas notes: grün"));
        add(new File("s1", "Budget", "application/vnd.google-apps.spreadsheet", "Item,Cost\nCake,12\n"));
        add(new File("p1", "atlas.pdf", "application/pdf", "%PDF"));
    }

    void add(File file) {
        files.put(file.id(), file);
    }

    MockResponse answer(Asked asked) {
        if (asked.path().size() == 3) {
            return FakeGoogle.json(search(asked));
        }
        var file = files.get(asked.segment(3));
        if (file == null) {
            throw Refused.of(404, "global", "notFound", "File not found: x.");
        }
        if (asked.path().size() == 5) {
            return exported(asked, file);
        }
        return asked.query("alt").isPresent()
                ? FakeGoogle.content(file.mimeType(), file.text())
                : FakeGoogle.json(file.json());
    }

    private static MockResponse exported(Asked asked, File file) {
        if (!file.mimeType().startsWith("application/vnd.google-apps.")) {
            throw Refused.of(403, "global", "fileNotExportable", "Export only supports Docs Editors files.");
        }
        return FakeGoogle.content(asked.query("mimeType").orElseThrow(), file.text());
    }

    private ObjectNode search(Asked asked) {
        var query = asked.query("q").orElse("");
        queries.add(query);
        var words = CONTAINS.matcher(query)
                .results()
                .map(found -> found.group(1).replaceAll("\\\\(.)", "$1").toLowerCase(Locale.ROOT))
                .toList();
        var answer = FakeGoogle.JSON.createObjectNode();
        var list = answer.putArray("files");
        var found = files.values().stream()
                .filter(file -> words.stream().allMatch((file.name() + file.text()).toLowerCase(Locale.ROOT)::contains))
                .toList();
        var from = asked.query("pageToken")
                .map(token -> token.replace("page-", ""))
                .map(Integer::parseInt)
                .orElse(0);
        var until = Math.min(found.size(), from + asked.number("pageSize", 100));
        found.subList(from, until).forEach(file -> list.add(file.json()));
        return until < found.size() ? answer.put("nextPageToken", "page-" + until) : answer;
    }
}
