package dev.countersign.connector.microsoft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.node.ObjectNode;

/** OneDrive: content lies at addresses of its own, and what is shared lies in the drive of another. */
final class FakeDrive {
    static final String OWN = "b!drive1";
    static final String THEIRS = "b!theirs";

    private static final Pattern SEARCH = Pattern.compile("search\\(q='(.*)'\\)");
    private static final String ADDRESS = "@microsoft.graph.downloadUrl";

    private final Supplier<String> origin;
    private final Map<String, File> files = new LinkedHashMap<>();

    /** What was searched, as it stood in the address. */
    final List<String> queries = new ArrayList<>();

    /** @param words of its content, by which it is found */
    record File(String id, String drive, String name, String type, byte[] content, String words) {
        File(String id, String name, String type, byte[] content, String words) {
            this(id, OWN, name, type, content, words);
        }

        boolean holds(String word) {
            return (name + " " + words).toLowerCase(Locale.ROOT).contains(word);
        }
    }

    FakeDrive(Supplier<String> origin) {
        this.origin = origin;
        var plan = OfficeFile.document("The plan of Atlas.", "Peter's part.");
        add(new File("d1", "Atlas plan.docx", OfficeFile.WORD, plan, "The plan of Atlas. Peter's part."));
        add(new File("f1", "Atlas folder", "folder", new byte[0], ""));
        add(new File("t1", "notes.txt", "text/plain", bytes("\ufeffAtlas notes: grün\r\nend"), "Atlas notes: grün"));
        add(new File("p1", "atlas.pdf", "application/pdf", bytes("%PDF"), ""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void add(File file) {
        files.put(file.id(), file);
    }

    MockResponse answer(Asked asked) {
        var last = asked.path().getLast();
        var search = SEARCH.matcher(last);
        if (search.matches() && asked.path().size() == 3) {
            queries.add(last);
            return found(asked, search.group(1).replace("''", "'").toLowerCase(Locale.ROOT));
        }
        var file = files.get(last);
        if (asked.segment(0).equals("drives") && !asked.segment(1).startsWith("b!")) {
            throw Refused.of(400, "invalidRequest");
        }
        if (file == null || (asked.segment(0).equals("drives") && !file.drive().equals(asked.segment(1)))) {
            throw Refused.of(404, "itemNotFound");
        }
        var item = item(file);
        return FakeGraph.json(
                asked.query("$select").isPresent()
                        ? selected(asked, item)
                        : item.put(ADDRESS, origin.get() + "/download/" + file.id() + "?tempauth=x"));
    }

    /** One page; the next link has a token of the search's own, and no {@code $skip}. */
    private MockResponse found(Asked asked, String text) {
        var words = List.of(text.split(" "));
        var all = files.values().stream()
                .filter(file -> words.stream().allMatch(file::holds))
                .map(file -> file.drive().equals(OWN) ? item(file) : standIn(file))
                .toList();
        var from = asked.query("$skiptoken")
                .map(token -> token.replace("s!", ""))
                .map(Integer::parseInt)
                .orElse(0);
        var until = Math.min(
                all.size(), from + asked.query("$top").map(Integer::parseInt).orElse(200));
        var page = FakeGraph.JSON.createObjectNode();
        var items = page.putArray("value");
        all.subList(from, until).forEach(item -> items.add(selected(asked, item)));
        if (until < all.size()) {
            var next = asked.request().getUrl().newBuilder().setQueryParameter("$skiptoken", "s!" + until);
            page.put("@odata.nextLink", next.build().toString());
        }
        return FakeGraph.json(page);
    }

    private static ObjectNode selected(Asked asked, ObjectNode item) {
        asked.query("$select")
                .map(fields -> Set.of(fields.split(",")))
                .ifPresent(fields -> List.copyOf(item.propertyNames()).stream()
                        .filter(name -> !fields.contains(name))
                        .forEach(item::remove));
        return item;
    }

    private static ObjectNode item(File file) {
        var json = FakeGraph.JSON
                .createObjectNode()
                .put("id", file.id())
                .put("name", file.name())
                .put("size", file.content().length)
                .put("webUrl", "https://example-my.sharepoint.com/" + file.id())
                .put("lastModifiedDateTime", "2026-03-01T08:00:00Z");
        json.putObject(file.type().equals("folder") ? "folder" : "file").put("mimeType", file.type());
        json.putObject("parentReference").put("driveId", file.drive()).put("driveType", "business");
        json.putObject("createdBy").putObject("user").put("email", "owner@example.com");
        return json;
    }

    /** What the searched drive has in place of an item of another drive. */
    private static ObjectNode standIn(File file) {
        var json = FakeGraph.JSON
                .createObjectNode()
                .put("id", "01STANDIN" + file.id())
                .put("name", file.name());
        json.putObject("parentReference").put("driveId", OWN);
        json.set("remoteItem", item(file));
        return json;
    }

    MockResponse download(RecordedRequest request) {
        return FakeGraph.content(
                files.get(request.getUrl().pathSegments().get(1)).content());
    }
}
