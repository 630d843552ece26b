package dev.countersign.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A list that does not change, as members of a result, written once. MCP 2026-07-28, pagination. */
final class Pages {
    /** One page holds all that we have; clients that read only the first page see everything. */
    static final int SIZE = 100;

    private final Map<String, String> pages = new LinkedHashMap<>();

    /**
     * @param member the name of the list, e.g. {@code tools}
     * @param definitions by the names that tell them apart, in their order
     */
    Pages(String member, Map<String, ObjectNode> definitions, int size) {
        var cursor = "";
        var page = new ArrayList<String>();
        int left = definitions.size();
        for (var definition : definitions.entrySet()) {
            page.add(definition.getValue().toString());
            left--;
            if (page.size() == size && left > 0) {
                var next = cursorAfter(definition.getKey());
                pages.put(cursor, members(member, page) + ",\"nextCursor\":" + ToolJson.quoted(next));
                page.clear();
                cursor = next;
            }
        }
        pages.put(cursor, members(member, page));
    }

    /** Empty when there is no such page. */
    Optional<String> page(Optional<String> cursor) {
        // an empty text is no cursor that we gave
        return cursor.filter(String::isEmpty).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(pages.get(cursor.orElse("")));
    }

    private static String members(String member, List<String> definitions) {
        return "\"" + member + "\":[" + String.join(",", definitions) + "]";
    }

    private static String cursorAfter(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("after:" + name).getBytes(StandardCharsets.UTF_8));
    }
}
