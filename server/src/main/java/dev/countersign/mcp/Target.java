package dev.countersign.mcp;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one request names: a tool, a prompt or a resource, or an argument of one that is to be completed. */
record Target(
        String method, String name, Set<String> scopes, ObjectNode arguments, Function<ToolRequest, Answer> body) {

    /** The params name nothing that there is, or not in the form that they must have; {@code -32602}. */
    static final class InvalidParamsException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String sentence;
        private final transient Optional<ObjectNode> data;

        InvalidParamsException(String sentence) {
            this(sentence, Optional.empty());
        }

        private InvalidParamsException(String sentence, Optional<ObjectNode> data) {
            super(sentence, null, false, false);
            this.sentence = sentence;
            this.data = data;
        }

        /** Also for one that is another person's. */
        static InvalidParamsException noResource(String uri) {
            return new InvalidParamsException(
                    "There is no such resource. Call resources/list and resources/templates/list for those there are.",
                    Optional.of(JsonNodeFactory.instance.objectNode().put("uri", uri)));
        }

        String sentence() {
            return sentence;
        }

        Optional<ObjectNode> data() {
            return data;
        }

        /** Revisions before 2026-07-28 have a code of its own for it. */
        boolean isNoResource() {
            return data.isPresent();
        }
    }
}
