package dev.countersign.connector.standards;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the account's collections lie. RFC 5397, RFC 4791 section 6.2.1, RFC 6352 section 7.1.1.
 *
 * @param homes paths of what holds the collections
 * @param addresses mail addresses that calendars know the account by, in lower case
 * @param outbox where the host takes scheduling messages, RFC 6638 section 2.1; present where it sends invitations itself
 */
record DavHome(List<String> homes, Set<String> addresses, Optional<String> outbox) {
    private static final String MAILTO = "mailto:";

    static DavHome calendars(Dav dav) {
        return find(
                dav,
                "calendar-home-set",
                "C:calendar-home-set",
                "C:calendar-user-address-set",
                "C:schedule-outbox-URL");
    }

    static DavHome addressBooks(Dav dav) {
        return find(dav, "addressbook-home-set", "A:addressbook-home-set");
    }

    private static DavHome find(Dav dav, String home, String... properties) {
        var principal = dav.propfind("", 0, "D:current-user-principal").stream()
                .flatMap(item -> item.hrefs("current-user-principal").stream())
                .map(Dav::path)
                .findFirst()
                .orElse("");
        var said = dav.propfind(principal, 0, properties);
        var homes = said.stream()
                .flatMap(item -> item.hrefs(home).stream())
                .map(Dav::path)
                .distinct()
                .toList();
        var addresses = said.stream()
                .flatMap(item -> item.hrefs("calendar-user-address-set").stream())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .filter(address -> address.startsWith(MAILTO))
                .map(address -> address.substring(MAILTO.length()))
                .collect(Collectors.toSet());
        var outbox = said.stream()
                .flatMap(item -> item.hrefs("schedule-outbox-URL").stream())
                .map(Dav::path)
                .findFirst();
        // who names no home is asked where the person said
        return new DavHome(homes.isEmpty() ? List.of(principal) : homes, addresses, outbox);
    }
}
