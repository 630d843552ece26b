package dev.countersign.connector.standards;

import dev.countersign.connector.PasswordSignIn.Lookup;
import dev.countersign.connector.UpstreamException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A domain's configuration for mail programs, version 1.1.
 *
 * @see <a href="https://benbucksch.github.io/autoconfig-spec/draft-autoconfig-1.html">Autoconfig</a>
 */
final class Autoconfig {
    private static final String NONE = "";

    private Autoconfig() {}

    static Map<String, URI> find(String address, String domain, Lookup lookup) {
        var query = "?emailaddress=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
        return List.of(
                        "https://autoconfig." + domain + "/mail/config-v1.1.xml" + query,
                        "https://" + domain + "/.well-known/autoconfig/mail/config-v1.1.xml" + query)
                .stream()
                .flatMap(place -> lookup.get(URI.create(place)).stream())
                .map(document -> servers(document, address))
                .filter(servers -> !servers.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    /** What cannot be read says nothing. */
    private static Map<String, URI> servers(byte[] document, String address) {
        var found = new LinkedHashMap<String, URI>();
        try {
            Xml.children(Xml.root(document)).stream()
                    .filter(element -> "emailProvider".equals(element.getLocalName()))
                    .flatMap(provider -> Xml.children(provider).stream())
                    .forEach(server -> server(server, address)
                            .ifPresent(uri -> found.putIfAbsent(uri.getScheme().substring(0, 4), uri)));
        } catch (UpstreamException e) {
            return Map.of();
        }
        return found;
    }

    private static Optional<URI> server(Element server, String address) {
        var incoming = "incomingServer".equals(server.getLocalName()) && "imap".equals(server.getAttribute("type"));
        var outgoing = "outgoingServer".equals(server.getLocalName()) && "smtp".equals(server.getAttribute("type"));
        if (!incoming && !outgoing) {
            return Optional.empty();
        }
        var scheme = (incoming ? "imap" : "smtp") + (text(server, "socketType").equals("SSL") ? "s" : "");
        var host = filled(text(server, "hostname"), address);
        var port = text(server, "port");
        if (!List.of("SSL", "STARTTLS").contains(text(server, "socketType"))
                || !host.matches("[A-Za-z0-9.-]+")
                || !port.matches("\\d{1,5}")) {
            // mail in the clear is no mail server for us
            return Optional.empty();
        }
        var user = filled(text(server, "username"), address);
        var named = user.isEmpty() || user.equalsIgnoreCase(address)
                ? ""
                : URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20") + "@";
        return Optional.of(URI.create(scheme + "://" + named + host + ":" + port));
    }

    private static String text(Element server, String name) {
        return Xml.children(server).stream()
                .filter(element -> name.equals(element.getLocalName()))
                .map(Xml::text)
                .findFirst()
                .orElse(NONE);
    }

    private static String filled(String text, String address) {
        var at = address.lastIndexOf('@');
        return text.replace("%EMAILADDRESS%", address)
                .replace("%EMAILLOCALPART%", address.substring(0, at))
                .replace("%EMAILDOMAIN%", address.substring(at + 1));
    }
}
