package dev.countersign.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.hosts.HostFailure.Reason;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to DAV servers and finding where at their host they answer. RFC 6764 section 5, RFC 4791 section 6.2.1. */
class DavSignInTest {
    private static final Login LOGIN = new Login.Password("alice@example.org", Secret.of("app password"));

    private static TestKeys keys;

    private final MockWebServer server = new MockWebServer();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Hosts hosts;
    private String home = "/home/alice/";

    @BeforeAll
    static void makeKeys(@TempDir Path folder) {
        keys = TestKeys.in(folder, "dav.example.org", "p1.example.org", "elsewhere.example.net");
    }

    @BeforeEach
    void start() throws IOException {
        server.useHttps(keys.server().getSocketFactory());
        server.setDispatcher(new Spread());
        server.start();
        hosts = hosts(keys.client());
    }

    private static Hosts hosts(SSLContext tls) {
        var here = InetAddress.getLoopbackAddress();
        return new Hosts(new Reach(host -> new InetAddress[] {here}, any -> true, false, () -> tls));
    }

    @AfterEach
    void stop() {
        hosts.close();
        server.close();
    }

    /** Sends to /dav/ by the well-known address, and names a home. */
    private final class Spread extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            var path = request.getUrl().encodedPath();
            asked.add(request.getHeaders().get("Host").split(":")[0] + path);
            var answer = new MockResponse.Builder();
            return switch (path) {
                case "/.well-known/caldav" ->
                    answer.code(301).addHeader("Location", "/dav").build();
                case "/dav/", "/" ->
                    path.equals("/") && !isPartition(request)
                            ? answer.code(405).build()
                            : answer.code(207).body("""
                                <d:multistatus xmlns:d="DAV:"><d:response><d:propstat><d:prop><d:current-user-principal>
                                <d:href>/me/</d:href></d:current-user-principal></d:prop></d:propstat></d:response>
                                </d:multistatus>\
                                """).build();
                case "/me/" -> answer.code(207).body("""
                    <d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:propstat>
                    <d:prop><c:calendar-home-set><d:href>%s</d:href></c:calendar-home-set></d:prop></d:propstat>
                    </d:response></d:multistatus>\
                    """.formatted(home)).build();
                default -> answer.code(404).build();
            };
        }

        private static boolean isPartition(RecordedRequest request) {
            return String.valueOf(request.getHeaders().get("Host")).startsWith("p1.");
        }
    }

    private URI at(String host, String path) {
        return URI.create("https://" + host + ":" + server.getPort() + path);
    }

    @Test
    void hostAlone_leadsOverTheWellKnownAddress() throws Exception {
        assertThat(hosts.signIn("caldav", at("dav.example.org", "/"), LOGIN)).isEqualTo(at("dav.example.org", "/dav/"));
    }

    @Test
    void homeAtAHostBesideIt_isTaken() throws Exception {
        home = at("p1.example.org", "/home/alice/").toString();
        assertThat(hosts.signIn("caldav", at("dav.example.org", "/dav/"), LOGIN))
                .isEqualTo(at("p1.example.org", "/"));
    }

    @Test
    void homeElsewhere_isNotSignedInTo() {
        home = at("elsewhere.example.net", "/home/alice/").toString();
        assertThat(catchThrowableOfType(
                                HostFailure.class, () -> hosts.signIn("caldav", at("dav.example.org", "/dav/"), LOGIN))
                        .reason())
                .isEqualTo(Reason.ELSEWHERE);
        assertThat(asked).noneMatch(place -> place.startsWith("elsewhere"));
    }

    @Test
    void wrongPath_isSaid() {
        assertThat(catchThrowableOfType(
                                HostFailure.class,
                                () -> hosts.signIn("caldav", at("dav.example.org", "/nothing/"), LOGIN))
                        .reason())
                .isEqualTo(Reason.NOT_UNDERSTOOD);
    }

    @Test
    void certificateOfAnotherName_getsNothing() {
        assertThat(catchThrowableOfType(
                                HostFailure.class,
                                () -> hosts.signIn("caldav", at("other.example.com", "/dav/"), LOGIN))
                        .reason())
                .isEqualTo(Reason.NO_TLS);
        assertThat(asked).isEmpty();
    }

    @Test
    void answerThatDeclaresAType_isNotRead() {
        var trap = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><d:multistatus xmlns:d=\"DAV:\">"
                + "<d:current-user-principal><d:href>&e;</d:href></d:current-user-principal></d:multistatus>";
        assertThat(DavAnswer.href(trap.getBytes(StandardCharsets.UTF_8), "DAV:", "current-user-principal"))
                .isEmpty();
    }
}
