package dev.countersign.risk;

import dev.countersign.audit.AuditEvent;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Question;
import dev.countersign.oauth.Grant;
import dev.countersign.oauth.GrantListener;
import dev.countersign.oauth.Grants;
import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;
import dev.countersign.risk.SignalLog.About;
import dev.countersign.store.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Compares calls with the person's own history and says what is unusual. What a client read taints that client, under all of
 * its grants for that person, until the window is over.
 */
public final class Risk implements DecisionHistory, GrantListener, AutoCloseable {
    /** One result names at most so many addresses and hosts; with more, a name that is unknown counts as one of them. */
    private static final int MOST_NAMES_A_RESULT = 1_000;

    private final Histories histories;
    private final SignalLog signals;
    private final Recipients recipients;
    private final WriteBehind writeBehind;
    private final Grants grants;
    private final RiskSettings settings;
    private final Clock clock;

    public Risk(
            Database database,
            Sealing sealing,
            Grants grants,
            Consumer<AuditEvent> audit,
            RiskSettings settings,
            Clock clock) {
        var seal = new ReadSeal(sealing);
        this.signals = new SignalLog(database, sealing, audit);
        this.recipients = new Recipients(database, sealing);
        this.histories = new Histories(database, seal, recipients, signals, settings, clock);
        this.writeBehind = new WriteBehind(database, seal, signals, settings, clock).start();
        this.grants = grants;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts this call and says what its client's rate and the person's refusals mean. Cheap: nothing is read from disk but at
     * a person's first call. With {@link Response#END_SESSION} the grant is revoked already.
     */
    public Assessment called(CallFacts facts) {
        var history = histories.of(facts.userId());
        var now = clock.instant();
        var verdict = history.called(facts, now);
        writeBehind.counted(history);
        respond(About.call(facts), verdict.news());
        return verdict.assessment();
    }

    /**
     * What is known of a call that acts: the flow rule, arguments that stand only in foreign text, first-seen recipients,
     * look-alikes. All that apply, each with its reason.
     */
    public Assessment acting(CallFacts facts, JsonNode arguments, Question question) {
        var target = Target.of(facts, arguments, question);
        var history = histories.of(facts.userId());
        var verdict = history.acting(facts.clientId(), target, clock.instant());
        try {
            respond(About.call(facts), verdict.news());
        } catch (RuntimeException e) {
            history.notSignalled(facts.clientId(), verdict.news());
            throw e;
        }
        return verdict.assessment();
    }

    /** Remembers that private data was read and what others' text it brought. Call it before the result is given out. */
    public void read(CallFacts facts, List<Foreign> foreign) {
        var now = clock.instant();
        var found = new ArrayList<Found>();
        int names = 0;
        for (var text : foreign) {
            var next = Found.in(text, now);
            names += next.names().size();
            found.add(names <= MOST_NAMES_A_RESULT ? next : new Found(next.provenance(), Set.of(), true));
        }
        histories
                .of(facts.userId())
                .read(facts.clientId(), found, now)
                .ifPresent(
                        fresh -> writeBehind.read(new WriteBehind.Read(facts.userId(), facts.clientId(), now, fresh)));
    }

    /** A person's signals, newest first, at most 50. */
    public List<Signal> of(String userId) {
        return signals.of(userId, clock.instant().minus(settings.signalsKept()));
    }

    @Override
    public void reached(String userId, List<String> addresses) {
        if (!addresses.isEmpty()) {
            recipients.reached(histories.of(userId), addresses, clock.instant());
        }
    }

    @Override
    public void declined(String userId, String clientId, String clientName, String grantId, int lately) {
        var news = histories.of(userId).declined(clientId, clientName, grantId, lately, clock.instant());
        respond(About.grant(userId, clientId, grantId), news.stream().toList());
    }

    @Override
    public void revoked(String grantId, String userId, String reason) {
        // what its client read stays: a new grant of the same client is no clean one
    }

    @Override
    public void refreshReplayed(String grantId, String userId, String clientId) {
        var name = histories.of(userId).clientName(clientId).orElse("an app");
        var words =
                "A refresh token of " + name + " was used twice: somebody else may have a copy. Its access was ended."
                        + " Allow it again only on a device that you trust.";
        respond(
                About.grant(userId, clientId, grantId),
                List.of(new Finding(Code.REFRESH_REPLAY, Response.END_SESSION, words, 0, grantId)));
    }

    @Override
    public void authorized(Grant grant, boolean firstSeenClient) {
        histories.of(grant.userId()).named(grant.clientId(), grant.clientName());
        if (firstSeenClient) {
            var words = "You allowed " + grant.clientName() + " (" + grant.clientHost() + ") for the first time.";
            respond(
                    About.grant(grant.userId(), grant.clientId(), grant.id()),
                    List.of(new Finding(Code.FIRST_SEEN_CLIENT, Response.NOTE, words, 0, grant.clientId())));
        }
    }

    /** Writes down what still waits. */
    @Override
    public void close() {
        writeBehind.close();
    }

    /** The grant ends also when its signal cannot be written. Ending one that has ended already does nothing. */
    private void respond(About about, List<Finding> news) {
        if (news.isEmpty()) {
            return;
        }
        try {
            signals.record(about, news, clock.instant());
        } finally {
            if (news.stream().anyMatch(finding -> finding.response() == Response.END_SESSION)) {
                grants.revoke(about.grantId(), "risk");
            }
        }
    }
}
