package dev.countersign.mcp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All resources and templates of resources, in their order. */
public final class ResourceRegistry {
    /** No address of ours is longer. */
    private static final int MOST_CHARACTERS = 2000;

    private static final Pattern NAME = Pattern.compile("\\{([a-z_A-Z0-9]+)}");

    private final Map<String, ServedResource> fixed = new LinkedHashMap<>();
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Pages resourcePages;
    private final Pages templatePages;

    private record Template(ServedResource resource, Pattern pattern, List<String> names) {}

    /** @param arguments {@code uri} and the values of a template's names */
    record Match(ServedResource resource, ObjectNode arguments) {}

    public ResourceRegistry(List<? extends ServedResource> served) {
        var resourceDefinitions = new LinkedHashMap<String, ObjectNode>();
        var templateDefinitions = new LinkedHashMap<String, ObjectNode>();
        for (var resource : served) {
            var template = template(resource);
            var before = template.names().isEmpty()
                    ? fixed.put(resource.uri(), resource)
                    : templates.put(resource.uri(), template);
            if (before != null) {
                throw new IllegalArgumentException("two resources have the address " + resource.uri());
            }
            (template.names().isEmpty() ? resourceDefinitions : templateDefinitions)
                    .put(resource.uri(), resource.definition());
        }
        this.resourcePages = new Pages("resources", resourceDefinitions, Pages.SIZE);
        this.templatePages = new Pages("resourceTemplates", templateDefinitions, Pages.SIZE);
    }

    private static Template template(ServedResource resource) {
        var names = new ArrayList<String>();
        var pattern = new StringBuilder();
        var matcher = NAME.matcher(resource.uri());
        int end = 0;
        while (matcher.find()) {
            names.add(matcher.group(1));
            pattern.append(Pattern.quote(resource.uri().substring(end, matcher.start())))
                    .append("([^/?#]+)");
            end = matcher.end();
        }
        pattern.append(Pattern.quote(resource.uri().substring(end)));
        return new Template(resource, Pattern.compile(pattern.toString()), List.copyOf(names));
    }

    boolean isEmpty() {
        return fixed.isEmpty() && templates.isEmpty();
    }

    /** Empty when no resource has this address. */
    Optional<Match> match(String uri) {
        if (uri.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var exact = fixed.get(uri);
        if (exact != null) {
            return Optional.of(new Match(exact, arguments(uri)));
        }
        for (var template : templates.values()) {
            var matcher = template.pattern().matcher(uri);
            if (matcher.matches()) {
                return values(template, matcher, uri).map(values -> new Match(template.resource(), values));
            }
        }
        return Optional.empty();
    }

    /** A template by itself, for the completion of its names. */
    Optional<ServedResource> template(String uriTemplate) {
        return Optional.ofNullable(templates.get(uriTemplate)).map(Template::resource);
    }

    private static ObjectNode arguments(String uri) {
        return JsonNodeFactory.instance.objectNode().put("uri", uri);
    }

    private static Optional<ObjectNode> values(Template template, Matcher matcher, String uri) {
        var values = arguments(uri);
        try {
            for (int i = 0; i < template.names().size(); i++) {
                // a plus stands for itself in a path
                var raw = matcher.group(i + 1).replace("+", "%2B");
                values.put(template.names().get(i), URLDecoder.decode(raw, StandardCharsets.UTF_8));
            }
            return Optional.of(values);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The members of a ListResourcesResult; empty when there is no such page. */
    Optional<String> resources(Optional<String> cursor) {
        return resourcePages.page(cursor);
    }

    /** The members of a ListResourceTemplatesResult; empty when there is no such page. */
    Optional<String> templates(Optional<String> cursor) {
        return templatePages.page(cursor);
    }
}
