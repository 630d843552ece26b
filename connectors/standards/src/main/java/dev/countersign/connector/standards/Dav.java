package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** WebDAV with one of the account's servers. RFC 4918. */
final class Dav {
    static final String DAV = "DAV:";
    static final String CALDAV = "urn:ietf:params:xml:ns:caldav";
    static final String CARDDAV = "urn:ietf:params:xml:ns:carddav";

    /** What stands before a property's name in requests. */
    static final String NAMESPACES = "xmlns:D=\"%s\" xmlns:C=\"%s\" xmlns:A=\"%s\"".formatted(DAV, CALDAV, CARDDAV);

    private static final String XML = "application/xml; charset=utf-8";

    /**
     * One resource of an answer.
     *
     * @param path percent-encoded, from the host's root
     * @param properties those that it has, by local name
     */
    record Item(String path, Map<String, Element> properties) {
        Optional<Element> property(String name) {
            return Optional.ofNullable(properties.get(name));
        }

        Optional<String> text(String name) {
            return property(name).map(Xml::text).filter(text -> !text.isEmpty());
        }

        /** The addresses in a property of addresses, as paths. */
        List<String> hrefs(String name) {
            return property(name).stream()
                    .flatMap(element -> Xml.children(element, DAV, "href").stream())
                    .map(Xml::text)
                    .toList();
        }

        /** Whether a property holds such an element, e.g. a resource type. */
        boolean holds(String property, String namespace, String element) {
            return property(property)
                    .filter(one -> !Xml.children(one, namespace, element).isEmpty())
                    .isPresent();
        }
    }

    private final Upstream upstream;

    /** @param upstream at the base of the server */
    Dav(Upstream upstream) {
        this.upstream = upstream;
    }

    /** @param properties with their prefix, e.g. {@code D:displayname} */
    List<Item> propfind(String path, int depth, String... properties) {
        var names = Stream.of(properties).map(name -> "<" + name + "/>").collect(Collectors.joining());
        var body = "<D:propfind " + NAMESPACES + "><D:prop>" + names + "</D:prop></D:propfind>";
        return items("PROPFIND", path, depth, body);
    }

    List<Item> report(String path, int depth, String body) {
        return items("REPORT", path, depth, body);
    }

    private List<Item> items(String method, String path, int depth, String body) {
        var answer = request(method, path)
                .header("Depth", String.valueOf(depth))
                .body(("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + body).getBytes(StandardCharsets.UTF_8), XML)
                .bytes();
        return Xml.children(Xml.root(answer), DAV, "response").stream()
                .map(Dav::item)
                .toList();
    }

    Upstream.Request request(String method, String path) {
        return upstream.request(method, path.replace("{", "%7B").replace("}", "%7D"));
    }

    private static Item item(Element response) {
        var path = Xml.children(response, DAV, "href").stream()
                .findFirst()
                .map(Xml::text)
                .map(Dav::path)
                .orElse("");
        var properties = new HashMap<String, Element>();
        for (var propstat : Xml.children(response, DAV, "propstat")) {
            if (succeeded(propstat)) {
                Xml.children(propstat, DAV, "prop").stream()
                        .flatMap(prop -> Xml.children(prop).stream())
                        .forEach(property -> properties.put(property.getLocalName(), property));
            }
        }
        return new Item(path, properties);
    }

    private static boolean succeeded(Element propstat) {
        return Xml.children(propstat, DAV, "status").stream()
                .map(Xml::text)
                .allMatch(status -> status.matches("HTTP/[0-9.]+ 2.*"));
    }

    /** Of a whole address or of a path alone. */
    static String path(String href) {
        try {
            var path = URI.create(href.replace(" ", "%20")).getRawPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException e) {
            throw new UpstreamException(
                    Kind.BROKEN,
                    "The host names something by an address that is none.",
                    Optional.empty(),
                    Optional.of(e));
        }
    }
}
