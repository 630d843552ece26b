package dev.countersign.mcp;

import dev.countersign.mcp.Target.InvalidParamsException;
import dev.countersign.oauth.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that the endpoint serves, declared once for all revisions. */
public record Catalog(
        ToolRegistry tools, ResourceRegistry resources, PromptRegistry prompts, ResourceChanges changes, Tasks tasks) {

    static Catalog of(ToolRegistry tools) {
        return new Catalog(
                tools,
                new ResourceRegistry(List.of()),
                new PromptRegistry(List.of()),
                new ResourceChanges(),
                Tasks.NONE);
    }

    /** Makes what the first list and the first call need, before they come. */
    public void describe() {
        tools.describe();
    }

    /** ServerCapabilities of 2026-07-28. */
    ObjectNode capabilities() {
        var capabilities = JsonNodeFactory.instance.objectNode();
        capabilities.putObject("tools");
        if (!resources.isEmpty()) {
            capabilities.putObject("resources").put("subscribe", true);
        }
        if (!prompts.isEmpty()) {
            capabilities.putObject("prompts");
        }
        if (completes()) {
            capabilities.putObject("completions");
        }
        if (!tasks.equals(Tasks.NONE)) {
            capabilities.putObject("extensions").putObject(Tasks.EXTENSION);
        }
        return capabilities;
    }

    /** Whether this person's client hears of changes of this resource. */
    boolean maySubscribe(String uri, Principal principal) {
        return resources
                .match(uri)
                .map(ResourceRegistry.Match::resource)
                .filter(resource -> resource.subscribable() && StepUp.covers(principal, resource.scopes()))
                .isPresent();
    }

    boolean completes() {
        return !prompts.isEmpty() || !resources.isEmpty();
    }

    /** What a request names. Empty for a method that names nothing of ours; fails when there is no such thing. */
    Optional<Target> target(String method, ObjectNode params) {
        return switch (method) {
            case "tools/call" -> Optional.of(tool(params));
            case "prompts/get" -> prompts.isEmpty() ? Optional.empty() : Optional.of(prompt(params));
            case "resources/read" -> resources.isEmpty() ? Optional.empty() : Optional.of(resource(params));
            case Completion.METHOD -> completes() ? Optional.of(Completion.target(this, params)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Target tool(ObjectNode params) {
        var tool = tools.find(JsonRpc.text(params, "name"))
                .orElseThrow(() -> new InvalidParamsException("Unknown tool. Call tools/list for those there are."));
        return new Target("tools/call", tool.name(), tool.scopes(), arguments(params), tool::call);
    }

    private Target prompt(ObjectNode params) {
        var prompt = prompts.find(JsonRpc.text(params, "name"))
                .orElseThrow(
                        () -> new InvalidParamsException("Unknown prompt. Call prompts/list for those there are."));
        var arguments = arguments(params);
        for (var argument : prompt.definition().path("arguments")) {
            var name = JsonRpc.text(argument, "name");
            if (argument.path("required").booleanValue(false) && !arguments.has(name)) {
                throw new InvalidParamsException("The argument '" + name + "' is missing. Add it.");
            }
        }
        if (arguments.values().stream().anyMatch(value -> !value.isString())) {
            throw new InvalidParamsException("The arguments of a prompt must be texts.");
        }
        return new Target("prompts/get", prompt.name(), prompt.scopes(), arguments, prompt::get);
    }

    private Target resource(ObjectNode params) {
        var uri = JsonRpc.text(params, "uri");
        var match = resources.match(uri).orElseThrow(() -> InvalidParamsException.noResource(uri));
        return new Target("resources/read", uri, match.resource().scopes(), match.arguments(), match.resource()::read);
    }

    private static ObjectNode arguments(ObjectNode params) {
        return switch (params.path("arguments")) {
            case ObjectNode arguments -> arguments;
            case JsonNode absent when absent.isMissingNode() -> JsonNodeFactory.instance.objectNode();
            case JsonNode other -> throw new InvalidParamsException("'arguments' must be an object.");
        };
    }

    /** The scopes that a request needs; none when it names nothing that there is. */
    Set<String> scopes(String method, ObjectNode params) {
        try {
            return target(method, params).map(Target::scopes).orElse(Set.of());
        } catch (InvalidParamsException e) {
            return Set.of();
        }
    }

    /** The members of a list's page. Empty for a method that lists nothing of ours; fails when there is no such page. */
    Optional<String> list(String method, ObjectNode params) {
        var given = params.path("cursor");
        if (!given.isMissingNode() && !given.isString()) {
            throw new InvalidParamsException("'cursor' must be a string.");
        }
        var cursor = given.isString() ? Optional.of(given.stringValue()) : Optional.<String>empty();
        return switch (method) {
            case "tools/list" -> Optional.of(page(tools.page(cursor)));
            case "prompts/list" -> prompts.isEmpty() ? Optional.empty() : Optional.of(page(prompts.page(cursor)));
            case "resources/list" ->
                resources.isEmpty() ? Optional.empty() : Optional.of(page(resources.resources(cursor)));
            case "resources/templates/list" ->
                resources.isEmpty() ? Optional.empty() : Optional.of(page(resources.templates(cursor)));
            default -> Optional.empty();
        };
    }

    private static String page(Optional<String> members) {
        return members.orElseThrow(
                () -> new InvalidParamsException("There is no such page. List again without a cursor."));
    }
}
