package dev.countersign.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tools, in the order of their names. The list is the same for every caller: a token with few scopes sees a tool and is
 * told at the call which scope it needs.
 */
public final class ToolRegistry {
    /** One page holds all that we have; clients that read only the first page see everything. */
    private static final int PAGE_SIZE = 100;

    private final Map<String, ServedTool> tools = new LinkedHashMap<>();
    private final Map<String, Map<String, List<String>>> mirrored = new HashMap<>();
    private final Map<String, String> pages = new LinkedHashMap<>();

    public ToolRegistry(List<? extends ServedTool> tools) {
        this(tools, PAGE_SIZE);
    }

    ToolRegistry(List<? extends ServedTool> served, int pageSize) {
        var sorted = new ArrayList<ServedTool>(served);
        sorted.sort(Comparator.comparing(ServedTool::name));
        for (var tool : sorted) {
            if (tools.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
            mirrored.put(tool.name(), ModernHeaders.mirrored(tool.definition().path("inputSchema")));
        }
        writePages(sorted, pageSize);
    }

    private void writePages(List<ServedTool> sorted, int pageSize) {
        var cursor = "";
        var page = new ArrayList<String>();
        for (int i = 0; i < sorted.size(); i++) {
            page.add(sorted.get(i).definition().toString());
            boolean last = i == sorted.size() - 1;
            if (page.size() == pageSize && !last) {
                var next = cursorAfter(sorted.get(i).name());
                pages.put(cursor, members(page) + ",\"nextCursor\":" + ToolJson.quoted(next));
                page.clear();
                cursor = next;
            }
        }
        pages.put(cursor, members(page));
    }

    private static String members(List<String> definitions) {
        return "\"tools\":[" + String.join(",", definitions) + "]";
    }

    private static String cursorAfter(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("after:" + name).getBytes(StandardCharsets.UTF_8));
    }

    Optional<ServedTool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    public List<String> names() {
        return List.copyOf(tools.keySet());
    }

    /** The members of a ListToolsResult, written once at start; empty when there is no such page. */
    Optional<String> page(Optional<String> cursor) {
        // an empty text is no cursor that we gave
        return cursor.filter(String::isEmpty).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(pages.get(cursor.orElse("")));
    }

    /** Arguments that a client mirrors into {@code Mcp-Param-} headers. */
    Map<String, List<String>> mirrored(String tool) {
        return mirrored.getOrDefault(tool, Map.of());
    }
}
