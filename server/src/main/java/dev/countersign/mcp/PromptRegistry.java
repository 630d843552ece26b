package dev.countersign.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** All prompts, in their order. */
public final class PromptRegistry {
    private final Map<String, ServedPrompt> prompts = new LinkedHashMap<>();
    private final Pages pages;

    public PromptRegistry(List<? extends ServedPrompt> served) {
        var definitions = new LinkedHashMap<String, ObjectNode>();
        for (var prompt : served) {
            if (prompts.put(prompt.name(), prompt) != null) {
                throw new IllegalArgumentException("two prompts are called " + prompt.name());
            }
            definitions.put(prompt.name(), prompt.definition());
        }
        this.pages = new Pages("prompts", definitions, Pages.SIZE);
    }

    boolean isEmpty() {
        return prompts.isEmpty();
    }

    Optional<ServedPrompt> find(String name) {
        return Optional.ofNullable(prompts.get(name));
    }

    /** The members of a ListPromptsResult; empty when there is no such page. */
    Optional<String> page(Optional<String> cursor) {
        return pages.page(cursor);
    }
}
