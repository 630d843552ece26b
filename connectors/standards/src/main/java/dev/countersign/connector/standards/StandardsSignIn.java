package dev.countersign.connector.standards;

import dev.countersign.connector.PasswordSignIn;
import java.net.IDN;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the servers of an address: by the host's SRV records (RFC 6764, RFC 6186, RFC 8314), by its well-known addresses
 * (RFC 6764 section 5), by its configuration for mail programs.
 */
final class StandardsSignIn implements PasswordSignIn {
    @Override
    public Map<String, List<String>> scopes() {
        return Map.of(
                "caldav", List.of("calendar:read", "calendar:write"),
                "carddav", List.of("contacts:read"),
                // what is sent is noted in the mailbox first
                "imap", List.of("mail:read", "mail:write", "mail:send"),
                "smtp", List.of("mail:send"));
    }

    @Override
    public Map<String, URI> discover(String address, Lookup lookup) {
        var domain = domain(address);
        var found = new LinkedHashMap<String, URI>();
        if (domain.isEmpty()) {
            return found;
        }
        dav("caldav", domain.get(), lookup).ifPresent(uri -> found.put("caldav", uri));
        dav("carddav", domain.get(), lookup).ifPresent(uri -> found.put("carddav", uri));
        mail("_imaps._tcp.", "imaps", domain.get(), lookup)
                .or(() -> mail("_imap._tcp.", "imap", domain.get(), lookup))
                .ifPresent(uri -> found.put("imap", uri));
        mail("_submissions._tcp.", "smtps", domain.get(), lookup)
                .or(() -> mail("_submission._tcp.", "smtp", domain.get(), lookup))
                .ifPresent(uri -> found.put("smtp", uri));
        if (!found.containsKey("imap") || !found.containsKey("smtp")) {
            Autoconfig.find(address, domain.get(), lookup).forEach(found::putIfAbsent);
        }
        return found;
    }

    private static Optional<String> domain(String address) {
        try {
            var domain = IDN.toASCII(address.substring(address.lastIndexOf('@') + 1), IDN.USE_STD3_ASCII_RULES);
            return Optional.of(domain).filter(name -> address.contains("@") && name.contains("."));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> mail(String service, String scheme, String domain, Lookup lookup) {
        return lookup.srv(service + domain).stream()
                .findFirst()
                .map(srv -> URI.create(scheme + "://" + srv.target() + ":" + srv.port()));
    }

    /** The record names the host; where on it the calendars lie, its well-known address says. */
    private static Optional<URI> dav(String service, String domain, Lookup lookup) {
        var record = lookup.srv("_" + service + "s._tcp." + domain).stream().findFirst();
        var origin = record.map(srv -> "https://" + srv.target() + (srv.port() == 443 ? "" : ":" + srv.port()))
                .orElse("https://" + domain);
        var there = lookup.redirect(URI.create(origin + "/.well-known/" + service))
                .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null)
                .map(StandardsSignIn::folder);
        return there.or(() -> record.map(srv -> URI.create(origin + "/")));
    }

    private static URI folder(URI uri) {
        var path = uri.getRawPath().endsWith("/") ? uri.getRawPath() : uri.getRawPath() + "/";
        return URI.create("https://" + uri.getRawAuthority() + path);
    }
}
