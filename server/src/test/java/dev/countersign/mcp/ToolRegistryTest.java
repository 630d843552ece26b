package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ToolRegistryTest {
    /** As a tool of which a record contains itself. */
    private record Undescribable(String name) implements ServedTool {
        @Override
        public ObjectNode definition() {
            throw new IllegalArgumentException("it contains itself");
        }

        @Override
        public Set<String> scopes() {
            return Set.of();
        }

        @Override
        public Answer call(ToolRequest request) {
            return FixtureTool.text("called");
        }
    }

    @Test
    void toolThatCannotBeDescribed_isLeftOut_andKeepsNoOtherAway() {
        var registry = new ToolRegistry(
                List.of(
                        new Undescribable("broken"),
                        FixtureTool.mirroring(
                                "whole",
                                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"x-mcp-header\":\"City\"}}}")));

        assertThat(registry.page(Optional.empty()))
                .hasValueSatisfying(list -> assertThat(list).contains("whole").doesNotContain("broken"));
        assertThat(registry.mirrored("whole")).containsKey("City");
        assertThat(registry.mirrored("broken")).isEmpty();
    }
}
