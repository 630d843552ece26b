package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Whether public address, listener, TLS and proxies fit together. */
final class AddressCheck implements Examination {
    private static final Duration SOON = Duration.ofDays(14);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Config config;
    private final Clock clock;

    AddressCheck(Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        var findings = new ArrayList<Finding>();
        findings.add(publicUrl(URI.create(config.publicUrl())));
        config.http().tls().ifPresent(tls -> findings.add(certificate(tls)));
        return findings;
    }

    private Finding publicUrl(URI url) {
        var http = config.http();
        boolean proxied = !http.trustedProxies().isEmpty();
        boolean https = url.getScheme().equals("https");
        var words = "people and clients use " + url + ", the server listens on " + http.host() + " port " + http.port();
        if (!https && http.tls().isPresent()) {
            return Finding.bad(
                    words + " with TLS, and public-url says http",
                    "Set public-url to the https address of this server.");
        }
        if (https && http.tls().isEmpty() && !proxied) {
            return Finding.notice(
                    words + " without TLS, and no proxy is named",
                    "Name the proxy that ends TLS in server.trusted-proxies, so that people's own addresses are seen.");
        }
        if (LOOPBACK.contains(url.getHost()) && !proxied && http.port() != 0 && port(url) != http.port()) {
            return Finding.bad(words, "Set public-url to that port, or leave it empty.");
        }
        return Finding.good(words);
    }

    private static int port(URI url) {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }

    private Finding certificate(HttpSettings.Tls tls) {
        try (var in = Files.newInputStream(tls.keystore())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, tls.password().toCharArray());
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return expiry(tls, certificate.getNotAfter().toInstant());
                }
            }
            return Finding.bad(
                    "server.tls-keystore " + tls.keystore() + " holds no key with a certificate",
                    "Make it with: openssl pkcs12 -export -inkey key.pem -in chain.pem -out keystore.p12");
        } catch (IOException | GeneralSecurityException e) {
            return Finding.bad(
                    "server.tls-keystore " + tls.keystore() + " does not open with server.tls-password",
                    "Check that the file is PKCS#12 and the password is its own.");
        }
    }

    private Finding expiry(HttpSettings.Tls tls, Instant notAfter) {
        var words = "the certificate in " + tls.keystore() + " is good until " + notAfter;
        var now = clock.instant();
        if (notAfter.isBefore(now)) {
            return Finding.bad(words + ", which is over", "Renew the certificate and start again.");
        }
        return notAfter.isBefore(now.plus(SOON)) ? Finding.notice(words, "Renew it soon.") : Finding.good(words);
    }
}
