package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import java.time.ZoneId;
import java.util.Optional;

/** Whose account it is, asked when it is needed and then known. */
final class Owner {
    private final Upstream upstream;
    private volatile Optional<User> user = Optional.empty();
    private volatile Optional<ZoneId> zone = Optional.empty();

    record User(String id, Optional<String> displayName, Optional<String> mail, Optional<String> userPrincipalName) {
        /** An account without a mailbox has no {@code mail}. */
        String address() {
            return Absent.filled(mail)
                    .or(() -> Absent.filled(userPrincipalName))
                    .orElse(id);
        }
    }

    private record ZoneName(Optional<String> value) {}

    Owner(Upstream upstream) {
        this.upstream = upstream;
    }

    static User read(Upstream upstream) {
        return upstream.get("me")
                .query("$select", "id,displayName,mail,userPrincipalName")
                .as(User.class);
    }

    private User user() {
        var known = user.orElseGet(() -> read(upstream));
        user = Optional.of(known);
        return known;
    }

    String address() {
        return user().address();
    }

    boolean is(String address) {
        var me = user();
        return me.address().equalsIgnoreCase(address)
                || me.userPrincipalName().filter(address::equalsIgnoreCase).isPresent();
    }

    /** The mailbox's; UTC where it cannot be read. */
    ZoneId zone() {
        var known = zone.orElseGet(() -> Absent.unless(
                        Absent.NOT_OFFERED,
                        () -> upstream.get("me/mailboxSettings/timeZone").as(ZoneName.class))
                .flatMap(ZoneName::value)
                .flatMap(Zones::zone)
                .orElse(ZoneId.of(Zones.UTC)));
        zone = Optional.of(known);
        return known;
    }
}
