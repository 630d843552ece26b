package dev.countersign.risk;

import dev.countersign.connector.Effect;
import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;
import dev.countersign.vault.RandomToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is known of one person, in memory. All of it is one person's: nothing here is ever compared with another's. */
final class History {
    /** Text read again so soon is not remembered again: a client that polls costs no writes. */
    private static final Duration SAME_READ = Duration.ofSeconds(10);

    private static final int MOST_REMEMBERED_ONCE = 200;

    private final String userId;
    private final RiskSettings settings;
    private final Map<String, Taint> taints = new HashMap<>();
    private final Map<Effect, Rate> rates = new EnumMap<>(Effect.class);
    private final Map<Effect, String> raisedRates = new EnumMap<>(Effect.class);
    private final Known known = new Known();
    private final Map<String, Raised> declines = new HashMap<>();
    private final Map<String, Instant> signalled = bounded();
    private final Map<String, String> ended = bounded();
    private final Map<String, String> clientNames = bounded();

    private record Raised(Instant until, String words) {}

    /** What a call means, and what is new about it. */
    record Verdict(Assessment assessment, List<Finding> news) {}

    /** What is stored of one rate. */
    record RateState(Effect effect, Rate.Kept kept, Map<String, Integer> byClient) {}

    History(String userId, RiskSettings settings) {
        this.userId = userId;
        this.settings = settings;
    }

    String userId() {
        return userId;
    }

    synchronized void restoreRate(Effect effect, Rate.Kept kept, Map<String, Integer> byClient) {
        var rate = rate(effect);
        rate.restore(kept, byClient);
        if (rate.raised(kept.hour())) {
            raisedRates.put(effect, Words.rate(effect, kept.calls(), kept.mean()));
        }
    }

    synchronized void restoreRead(String clientId, Instant at, List<Found> foreign) {
        var taint = taint(clientId);
        taint.readPrivate(at);
        foreign.forEach(taint::readForeign);
    }

    synchronized void restoreDeclines(String clientId, Instant until, String words) {
        declines.put(clientId, new Raised(until, words));
    }

    synchronized List<RateState> rates() {
        return rates.entrySet().stream()
                .filter(entry -> entry.getValue().kept().hour() > 0)
                .map(entry -> new RateState(
                        entry.getKey(),
                        entry.getValue().kept(),
                        entry.getValue().byClient()))
                .toList();
    }

    synchronized Optional<String> clientName(String clientId) {
        return Optional.ofNullable(clientNames.get(clientId));
    }

    synchronized void named(String clientId, String clientName) {
        clientNames.put(clientId, clientName);
    }

    /** Counts a call. */
    synchronized Verdict called(CallFacts facts, Instant now) {
        clientNames.put(facts.clientId(), facts.clientName());
        if (ended.containsKey(facts.grantId())) {
            return new Verdict(new Assessment(Response.END_SESSION, List.of(ended.get(facts.grantId()))), List.of());
        }
        long hour = now.getEpochSecond() / Duration.ofHours(1).toSeconds();
        var reading = rate(facts.effect()).count(facts.clientId(), hour);
        return switch (reading.response()) {
            case NOTE -> new Verdict(raised(facts.clientId(), hour, now), List.of());
            case RAISE -> raise(facts, reading, hour, now);
            case END_SESSION -> end(facts, reading);
        };
    }

    private Verdict raise(CallFacts facts, Rate.Reading reading, long hour, Instant now) {
        if (!reading.crossed()) {
            return new Verdict(raised(facts.clientId(), hour, now), List.of());
        }
        var words = Words.rate(facts.effect(), reading.calls(), reading.mean());
        raisedRates.put(facts.effect(), words);
        var finding = Finding.raise(
                Code.UNUSUAL_RATE, words, reading.deviations(), facts.effect().name());
        return new Verdict(raised(facts.clientId(), hour, now), List.of(finding));
    }

    private Verdict end(CallFacts facts, Rate.Reading reading) {
        var words = Words.rateEnded(facts.clientName(), facts.effect(), reading.calls(), reading.mean());
        raisedRates.put(facts.effect(), words);
        ended.put(facts.grantId(), words);
        var finding = new Finding(
                Code.UNUSUAL_RATE,
                Response.END_SESSION,
                words,
                reading.deviations(),
                facts.effect().name());
        return new Verdict(new Assessment(Response.END_SESSION, List.of(words)), List.of(finding));
    }

