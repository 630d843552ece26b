package dev.countersign.connector.standards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.PasswordSignIn.Lookup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 6764, RFC 6186, RFC 8314, and autoconfig. */
class DiscoveryTest {
    private final FakeLookup lookup = new FakeLookup();

    private static final class FakeLookup implements Lookup {
        private final Map<String, List<Srv>> records = new HashMap<>();
        private final Map<String, String> documents = new HashMap<>();
        private final Map<String, String> redirects = new HashMap<>();

        @Override
        public List<Srv> srv(String name) {
            return records.getOrDefault(name, List.of());
        }

        @Override
        public Optional<byte[]> get(URI https) {
            return Optional.ofNullable(documents.get(https.toString()))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Optional<URI> redirect(URI https) {
            return Optional.ofNullable(redirects.get(https.toString())).map(URI::create);
        }
    }

    private Map<String, URI> found(String address) {
        return new StandardsSignIn().discover(address, lookup);
    }

    private static List<Lookup.Srv> at(String host, int port) {
        return List.of(new Lookup.Srv(0, 1, port, host));
    }

    @Test
    void records_nameEveryServer() {
        lookup.records.put("_caldavs._tcp.example.com", at("dav.example.com", 443));
        lookup.records.put("_carddavs._tcp.example.com", at("dav.example.com", 8443));
        lookup.records.put("_imaps._tcp.example.com", at("imap.example.com", 993));
        lookup.records.put("_submission._tcp.example.com", at("smtp.example.com", 587));
        lookup.redirects.put("https://dav.example.com/.well-known/caldav", "https://dav.example.com/remote.php/dav");
        assertThat(found("alice@example.com"))
                .containsEntry("caldav", URI.create("https://dav.example.com/remote.php/dav/"))
                .containsEntry("carddav", URI.create("https://dav.example.com:8443/"))
                .containsEntry("imap", URI.create("imaps://imap.example.com:993"))
                .containsEntry("smtp", URI.create("smtp://smtp.example.com:587"));
    }

    @Test
    void wellKnownAddress_isEnoughWithoutRecords() {
        lookup.redirects.put("https://example.com/.well-known/carddav", "https://other.example/people/");
        assertThat(found("alice@example.com"))
                .containsExactly(Map.entry("carddav", URI.create("https://other.example/people/")));
    }

    @Test
    void redirectToPlainHttp_isNotFollowed() {
        lookup.redirects.put("https://example.com/.well-known/caldav", "http://example.com/dav/");
        assertThat(found("alice@example.com")).isEmpty();
    }

    private static String config(String type, String kind, String socket, String user) {
        return "<" + kind + " type=\"" + type + "\"><hostname>mail.%EMAILDOMAIN%</hostname><port>993</port><socketType>"
                + socket + "</socketType><username>" + user + "</username></" + kind + ">";
    }

    private void configured(String servers) {
        lookup.documents.put(
                "https://autoconfig.example.com/mail/config-v1.1.xml?emailaddress=alice%40example.com",
                "<clientConfig version=\"1.1\"><emailProvider id=\"x\">" + servers + "</emailProvider></clientConfig>");
    }

    @Test
    void autoconfig_saysHostsAndTheNameToSignInWith() {
        configured(config("pop3", "incomingServer", "SSL", "%EMAILADDRESS%")
                + config("imap", "incomingServer", "SSL", "%EMAILLOCALPART%")
                + config("smtp", "outgoingServer", "STARTTLS", "%EMAILADDRESS%"));
        assertThat(found("alice@example.com"))
                .containsEntry("imap", URI.create("imaps://alice@mail.example.com:993"))
                .containsEntry("smtp", URI.create("smtp://mail.example.com:993"));
    }

    @Test
    void autoconfigWithoutTls_isNoServer() {
        configured(config("imap", "incomingServer", "plain", "%EMAILADDRESS%"));
        assertThat(found("alice@example.com")).isEmpty();
    }

    @Test
    void autoconfigWithAnEntity_isNotRead() {
        lookup.documents.put(
                "https://autoconfig.example.com/mail/config-v1.1.xml?emailaddress=alice%40example.com",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><clientConfig><emailProvider>"
                        + config("imap", "incomingServer", "SSL", "&x;") + "</emailProvider></clientConfig>");
        assertThat(found("alice@example.com")).isEmpty();
    }

    @Test
    void noAddress_findsNothing() {
        assertThat(found("alice")).isEmpty();
        assertThat(found("alice@local host")).isEmpty();
    }
}
