package dev.countersign.oauth;

import dev.countersign.identity.BrowserSession;
import dev.countersign.oauth.Client.Known;
import dev.countersign.store.ConsentRequestTable;
import dev.countersign.store.ConsentRequestTable.ConsentRequestRow;
import dev.countersign.store.Database;
import dev.countersign.vault.RandomToken;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person has allowed a client before, and the questions that are open. A question is bound to the browser session in which it was
 * asked, and answered once.
 */
final class Consents {
    /** How long a person may think; a page left open longer asks anew. */
    private static final Duration OPEN = Duration.ofMinutes(10);

    private static final int MOST_OPEN_IN_A_SESSION = 20;

    private final Database database;
    private final ConsentRequestTable table = new ConsentRequestTable();
    private final Grants grants;
    private final Scopes scopes;
    private final Clock clock;

    /** An answered question: what was asked, and when the person had signed in. */
    record Answered(AskedFor asked, java.time.Instant authenticatedAt) {}

    Consents(Database database, Grants grants, Scopes scopes, Clock clock) {
        this.database = database;
        this.grants = grants;
        this.scopes = scopes;
        this.clock = clock;
    }

    /**
     * Whether a person need not be asked again: all was granted to this client, under this name and redirect URI. What answers at a
     * loopback address or a private-use scheme can be any program of that computer, so there the person always is. OAuth 2.1 section
     * 7.3.1.
     */
    boolean given(String userId, AskedFor asked) {
        return RedirectUris.https(asked.redirectUri())
                && grantedBefore(userId, asked.clientId(), asked.redirectUri(), Optional.of(asked.clientName()))
                        .containsAll(asked.scopes());
    }

    /**
     * Whether a client may be looked up while nobody is signed in. A document is fetched for a client that somebody here
     * uses already only: else anybody could send this server to any address.
     */
    boolean mayFetch(String clientId, Optional<String> redirectUri) {
        return !ClientMetadataDocuments.isDocumentUrl(clientId)
                || redirectUri.filter(uri -> grants.trusted(clientId, uri)).isPresent();
    }

    /** Whether an answer may go to a redirect URI without a person: the settings name it, it is local, or somebody here trusts it. */
    boolean redirectable(Client client, String redirectUri) {
        return client.known() == Known.PRE_REGISTERED
                || RedirectUris.loopback(redirectUri)
                || grants.trusted(client.id(), redirectUri);
    }

    ConsentQuestion question(BrowserSession session, AskedFor asked, Client client) {
        var id = RandomToken.id();
        var now = clock.instant();
        var row = new ConsentRequestRow(
                id,
                session.id(),
                session.person().id(),
                asked.clientId(),
                asked.clientName(),
                asked.clientHost(),
                asked.refreshes(),
                asked.redirectUri(),
                Scopes.joined(asked.scopes()),
                asked.state(),
                asked.codeChallenge(),
                session.signedInAt(),
                now.plus(OPEN));
        var stored = database.write(c -> {
            table.deleteExpired(c, now);
            if (table.openIn(c, session.id()) >= MOST_OPEN_IN_A_SESSION) {
                return false;
            }
            table.insert(c, row);
            return true;
        });
        if (!stored) {
            throw new dev.countersign.http.HttpException(
                    429, "Too many questions are open in this browser. Answer one, or wait ten minutes.");
        }
        return new ConsentQuestion(
                id,
                asked.clientName(),
                asked.clientHost(),
                RedirectUris.displayHost(asked.redirectUri()),
                RedirectUris.formAction(asked.redirectUri()),
                scopes.of(asked.scopes()),
                scopes.of(
                        grantedBefore(session.person().id(), asked.clientId(), asked.redirectUri(), Optional.empty())),
                warnings(asked, client));
    }

    /** Takes the question that this session is answering; empty when it is another's, answered or too old. */
    Optional<Answered> take(String requestId, BrowserSession session) {
        return database.write(c ->
                        table.take(c, requestId, session.id(), session.person().id(), clock.instant()))
                .map(row -> new Answered(
                        new AskedFor(
                                row.clientId(),
                                row.clientName(),
                                row.clientHost(),
                                row.refreshes(),
                                row.redirectUri(),
                                Scopes.split(row.scopes()),
                                row.state(),
                                row.codeChallenge()),
                        row.authenticatedAt()));
    }

    private Set<String> grantedBefore(String userId, String clientId, String redirectUri, Optional<String> name) {
        var redirect = RedirectUris.remembered(redirectUri);
        var granted = new HashSet<String>();
        for (var grant : grants.of(userId)) {
            if (grant.clientId().equals(clientId)
                    && grant.redirect().equals(redirect)
                    && name.map(grant.clientName()::equals).orElse(true)) {
                granted.addAll(grant.scopes());
            }
        }
        return granted;
    }

    private List<String> warnings(AskedFor asked, Client client) {
        var warnings = new ArrayList<String>();
        if (!RedirectUris.https(asked.redirectUri())) {
            warnings.add("This client runs on your computer, where any program could give this name."
                    + " Allow it only if you have just started it yourself.");
        }
        if (client.known() == Known.REGISTERED) {
            warnings.add("The client chose its name itself.");
        }
        if (client.known() == Known.METADATA_DOCUMENT
                && RedirectUris.https(asked.redirectUri())
                && !RedirectUris.displayHost(asked.redirectUri()).equals(client.host())) {
            warnings.add("The answer goes to another host than the client's own.");
        }
        if (client.known() != Known.PRE_REGISTERED && !grants.trusted(asked.clientId(), asked.redirectUri())) {
            warnings.add("Nobody here uses this client yet.");
        }
        return warnings;
    }
}
