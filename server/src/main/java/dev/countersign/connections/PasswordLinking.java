package dev.countersign.connections;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.connections.LinkableProvider.Password;
import dev.countersign.connections.PasswordOutcome.Linked;
import dev.countersign.connections.PasswordOutcome.Mend;
import dev.countersign.connections.PasswordOutcome.NotIn;
import dev.countersign.connections.PasswordOutcome.Obstacle;
import dev.countersign.connector.Connector.Identity;
import dev.countersign.hosts.HostFailure;
import dev.countersign.hosts.ServerAddress;
import dev.countersign.http.HttpException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links accounts that are signed in to with a password. Each server is signed in to before anything is kept. Hosts lock
 * accounts after some wrong passwords, and anybody could name any host: tries are few.
 */
public final class PasswordLinking {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordLinking.class);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_TRIES = 20;

    private final Connections connections;
    private final Cache<String, AtomicInteger> tries =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(WINDOW).build();

    /**
     * What an account is signed in to with, less the password.
     *
     * @param servers their addresses by what they are for
     */
    public record Kept(String user, Map<String, URI> servers) {
        public Kept {
            servers = Map.copyOf(servers);
        }
    }

    public PasswordLinking(Connections connections) {
        this.connections = connections;
    }

    /** The servers of an address that could be found, by what they are for. Fails with 429 after many tries. */
    public Map<String, URI> discover(String userId, LinkableProvider linkable, String address) {
        tried(userId);
        var password = linkable.password().orElseThrow();
        var lookup = connections.hosts(linkable).lookup();
        var found = new LinkedHashMap<String, URI>();
        password.signIn().discover(address, lookup).forEach((name, uri) -> {
            if (password.signIn().scopes().containsKey(name)) {
                ServerAddress.kept(name, uri).ifPresent(kept -> found.put(name, kept));
            }
        });
        return found;
    }

    /** What an account was linked with; empty for one without a password. */
    public Optional<Kept> kept(LinkedAccount account) {
        return connections.password(account).map(record -> new Kept(record.user(), record.servers()));
    }

    /** Signs in to each server that a wished scope needs; links the account when all let us in. 429 after many tries. */
    public PasswordOutcome link(String userId, PasswordWish wish) {
        tried(userId);
        var password = wish.linkable().password().orElseThrow();
        var failures = new ArrayList<Obstacle>();
        var servers = signedIn(wish, password, failures);
        return failures.isEmpty() ? linked(userId, wish, password, servers) : new NotIn(failures);
    }

    private Map<String, URI> signedIn(PasswordWish wish, Password password, List<Obstacle> failures) {
        var signedIn = new TreeMap<String, URI>();
        var record = new PasswordRecord(wish.user(), wish.password(), wish.servers());
        for (var server : new TreeMap<>(wish.servers()).entrySet()) {
            if (!password.needs(server.getKey(), wish.scopes())) {
                continue;
            }
            try {
                signedIn.put(server.getKey(), signedIn(wish.linkable(), server.getKey(), record, server.getValue()));
            } catch (HostFailure e) {
                LOG.info(
                        "account not signed in to: connector={} server={} reason={}",
                        wish.linkable().id(),
                        server.getKey(),
                        e.reason());
                failures.add(new Obstacle(Optional.of(server.getKey()), mend(e.reason()), e.sentence()));
                // one wrong password is enough of them, and one long wait
                if (e.reason().ofLogin() || e.reason() == HostFailure.Reason.SILENT) {
                    return signedIn;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(whole("Countersign is being stopped. Try again in a minute."));
                return signedIn;
            }
        }
        return signedIn;
    }

    private static Mend mend(HostFailure.Reason reason) {
        if (reason == HostFailure.Reason.LATER) {
            return Mend.NONE;
        }
        return reason.ofLogin() ? Mend.PASSWORD : Mend.ADDRESS;
    }

    private static Obstacle whole(String sentence) {
        return new Obstacle(Optional.empty(), Mend.NONE, sentence);
    }

    private URI signedIn(LinkableProvider linkable, String name, PasswordRecord record, URI address)
            throws HostFailure, InterruptedException {
        var server = record.server(address);
        var found = connections.hosts(linkable).signIn(name, server.address(), server.login());
        // a name that stands in the address goes on with it
        var user = Optional.ofNullable(address.getRawUserInfo());
        return user.map(info ->
                        URI.create(found.toString().replaceFirst("://", Matcher.quoteReplacement("://" + info + "@"))))
                .orElse(found);
    }

    private PasswordOutcome linked(String userId, PasswordWish wish, Password password, Map<String, URI> servers) {
        var given = password.given(servers.keySet(), wish.scopes());
        if (given.isEmpty()) {
            return new NotIn(
                    List.of(whole("Nothing that you ticked can be done with these servers. Give one for it.")));
        }
        var record = new PasswordRecord(wish.user(), wish.password(), servers);
        var identity = new Identity(wish.address().toLowerCase(Locale.ROOT), wish.address(), "");
        var answer = new TokenAnswer(record.asSecret(), Optional.empty(), Optional.empty(), Optional.empty());
        var account = connections.link(new NewLink(userId, wish.linkable(), identity, wish.label(), given, answer));
        Set<String> missing = new TreeSet<>(wish.scopes());
        missing.removeAll(account.scopes());
        return new Linked(account, missing);
    }

    private void tried(String userId) {
        if (tries.get(userId, id -> new AtomicInteger()).incrementAndGet() > MOST_TRIES) {
            throw new HttpException(429, "Those were many tries. Wait ten minutes, then try again.");
        }
    }
}
