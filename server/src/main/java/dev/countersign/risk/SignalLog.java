package dev.countersign.risk;

import dev.countersign.audit.AuditEvent;
import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;
import dev.countersign.store.Database;
import dev.countersign.store.SignalTable;
import dev.countersign.store.SignalTable.SignalRow;
import dev.countersign.vault.RandomToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals on disk, each with one audit event. Their words name addresses and are sealed under the person's key. */
final class SignalLog {
    private static final Logger LOG = LoggerFactory.getLogger(SignalLog.class);
    private static final int MOST_SHOWN = 50;

    private final Database database;
    private final SignalTable table = new SignalTable();
    private final Sealing sealing;
    private final Consumer<AuditEvent> audit;

    /** Whom and what signals concern. */
    record About(String userId, String clientId, String grantId, String tool) {
        static About call(CallFacts facts) {
            return new About(facts.userId(), facts.clientId(), facts.grantId(), facts.tool());
        }

        /** A signal of no call. */
        static About grant(String userId, String clientId, String grantId) {
            return new About(userId, clientId, grantId, "");
        }
    }

    SignalLog(Database database, Sealing sealing, Consumer<AuditEvent> audit) {
        this.database = database;
        this.sealing = sealing;
        this.audit = audit;
    }

    /** Returns when all of them are on disk. */
    void record(About about, List<Finding> findings, Instant at) {
        if (findings.isEmpty()) {
            return;
        }
        var rows = new ArrayList<SignalRow>();
        for (var finding : findings) {
            rows.add(row(about, finding, at));
        }
        database.write(c -> {
            for (var row : rows) {
                table.insert(c, row);
            }
            return rows.size();
        });
        findings.forEach(finding -> audit.accept(event(about, finding, at)));
    }

    List<Signal> of(String userId, Instant since) {
        return database.read(c -> table.of(c, userId, since, MOST_SHOWN)).stream()
                .flatMap(row -> signal(row).stream())
                .toList();
    }

    /** Until when each client is raised for what its person declined, and in which words, the oldest first. */
    List<Signal> declines(String userId, Instant now, Duration raiseFor) {
        return of(userId, now.minus(raiseFor)).reversed().stream()
                .filter(signal -> signal.code() == Code.DECLINES && signal.response() == Response.RAISE)
                .toList();
    }

    void deleteUntil(Instant until) {
        database.write(c -> table.deleteOlder(c, until));
    }

    private SignalRow row(About about, Finding finding, Instant at) {
        var id = RandomToken.id();
        var words =
                sealing.seal(about.userId, record(id), "words", finding.words().getBytes(StandardCharsets.UTF_8));
        return new SignalRow(
                id,
                at,
                about.userId,
                finding.code().name(),
                words,
                finding.figure(),
                finding.response().name(),
                Optional.of(about.clientId),
                Optional.of(about.grantId));
    }

    /** Empty when the person's key is gone, or a newer version wrote what this one has no word for. */
    private Optional<Signal> signal(SignalRow row) {
        var code = Code.find(row.code());
        var response = Response.find(row.response());
        if (code.isEmpty() || response.isEmpty()) {
            LOG.warn("signal {} is of a newer version: {} {}", row.id(), row.code(), row.response());
            return Optional.empty();
        }
        return sealing.open(row.userId(), record(row.id()), "words", row.words())
                .map(words -> new Signal(
                        row.id(),
                        row.at(),
                        row.userId(),
                        code.get(),
                        new String(words, StandardCharsets.UTF_8),
                        row.figure(),
                        response.get(),
                        row.clientId(),
                        row.grantId()));
    }

    private static String record(String id) {
        return "signal/" + id;
    }

    private static AuditEvent event(About about, Finding finding, Instant at) {
        var figure = String.format(Locale.ROOT, "%.1f", finding.figure());
        return new AuditEvent(
                at,
                "signal." + finding.code().name().toLowerCase(Locale.ROOT),
                about.userId,
                Optional.of(about.clientId),
                about.tool.isEmpty() ? about.grantId : about.tool,
                switch (finding.response()) {
                    case NOTE -> "note";
                    case RAISE -> "raise";
                    case END_SESSION -> "deny";
                },
                Map.of("figure", figure, "grant", about.grantId));
    }
}
