package dev.countersign.console;

import dev.countersign.console.EntryViews.Way;
import java.util.List;

/** How well-known clients are attached. */
final class Ways {
    private Ways() {}

    static List<Way> to(String address) {
        return List.of(
                new Way(
                        "Claude Code",
                        "Run this in a terminal. Then type /mcp in Claude Code, choose countersign and authenticate.",
                        "claude mcp add --transport http countersign " + address),
                new Way(
                        "VS Code",
                        "Run this in a terminal, then start the server from the list of MCP servers.",
                        "code --add-mcp '{\"name\":\"countersign\",\"type\":\"http\",\"url\":\"" + address + "\"}'"),
                new Way(
                        "Cursor",
                        "Put this into the file .cursor/mcp.json of your home folder.",
                        "{\"mcpServers\": {\"countersign\": {\"url\": \"" + address + "\"}}}"),
                new Way(
                        "Any other client",
                        "Choose “remote” or “streamable HTTP” and give the address. The client finds the rest itself.",
                        address));
    }
}
