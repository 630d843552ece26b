package dev.countersign.risk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whom a person reached from here. Addresses are known by a keyed hash only, so that neither table nor memory lists them;
 * domains are needed in clear to name the one that another reads like. Guarded by its {@link History}.
 */
final class Known {
    static final int KEY_BYTES = 32;

    /** Half of a SHA-256: two of one person's addresses never meet. */
    private static final int HASH_BYTES = 16;

    private final Set<ByteBuffer> addresses = new HashSet<>();
    private final Map<String, String> domainsBySkeleton = new HashMap<>();
    private final Set<String> domains = new HashSet<>();
    private Optional<SecretKeySpec> key = Optional.empty();

    void key(byte[] bytes) {
        key = Optional.of(new SecretKeySpec(bytes, "HmacSHA256"));
    }

    boolean keyed() {
        return key.isPresent();
    }

    /** The hash under which an address or a domain is stored. Needs a key. */
    byte[] hash(String name) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key.orElseThrow());
            return Arrays.copyOf(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void addHash(byte[] hash) {
        addresses.add(ByteBuffer.wrap(hash));
    }

    void addDomain(String domain) {
        if (domains.add(domain)) {
            domainsBySkeleton.putIfAbsent(Names.skeleton(domain), domain);
        }
    }

    boolean address(String address) {
        return keyed() && !addresses.isEmpty() && addresses.contains(ByteBuffer.wrap(hash(address)));
    }

    boolean domain(String domain) {
        return domains.contains(domain);
    }

    /** The known domain that this one, which is unknown, reads like. */
    Optional<String> lookAlike(String domain, Set<String> ownDomains) {
        if (domains.contains(domain) || ownDomains.contains(domain)) {
            return Optional.empty();
        }
        var skeleton = Names.skeleton(domain);
        return ownDomains.stream()
                .filter(own -> Names.skeleton(own).equals(skeleton))
                .findFirst()
                .or(() -> Optional.ofNullable(domainsBySkeleton.get(skeleton)));
    }
}
