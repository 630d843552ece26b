package dev.countersign.connections;

import dev.countersign.connections.LinkOutcome.AskAgain;
import dev.countersign.connections.LinkOutcome.Declined;
import dev.countersign.connections.LinkOutcome.Failed;
import dev.countersign.connections.LinkOutcome.Linked;
import dev.countersign.connections.LinkOutcome.NotOpen;
import dev.countersign.connector.Connector.Identity;
import dev.countersign.connector.UpstreamException;
import dev.countersign.http.HttpException;
import dev.countersign.identity.BrowserSession;
import dev.countersign.store.Database;
import dev.countersign.store.LinkRequestTable;
import dev.countersign.store.LinkRequestTable.LinkRequestRow;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.SealedField;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a provider and back: authorization code with PKCE, its state bound to the browser session in which the person
 * pressed Connect. RFC 6749 section 4.1, RFC 7636, RFC 9207, RFC 9700 section 4.7.
 */
public final class LinkFlow {
    private static final Logger LOG = LoggerFactory.getLogger(LinkFlow.class);

    /** How long a person may take at the provider, sign-in and second factor included. */
    private static final Duration OPEN = Duration.ofMinutes(10);

    private static final int MOST_OPEN_IN_A_SESSION = 20;
    private static final int MOST_OF_THEIR_WORDS = 200;

    private final Connections connections;
    private final Database database;
    private final LinkRequestTable table = new LinkRequestTable();
    private final Vault vault;
    private final Clock clock;

    /** The parameters of a callback. RFC 6749 sections 4.1.2 and 4.1.2.1. */
    public record Callback(
            String connector,
            Optional<Secret> state,
            Optional<Secret> code,
            Optional<String> issuer,
            Optional<String> error,
            Optional<String> errorDescription) {}