    /** What holds for every call of a client by what happened before it. */
    private Assessment raised(String clientId, long hour, Instant now) {
        var assessment = Assessment.NOTHING;
        for (var rate : rates.entrySet()) {
            if (rate.getValue().raised(hour)) {
                assessment = assessment.and(Response.RAISE, raisedRates.getOrDefault(rate.getKey(), ""));
            }
        }
        var declined = declines.get(clientId);
        return declined != null && declined.until.isAfter(now)
                ? assessment.and(Response.RAISE, declined.words)
                : assessment;
    }

    /** Remembers a read; gives what of it must be stored: empty when the same was stored a moment ago. */
    synchronized Optional<List<Found>> read(String clientId, List<Found> foreign, Instant now) {
        taints.values().removeIf(taint -> taint.expire(now));
        var taint = taint(clientId);
        var since = now.minus(SAME_READ);
        var fresh = new ArrayList<Found>();
        for (var found : foreign) {
            if (!taint.holds(found, since)) {
                taint.readForeign(found);
                fresh.add(found);
            }
        }
        if (fresh.isEmpty() && taint.readPrivateSince(since)) {
            return Optional.empty();
        }
        taint.readPrivate(now);
        return Optional.of(fresh);
    }

    /** What the rules say of a call that acts. */
    synchronized Verdict acting(String clientId, Target target, Instant now) {
        var findings = ActingRules.findings(target, taint(clientId), known, now);
        var assessment = Assessment.NOTHING;
        var news = new ArrayList<Finding>();
        for (var finding : findings) {
            assessment = assessment.and(finding.response(), finding.words());
            if (isNew(clientId, finding, now)) {
                news.add(finding);
            }
        }
        return new Verdict(assessment, news);
    }

    private boolean isNew(String clientId, Finding finding, Instant now) {
        var subject = subject(clientId, finding);
        var before = signalled.get(subject);
        if (before != null && before.plus(settings.window()).isAfter(now)) {
            return false;
        }
        signalled.put(subject, now);
        return true;
    }

    /** The signals of these findings could not be written: the next call tries again. */
    synchronized void notSignalled(String clientId, List<Finding> findings) {
        findings.forEach(finding -> signalled.remove(subject(clientId, finding)));
    }

    private static String subject(String clientId, Finding finding) {
        return RandomToken.sha256(String.join("\n", clientId, finding.code().name(), finding.subject()));
    }

    /** Counts a declined question; gives what is new about it. */
    synchronized Optional<Finding> declined(
            String clientId, String clientName, String grantId, int lately, Instant now) {
        clientNames.put(clientId, clientName);
        if (lately < settings.declinesToRaise() || ended.containsKey(grantId)) {
            return Optional.empty();
        }
        var words = "You declined " + lately + " requests of " + clientName + " within "
                + DecisionHistory.DECLINES_WINDOW.toMinutes() + " minutes.";
        if (lately >= settings.declinesToEnd()) {
            words += " Its access was ended.";
            ended.put(grantId, words);
            return Optional.of(new Finding(Code.DECLINES, Response.END_SESSION, words, lately, clientId));
        }
        var before = declines.put(clientId, new Raised(now.plus(settings.declinesRaiseFor()), words));
        return before != null && before.until.isAfter(now)
                ? Optional.empty()
                : Optional.of(Finding.raise(Code.DECLINES, words, lately, clientId));
    }

    /** Whom the person knows, for use under this lock only. */
    synchronized <T> T known(Function<Known, T> use) {
        return use.apply(known);
    }

    private Rate rate(Effect effect) {
        return rates.computeIfAbsent(effect, key -> new Rate(settings.unremarkable(key), settings));
    }

    private Taint taint(String clientId) {
        return taints.computeIfAbsent(clientId, id -> new Taint(settings.window()));
    }

    /** Forgets the oldest entries: what is kept so saves words and repeated signals, and no rule stands on it. */
    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST_REMEMBERED_ONCE;
            }
        };
    }
}
