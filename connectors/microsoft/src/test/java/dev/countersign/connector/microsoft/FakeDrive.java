package dev.countersign.connector.microsoft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.node.ObjectNode;

/** OneDrive: content lies at addresses of its own. */
final class FakeDrive {
    private static final Pattern SEARCH = Pattern.compile("search\\(q='(.*)'\\)");

    private final Supplier<String> origin;
    private final Map<String, File> files = new LinkedHashMap<>();

    /** What was searched, as it stood in the address. */
    final List<String> queries = new ArrayList<>();

    record File(String id, String name, String type, byte[] content, String words) {}

    FakeDrive(Supplier<String> origin) {
        this.origin = origin;
    }

    void add(File file) {
        files.put(file.id(), file);
    }

    MockResponse answer(Asked asked) {
        var last = asked.path().getLast();
        var search = SEARCH.matcher(last);
        if (search.matches()) {
            queries.add(last);
            var text = search.group(1).replace("''", "'").toLowerCase(Locale.ROOT);
            return asked.page(files.values().stream()
                    .filter(file -> (file.name() + " " + file.words())
                            .toLowerCase(Locale.ROOT)
                            .contains(text))
                    .map(this::found)
                    .toList());
        }
        var file = files.get(last);
        if (file == null) {
            throw Refused.of(404, "itemNotFound");
        }
        return FakeGraph.json(found(file)
                .put("@microsoft.graph.downloadUrl", origin.get() + "/download/" + file.id() + "?tempauth=x"));
    }

    private ObjectNode found(File file) {
        var json = FakeGraph.JSON
                .createObjectNode()
                .put("id", file.id())
                .put("name", file.name())
                .put("size", file.content().length)
                .put("webUrl", "https://example-my.sharepoint.com/" + file.id())
                .put("lastModifiedDateTime", "2026-03-01T08:00:00Z");
        json.putObject(file.type().equals("folder") ? "folder" : "file").put("mimeType", file.type());
        json.putObject("parentReference").put("driveId", "b!drive1").put("driveType", "business");
        json.putObject("createdBy").putObject("user").put("email", "owner@example.com");
        return json;
    }

    MockResponse download(RecordedRequest request) {
        return FakeGraph.content(
                files.get(request.getUrl().pathSegments().get(1)).content());
    }
}