    public LinkFlow(Connections connections, Database database, Vault vault, Clock clock) {
        this.connections = connections;
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** Called when the person has pressed Connect: where their browser goes. */
    public URI begin(BrowserSession session, LinkWish wish) {
        return begin(session, wish, false);
    }

    /** @param forced whether the provider is made to ask for consent though the person gave it before */
    private URI begin(BrowserSession session, LinkWish wish, boolean forced) {
        var state = RandomToken.token("");
        var verifier = RandomToken.token("");
        var digest = RandomToken.digest(state);
        var userId = session.person().id();
        var sealed = vault.seal(field(userId, digest), verifier);
        var now = clock.instant();
        var stored = database.write(c -> {
            table.deleteExpired(c, now);
            if (table.openIn(c, session.id()) >= MOST_OPEN_IN_A_SESSION) {
                return false;
            }
            table.insert(
                    c,
                    new LinkRequestRow(
                            digest,
                            session.id(),
                            userId,
                            wish.linkable().id(),
                            sealed,
                            Accounts.joined(wish.scopes()),
                            wish.label(),
                            wish.back(),
                            wish.account(),
                            forced,
                            now.plus(OPEN)));
            return true;
        });
        if (!stored) {
            throw new HttpException(
                    429, "Too many links are being made in this browser. Wait ten minutes, then repeat.");
        }
        var asked = wish.linkable().providerScopes(wish.scopes());
        var further = forced ? wish.linkable().connector().forcedConsent() : Map.<String, String>of();
        return connections.client(wish.linkable()).authorizationUrl(state, verifier, asked, further);
    }

    /** Called when a browser comes back. The way is taken first, so of two at once exactly one goes on. */
    public LinkOutcome end(BrowserSession session, Callback callback) {
        var request = callback.state().flatMap(state -> take(session, state, callback.connector()));
        var linkable = connections.provider(callback.connector());
        if (request.isEmpty() || linkable.isEmpty()) {
            return new NotOpen();
        }
        var provider = linkable.get().oauth().provider();
        // RFC 9207 section 2.4: an answer of another issuer ends it
        if (callback.issuer().isPresent()
                && provider.issuer().isPresent()
                && !callback.issuer().equals(provider.issuer())) {
            LOG.warn("callback of another issuer: connector={}", linkable.get().id());
            return new Failed("The answer did not come from " + linkable.get().name() + ". Nothing was linked.");
        }
        if (callback.error().isPresent()) {
            return refused(linkable.get(), request.get(), callback);
        }
        return callback.code()
                .map(code -> linked(session, linkable.get(), request.get(), code))
                .orElseGet(() -> new Failed(linkable.get().name() + " sent no code. Nothing was linked; try again."));
    }

    private Optional<LinkRequestRow> take(BrowserSession session, Secret state, String connector) {
        var digest = RandomToken.digest(state);
        return database.write(
                c -> table.take(c, digest, session.id(), session.person().id(), connector, clock.instant()));
    }

    private static LinkOutcome refused(LinkableProvider linkable, LinkRequestRow request, Callback callback) {
        if (callback.error().equals(Optional.of("access_denied"))) {
            return new Declined(request.back());
        }
        var words = bounded(callback.errorDescription().or(callback::error).orElse(""));
        return new Failed(linkable.name() + " answered: “" + words + "”. Nothing was linked; try again.");
    }

    /** What comes from outside is shown short, and without what is not seen. */
    private static String bounded(String words) {
        var plain = words.replaceAll("\\p{C}", "");
        return plain.length() <= MOST_OF_THEIR_WORDS ? plain : plain.substring(0, MOST_OF_THEIR_WORDS) + "…";
    }

    private LinkOutcome linked(BrowserSession session, LinkableProvider linkable, LinkRequestRow request, Secret code) {
        TokenAnswer answer;
        try {
            var verifier = vault.openSecret(field(request.userId(), request.stateDigest()), request.verifier());
            answer = connections.client(linkable).exchange(code, verifier);
        } catch (TokenEndpointException e) {
            LOG.warn("code not exchanged: connector={} reason={}", linkable.id(), e.getMessage());
            return new Failed(linkable.name() + " did not complete the link. Nothing was linked; try again.");
        }
        try {
            return linked(session, linkable, request, answer);
        } catch (UpstreamException e) {
            LOG.warn("account not named: connector={} kind={}", linkable.id(), e.kind());
            connections.discard(linkable, request.userId(), answer);
            return new Failed(linkable.name() + " did not say whose account it is. Nothing was linked; try again.");
        }
    }

    private LinkOutcome linked(
            BrowserSession session, LinkableProvider linkable, LinkRequestRow request, TokenAnswer answer) {
        var asked = Accounts.split(request.scopes());
        var granted = answer.granted(linkable.providerScopes(asked));
        var identity = connections.identity(linkable, answer);
        if (lacksRefreshToken(linkable, request, identity, answer)) {
            var wish = new LinkWish(linkable, asked, request.label(), request.back(), request.account());
            return new AskAgain(begin(session, wish, true));
        }
        var account =
                connections.link(new NewLink(request.userId(), linkable, identity, request.label(), granted, answer));
        var missing = new TreeSet<>(asked);
        missing.removeAll(account.scopes());
        missing.retainAll(linkable.oauth().provider().scopes().keySet());
        var instead = request.account()
                .filter(id -> !id.equals(account.id()))
                .flatMap(id -> connections.find(request.userId(), id));
        return new Linked(account, Set.copyOf(missing), instead, request.back());
    }

    /** Asked for once: what the provider does not give then either, it does not give. */
    private boolean lacksRefreshToken(
            LinkableProvider linkable, LinkRequestRow request, Identity identity, TokenAnswer answer) {
        return answer.refresh().isEmpty()
                && !request.forced()
                && !linkable.connector().forcedConsent().isEmpty()
                && !connections.holdsRefreshToken(request.userId(), linkable, identity);
    }

    private static SealedField field(String userId, String stateDigest) {
        return new SealedField(userId, "link/" + stateDigest, "code_verifier", 0);
    }
}
